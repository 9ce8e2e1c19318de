//! Bytes of a content stream (ISO 32000-1, 7.8.2): numbers as short as they may be, one operator a line.
use super::canvas::r;

/// Operators of a page, a form or a mask.
#[derive(Default)]
pub struct Ops(Vec<u8>);

impl Ops {
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Operands to a thousandth, then the operator.
    pub fn op(&mut self, operands: &[f64], operator: &str) {
        for value in operands {
            self.number(*value);
            self.0.push(b' ');
        }
        self.word(operator);
    }

    /// `/Name operator`
    pub fn named(&mut self, name: &str, operator: &str) {
        self.0.push(b'/');
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b' ');
        self.word(operator);
    }

    pub fn word(&mut self, operator: &str) {
        self.0.extend_from_slice(operator.as_bytes());
        self.0.push(b'\n');
    }

    /// Piece of a longer operand, e.g. of an array.
    pub fn part(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A number to a thousandth: 0.4 µm on paper. More digits only make the file longer.
    pub fn number(&mut self, value: f64) {
        let thousandths = if value.is_finite() { (value * 1000.0).round() as i64 } else { 0 };
        if thousandths < 0 {
            self.0.push(b'-');
        }
        let (whole, rest) = (thousandths.unsigned_abs() / 1000, thousandths.unsigned_abs() % 1000);
        if whole > 0 || rest == 0 {
            self.whole(whole);
        }
        if rest > 0 {
            let digits = [b'.', b'0' + (rest / 100) as u8, b'0' + (rest / 10 % 10) as u8, b'0' + (rest % 10) as u8];
            let kept = if rest % 100 == 0 { 2 } else if rest % 10 == 0 { 3 } else { 4 };
            self.0.extend_from_slice(&digits[..kept]);
        }
    }

    fn whole(&mut self, mut value: u64) {
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.0.extend_from_slice(&digits[at..]);
    }

    /// A glyph number as four hexadecimal digits.
    pub fn glyph(&mut self, id: u16) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        for shift in [12, 8, 4, 0] {
            self.0.push(HEX[usize::from(id >> shift & 15)]);
        }
    }

    pub fn rectangle(&mut self, [x0, y0, x1, y1]: [f64; 4]) {
        self.op(&[x0, y0, r(x1) - r(x0), r(y1) - r(y0)], "re");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_have_an_exponent() {
        let written = |value: f64| {
            let mut ops = Ops::default();
            ops.number(value);
            String::from_utf8(ops.into_bytes()).expect("ASCII")
        };
        for (value, text) in [(0.0, "0"), (-0.0001, "0"), (0.5, ".5"), (-0.25, "-.25"), (12.0, "12"), (1e-9, "0"), (1684.0304, "1684.03"), (f64::NAN, "0"), (-3.007, "-3.007")] {
            assert_eq!(written(value), text);
        }
    }
}
