//! Facts beside each other: a small label in the accent, the value, its note; fine upright rules between them.
use crate::block::Fact;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::theme::{ColourRole, Role};

/// Between a cell's words and the rule at its right, and between that rule and the next cell.
const PAD: f64 = 7.0;
/// Between two rows of cells.
const STEP: f64 = 5.0;

struct Voices {
    label: Voice,
    value: Voice,
    note: Voice,
}

fn voices(sheet: &Sheet, size: f64) -> Voices {
    Voices {
        label: Voice { face: sheet.theme.row(Role::TableHead).face, ..sheet.voice(Role::Caption, ColourRole::Accent).led(1.35) },
        value: sheet.voice(Role::Table, ColourRole::Ink).sized(size).led(1.3),
        note: sheet.voice(Role::Caption, ColourRole::Note).led(1.25),
    }
}

/// Cells of one row with their widths, spread so that the row is full.
struct Row<'a> {
    cells: &'a [Fact],
    widths: Vec<f64>,
}

pub(crate) fn height(sheet: &Sheet, facts: &[Fact], w: f64) -> f64 {
    draw(&mut Pen::silent(sheet), facts, Frame::new(0.0, 0.0, w, 0.0))
}

/// Draws all cells, in as few rows as they fit. Gives the height.
pub(crate) fn draw(pen: &mut Pen, facts: &[Fact], f: Frame) -> f64 {
    if facts.is_empty() {
        return 0.0;
    }
    let sheet = pen.sheet;
    let (rows, v) = arrange(sheet, facts, f.w);
    let rule = pen.colour(ColourRole::Rule);
    let mut y = f.y;
    for (r, row) in rows.iter().enumerate() {
        y += if r > 0 { STEP } else { 0.0 };
        let mut x = f.x;
        let mut tall = 0.0_f64;
        for (fact, w) in row.cells.iter().zip(&row.widths) {
            let mut cy = y;
            cy += pen.words(&fact.label, &v.label, x, cy, *w);
            cy += pen.words(&fact.value, &v.value, x, cy, *w);
            if !fact.note.is_empty() {
                cy += pen.words(&fact.note, &v.note, x, cy, *w);
            }
            tall = tall.max(cy - y);
            x += w + PAD * 2.0;
        }
        let mut x = f.x;
        for w in &row.widths[..row.widths.len().saturating_sub(1)] {
            x += w + PAD * 2.0;
            pen.fill(Frame::new(x - PAD - 0.2, y + 1.0, 0.4, tall - 1.0), rule);
        }
        y += tall;
    }
    y - f.y
}

/// The fewest rows in which every value stands on one line; a value that is wider than half the row is broken.
fn arrange<'a>(sheet: &Sheet, facts: &'a [Fact], w: f64) -> (Vec<Row<'a>>, Voices) {
    let full = sheet.voice(Role::Table, ColourRole::Ink).size;
    let floor = sheet.floor(Role::Table).min(full);
    for count in 1..=facts.len() {
        for size in [full, (full + floor) / 2.0, floor] {
            let v = voices(sheet, size);
            let rows: Vec<Row> = facts.chunks(facts.len().div_ceil(count)).map(|cells| fill(sheet, cells, &v, w)).collect();
            if rows.iter().all(|r| r.widths.iter().all(|w| *w > 0.0)) {
                return (rows, v);
            }
        }
    }
    let v = voices(sheet, floor);
    let rows = facts.chunks(1).map(|cells| Row { cells, widths: vec![w] }).collect();
    (rows, v)
}

/// Natural widths and an even share of what is left; zero widths where the row is too narrow.
fn fill<'a>(sheet: &Sheet, cells: &'a [Fact], v: &Voices, w: f64) -> Row<'a> {
    let room = w - PAD * 2.0 * (cells.len() as f64 - 1.0);
    let natural: Vec<f64> = cells
        .iter()
        .map(|c| sheet.width(&c.label, &v.label).max(sheet.width(&c.value, &v.value)).max(sheet.width(&c.note, &v.note)) + 0.5)
        .collect();
    let sum: f64 = natural.iter().sum();
    let spare = (room - sum) / cells.len() as f64;
    let widths = if spare < 0.0 && cells.len() > 1 { vec![0.0; cells.len()] } else { natural.iter().map(|n| n + spare).collect() };
    Row { cells, widths }
}
