//! Glyphs as outlines: for files that must hold no font at all.
use super::ops::Ops;
use crate::font::{FontId, Fonts};
use crate::page::Glyphs;
use std::collections::HashMap;

/// One step of an outline in font units, y upwards. PDF has no quadratic curves, so they come as cubic ones.
#[derive(Clone, Copy)]
enum Step {
    Move(f32, f32),
    Line(f32, f32),
    Curve([f32; 6]),
    Close,
}

/// Outlines that were met, by face and glyph.
pub struct Outlines<'f> {
    fonts: &'f Fonts,
    known: HashMap<(FontId, u16), Vec<Step>>,
}

impl<'f> Outlines<'f> {
    pub fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, known: HashMap::new() }
    }

    /// Fills every glyph of the run, each as a path of its own; `place` gives the origin of a glyph.
    pub fn fill(&mut self, run: &Glyphs, ops: &mut Ops, place: impl Fn(&crate::page::Glyph) -> (f64, f64)) {
        let Some(face) = self.fonts.face(run.font) else { return };
        let scale = run.size.0 / face.units_per_em;
        let parsed = ttf_parser::Face::parse(&face.bytes, 0).ok();
        for glyph in &run.glyphs {
            let steps = self.known.entry((run.font, glyph.id)).or_insert_with(|| {
                let mut pen = Pen { steps: Vec::new(), at: (0.0, 0.0) };
                if let Some(parsed) = &parsed {
                    parsed.outline_glyph(ttf_parser::GlyphId(glyph.id), &mut pen);
                }
                pen.steps
            });
            if steps.is_empty() {
                continue;
            }
            let (x, y) = place(glyph);
            let at = |gx: f32, gy: f32| {
                let (gx, gy) = (f64::from(gx) * scale * run.squeeze, f64::from(gy) * scale);
                let (dx, dy) = if run.quarter_turn { (gy, -gx) } else { (gx, gy) };
                // A hundredth of a point is 3.5 µm: finer than any plate.
                [x + dx, y + dy].map(|v| (v * 100.0).round() / 100.0)
            };
            for step in steps.iter() {
                match *step {
                    Step::Move(px, py) => ops.op(&at(px, py), "m"),
                    Step::Line(px, py) => ops.op(&at(px, py), "l"),
                    Step::Curve([ax, ay, bx, by, px, py]) => {
                        let ([ax, ay], [bx, by], [px, py]) = (at(ax, ay), at(bx, by), at(px, py));
                        ops.op(&[ax, ay, bx, by, px, py], "c");
                    }
                    Step::Close => ops.word("h"),
                }
            }
            ops.word("f");
        }
    }
}

struct Pen {
    steps: Vec<Step>,
    at: (f32, f32),
}

impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Move(x, y));
        self.at = (x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Line(x, y));
        self.at = (x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let third = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        let (x0, y0) = self.at;
        self.steps.push(Step::Curve([third(x0, x1), third(y0, y1), third(x, x1), third(y, y1), x, y]));
        self.at = (x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.steps.push(Step::Curve([x1, y1, x2, y2, x, y]));
        self.at = (x, y);
    }
    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}
