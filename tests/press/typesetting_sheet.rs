//! Draws the typesetting cases on one sheet, each in the frame of its measure under its name: what the eye checks.
use tenjicho_press::font::Fonts;
use tenjicho_press::inline::SetText;
use tenjicho_press::length::Pt;
use tenjicho_press::page::{rectangle, Glyphs, Ink, Item, Page, Paint, Shape, Stroke};
use tenjicho_press::svg;

const WIDTH: f64 = 1080.0;
const COLUMN: f64 = 270.0;
const RULE: Ink = Ink { cmyk: [30.0, 0.0, 0.0, 0.0], srgb: [170, 205, 235] };

pub struct Picture<'f> {
    fonts: &'f Fonts,
    items: Vec<Item>,
    names: String,
    /// How far down each column is drawn.
    down: [f64; (WIDTH / COLUMN) as usize],
}

impl<'f> Picture<'f> {
    pub fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, items: Vec::new(), names: String::new(), down: [14.0; (WIDTH / COLUMN) as usize] }
    }

    /// Puts a case into the shortest column.
    pub fn add(&mut self, name: &str, set: &SetText, measure: Pt, vertical: bool) {
        let column = (0..self.down.len()).min_by(|a, b| self.down[*a].total_cmp(&self.down[*b])).unwrap_or(0);
        let (x, y) = (10.0 + column as f64 * COLUMN, self.down[column]);
        // The names as plain text: their outlines would be half of the file.
        self.names += &format!("<text x=\"{x}\" y=\"{y}\" font-family=\"sans-serif\" font-size=\"6\" fill=\"#777\">{name}</text>\n");
        let top = y + 3.0;
        let lines = set.lines.len().min(12);
        let (leading, em) = (18.0, 10.0);
        let long = measure.0.min(COLUMN - 24.0);
        let across = lines as f64 * leading;
        let (w, h) = if vertical { (across, measure.0) } else { (long, across) };
        self.items.push(Item::Shape(Shape { path: rectangle(Pt(x), Pt(top), Pt(w), Pt(h), Pt::ZERO), fill: None, stroke: Some(Stroke { ink: RULE, width: Pt(0.3), dash: Vec::new(), round: false }), opacity: 1.0 }));
        for (k, line) in set.lines.iter().take(lines).enumerate() {
            let step = (k as f64 + 0.5) * leading;
            let (dx, dy) = if vertical { (x + w - step, top) } else { (x, top + step + 0.38 * em) };
            self.put(&line.runs, dx, dy);
            self.put(&line.over, dx, dy);
        }
        self.down[column] = top + h + 14.0;
    }

    fn put(&mut self, runs: &[Glyphs], x: f64, y: f64) {
        for run in runs {
            let mut run = run.clone();
            for glyph in &mut run.glyphs {
                glyph.x += Pt(x);
                glyph.y += Pt(y);
            }
            self.items.push(Item::Glyphs(run));
        }
    }

    pub fn finish(mut self) -> String {
        let height = self.down.iter().copied().fold(0.0, f64::max);
        let ground = rectangle(Pt::ZERO, Pt::ZERO, Pt(WIDTH), Pt(height), Pt::ZERO);
        self.items.insert(0, Item::Shape(Shape { path: ground, fill: Some(Paint::Flat(Ink::WHITE)), stroke: None, opacity: 1.0 }));
        let page = Page { name: String::new(), width: Pt(WIDTH), height: Pt(height), bleed: Pt::ZERO, items: self.items };
        let drawn = svg::draw(&page, &svg::SvgOptions { fonts: self.fonts, href: &|_| String::new(), show_bleed: false, prefix: "t" });
        drawn.replace("</svg>", &format!("{}</svg>\n", self.names))
    }
}
