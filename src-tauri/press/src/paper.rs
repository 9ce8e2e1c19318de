//! Paper: the name on the order form to the size on the cutter. B sizes are JIS (JIS P 0138), not ISO.
use crate::block::{Paper, PaperName};
use crate::length::Mm;

/// PDF readers refuse pages beyond this (ISO 32000-1 annex C).
pub const LONGEST_PT: f64 = 14_400.0;

/// Why a paper cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PaperFault {
    pub message: String,
    pub hint: String,
}

/// Trim width and height.
pub fn size(paper: &Paper) -> Result<(Mm, Mm), PaperFault> {
    let (width, height) = match paper {
        Paper::Named(name) => upright(*name),
        Paper::Turned { name, landscape } => {
            let (short, long) = upright(*name);
            if *landscape { (long, short) } else { (short, long) }
        }
        Paper::Free { width, height } => (*width, *height),
    };
    check(width, height)?;
    Ok((width, height))
}

/// Width and height of a named paper, portrait.
pub fn upright(name: PaperName) -> (Mm, Mm) {
    use PaperName::*;
    let (w, h) = match name {
        A0 => (841.0, 1189.0),
        A1 => (594.0, 841.0),
        A2 => (420.0, 594.0),
        A3 => (297.0, 420.0),
        A4 => (210.0, 297.0),
        A5 => (148.0, 210.0),
        B0 => (1030.0, 1456.0),
        B1 => (728.0, 1030.0),
        B2 => (515.0, 728.0),
        Tapestry600 => (600.0, 1800.0),
        Tapestry900 => (900.0, 1800.0),
    };
    (Mm(w), Mm(h))
}

/// What the coordinator calls this paper, e.g. 「A1 横」; the size in mm when it has no name.
pub fn label(paper: &Paper) -> String {
    let named = |name: &PaperName| match name {
        PaperName::Tapestry600 => "タペストリー 600×1800".to_owned(),
        PaperName::Tapestry900 => "タペストリー 900×1800".to_owned(),
        other => format!("{other:?}"),
    };
    match paper {
        Paper::Named(name) | Paper::Turned { name, landscape: false } => named(name),
        Paper::Turned { name, landscape: true } => format!("{} 横", named(name)),
        Paper::Free { width, height } => format!("{}×{} mm", width.0, height.0),
    }
}

fn check(width: Mm, height: Mm) -> Result<(), PaperFault> {
    let longest = Mm(LONGEST_PT * 25.4 / 72.0);
    let fine = |side: Mm| side.0.is_finite() && side.0 > 0.0;
    if !fine(width) || !fine(height) {
        return Err(PaperFault {
            message: format!("用紙の大きさ {}×{} mm は使えません。", width.0, height.0),
            hint: "幅と高さを、0より大きいミリメートルで入れてください。".into(),
        });
    }
    if width.0.max(height.0) > longest.0 {
        return Err(PaperFault {
            message: format!("用紙の大きさ {}×{} mm は、PDFで扱える {:.0} mm を超えています。", width.0, height.0, longest.0),
            hint: "何枚かに分けるか、縮尺を決めて小さくつくってください。".into(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_sizes_are_jis() {
        assert_eq!(size(&Paper::Named(PaperName::B1)), Ok((Mm(728.0), Mm(1030.0))));
        assert_eq!(size(&Paper::Named(PaperName::B2)), Ok((Mm(515.0), Mm(728.0))));
    }

    #[test]
    fn a_turned_paper_swaps_its_sides() {
        let turned = |landscape| size(&Paper::Turned { name: PaperName::A1, landscape });
        assert_eq!(turned(true), Ok((Mm(841.0), Mm(594.0))));
        assert_eq!(turned(false), Ok((Mm(594.0), Mm(841.0))));
    }

    #[test]
    fn impossible_sizes_are_named() {
        for (width, height) in [(0.0, 100.0), (100.0, -1.0), (f64::NAN, 1.0), (100.0, f64::INFINITY), (100.0, 5081.0)] {
            assert!(size(&Paper::Free { width: Mm(width), height: Mm(height) }).is_err(), "{width}×{height}");
        }
        assert!(size(&Paper::Free { width: Mm(100.0), height: Mm(5080.0) }).is_ok());
    }
}
