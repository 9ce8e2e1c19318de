//! Facts: rows of label and value, parted by fine rules.
use crate::block::Fact;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::theme::{ColourRole, Composition, Role};

const PAD: f64 = 3.0;

struct Voices {
    label: Voice,
    value: Voice,
    note: Voice,
}

fn voices(sheet: &Sheet, size: Option<f64>) -> Voices {
    let scale = size.map_or(1.0, |s| s / sheet.voice(Role::Table, ColourRole::Ink).size);
    let voice = |role, ink| {
        let v = sheet.voice(role, ink);
        let size = v.size * scale;
        v.sized(size)
    };
    let label = match sheet.theme.composition {
        Composition::Band => voice(Role::TableHead, ColourRole::Main).led(1.3),
        Composition::Vertical => voice(Role::TableHead, ColourRole::Note).led(1.3),
        // Accent carries small bold labels only.
        Composition::Wave | Composition::Mount => Voice { face: sheet.theme.row(Role::TableHead).face, ..voice(Role::Caption, ColourRole::Accent) },
    };
    // A value that must break does so between phrases: ～12月22日, not ～12月｜22日.
    let value = Voice { heading: true, ..voice(Role::Table, ColourRole::Ink).led(1.3) };
    Voices { label: Voice { heading: true, ..label }, value, note: voice(Role::Caption, ColourRole::Note).led(1.3) }
}

/// Width of the label column.
fn label_width(sheet: &Sheet, v: &Voices, rows: &[Fact], w: f64) -> f64 {
    let widest = rows.iter().map(|r| sheet.width(&r.label, &v.label)).fold(0.0, f64::max);
    (widest + v.label.em() * 1.15).min(w * 0.45)
}

/// Draws as many rows as `limit` holds. Gives the height and how many rows were drawn.
pub(crate) fn draw(pen: &mut Pen, rows: &[Fact], frame: Frame, size: Option<f64>) -> (f64, usize) {
    let v = voices(pen.sheet, size);
    let composition = pen.sheet.theme.composition;
    let rule = pen.colour(ColourRole::Rule);
    let mut y = frame.y;
    if composition == Composition::Band {
        let main = pen.colour(ColourRole::Main);
        pen.rule(frame.x, y + 0.35, frame.w, 0.7, main);
    } else {
        pen.rule(frame.x, y + 0.2, frame.w, 0.4, rule);
    }
    for (i, row) in rows.iter().enumerate() {
        let mut silent = Pen::silent(pen.sheet);
        let h = row_of(&mut silent, row, &v, rows, Frame { y, ..frame });
        if i > 0 && y + h > frame.bottom() + 0.05 {
            return (y - frame.y, i);
        }
        row_of(pen, row, &v, rows, Frame { y, ..frame });
        y += h;
        pen.rule(frame.x, y, frame.w, 0.4, rule);
    }
    (y - frame.y, rows.len())
}

pub(crate) fn height(sheet: &Sheet, rows: &[Fact], w: f64, size: Option<f64>) -> f64 {
    let v = voices(sheet, size);
    let mut pen = Pen::silent(sheet);
    rows.iter().map(|row| row_of(&mut pen, row, &v, rows, Frame::new(0.0, 0.0, w, 0.0))).sum()
}

fn row_of(pen: &mut Pen, row: &Fact, v: &Voices, rows: &[Fact], f: Frame) -> f64 {
    let mut y = f.y + PAD;
    if matches!(pen.sheet.theme.composition, Composition::Band | Composition::Vertical) {
        let indent = label_width(pen.sheet, v, rows, f.w);
        let (x, w) = (f.x + indent, f.w - indent);
        let label = pen.words(&row.label, &v.label, f.x, y, indent - v.label.em() * 0.5);
        let mut h = pen.words(&row.value, &v.value, x, y, w);
        if !row.note.is_empty() {
            h += pen.words(&row.note, &v.note, x, y + h, w);
        }
        return label.max(h) + PAD * 2.0 + 0.8;
    }
    y += pen.words(&row.label, &v.label, f.x, y, f.w) + 0.6;
    let value = pen.sheet.set(&row.value, &v.value, f.w);
    pen.put(&value, f.x, y);
    y += value.height();
    if !row.note.is_empty() {
        let used = value.set.lines.last().map_or(0.0, |l| l.width.mm().0 / pen.sheet.k) + v.value.em() * 0.5;
        if used + pen.sheet.width(&row.note, &v.note) <= f.w {
            let baseline = y - v.value.line() + v.value.rise();
            pen.line(&row.note, &v.note, f.x + used, baseline);
        } else {
            y += pen.words(&row.note, &v.note, f.x, y, f.w);
        }
    }
    y - f.y + PAD
}
