//! The sheet around a page: how large it is, where the trim lies on it, and what is noted beside the trim.
use super::{fault, Mode, PdfFault, PdfFaultKind, PdfOptions};
use crate::font::{FontId, Fonts};
use crate::length::{Mm, Pt};
use crate::page::{rectangle, Glyph, Glyphs, Ink, Item, Page, Shape, Stroke};
use crate::paper::LONGEST_PT;

/// Between the bleed and the edge of the sheet: marks of 10 mm and 2 mm of air.
pub const SLUG: Mm = Mm(12.0);
/// Margins of a proof on A4: sides and foot, and head with the stamp.
const PROOF_MARGIN: Mm = Mm(10.0);
const PROOF_HEAD: Mm = Mm(18.0);

/// Points, PDF's way: y upwards from the lower left corner of the media box.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub width: f64,
    pub height: f64,
    /// Lower left corner of the trim.
    pub x: f64,
    pub y: f64,
    /// Trim size of the page itself.
    pub page_width: f64,
    pub page_height: f64,
    /// Bleed kept around the trim.
    pub bleed: f64,
    /// 1 but for a proof.
    pub scale: f64,
    pub marks: bool,
}

impl Sheet {
    pub fn new(page: &Page, options: &PdfOptions) -> Result<Self, PdfFault> {
        let (page_width, page_height, bleed) = (page.width.0, page.height.0, page.bleed.0);
        let plain = |margin: f64, bleed: f64, marks: bool| Sheet {
            width: page_width + 2.0 * margin,
            height: page_height + 2.0 * margin,
            x: margin,
            y: margin,
            page_width,
            page_height,
            bleed,
            scale: 1.0,
            marks,
        };
        let sheet = match options.mode {
            Mode::X4 | Mode::X1a if options.marks => plain(bleed + SLUG.pt().0, bleed, true),
            Mode::X4 | Mode::X1a => plain(bleed, bleed, false),
            Mode::Office | Mode::Tiles => plain(0.0, 0.0, false),
            Mode::Proof => proof(page_width, page_height),
        };
        let longest = sheet.width.max(sheet.height);
        if !(page_width > 0.0 && page_height > 0.0 && longest.is_finite()) || longest > LONGEST_PT {
            return Err(fault(
                PdfFaultKind::TooLarge,
                format!("「{}」はトンボを含めて {:.0} mm になり、PDFの上限 5,080 mm を超えています。", page.name, Pt(longest).mm().0),
                "トンボなしで出力するか、用紙を小さくしてください。",
            ));
        }
        Ok(sheet)
    }

    /// x0 y0 x1 y1.
    pub fn trim_box(&self) -> [f64; 4] {
        [self.x, self.y, self.x + self.page_width * self.scale, self.y + self.page_height * self.scale]
    }
    pub fn bleed_box(&self) -> [f64; 4] {
        let [x0, y0, x1, y1] = self.trim_box();
        [x0 - self.bleed, y0 - self.bleed, x1 + self.bleed, y1 + self.bleed]
    }

    /// Stamp and name above a proof, in points from the top-left corner of the sheet.
    pub fn notes(&self, page: &Page, fonts: &Fonts, options: &PdfOptions) -> Vec<Item> {
        if options.mode != Mode::Proof {
            return Vec::new();
        }
        let red = Ink { cmyk: [0.0, 90.0, 80.0, 10.0], srgb: [0xb8, 0x2a, 0x26] };
        let grey = Ink { cmyk: [0.0, 0.0, 0.0, 60.0], srgb: [0x66, 0x66, 0x64] };
        let left = PROOF_MARGIN.pt();
        let size = format!(
            "{}  実寸 {:.0}×{:.0} mm を {:.0}% に縮小",
            page.name,
            page.width.mm().0,
            page.height.mm().0,
            self.scale * 100.0
        );
        let stamp = words(fonts, FontId::PGothicBold, &options.stamp, Pt(16.0), left, Pt(PROOF_HEAD.pt().0 - 18.0), red);
        let name = words(fonts, FontId::PGothic, &size, Pt(8.0), left, Pt(PROOF_HEAD.pt().0 - 5.5), grey);
        let edge = rectangle(Pt(self.x), Pt(self.height - self.y - self.page_height * self.scale), Pt(self.page_width * self.scale), Pt(self.page_height * self.scale), Pt::ZERO);
        let line = Stroke { ink: grey, width: Pt(0.25), dash: Vec::new(), round: false };
        // The edge of the panel, which white paper does not show.
        let edge = Item::Shape(Shape { path: edge, fill: None, stroke: Some(line), opacity: 1.0 });
        stamp.into_iter().chain(name).map(Item::Glyphs).chain([edge]).collect()
    }
}

/// A4 the way the page lies; the page is shrunk to fit, never enlarged.
fn proof(page_width: f64, page_height: f64) -> Sheet {
    let (short, long) = (Mm(210.0).pt().0, Mm(297.0).pt().0);
    let (width, height) = if page_width > page_height { (long, short) } else { (short, long) };
    let (margin, head) = (PROOF_MARGIN.pt().0, PROOF_HEAD.pt().0);
    let (room_x, room_y) = (width - 2.0 * margin, height - head - margin);
    let scale = (room_x / page_width).min(room_y / page_height).min(1.0);
    Sheet {
        width,
        height,
        x: (width - page_width * scale) / 2.0,
        y: height - head - page_height * scale,
        page_width,
        page_height,
        bleed: 0.0,
        scale,
        marks: false,
    }
}

/// A plain line of words, glyph by glyph, each from the first face that has it.
pub fn words(fonts: &Fonts, first: FontId, text: &str, size: Pt, x: Pt, y: Pt, ink: Ink) -> Vec<Glyphs> {
    let mut runs: Vec<Glyphs> = Vec::new();
    let mut pen = x;
    for character in text.chars() {
        let candidates = std::iter::once(&first).chain(Fonts::fallbacks(first));
        let Some((font, glyph, advance)) = candidates.filter_map(|id| glyph_of(fonts, *id, character)).next() else { continue };
        if runs.last().is_none_or(|run| run.font != font) {
            runs.push(Glyphs { font, size, ink, text: String::new(), glyphs: Vec::new(), quarter_turn: false, squeeze: 1.0 });
        }
        if let Some(run) = runs.last_mut() {
            let start = run.text.len() as u32;
            run.text.push(character);
            run.glyphs.push(Glyph { id: glyph, x: pen, y, text: start..run.text.len() as u32 });
        }
        pen += size * advance;
    }
    runs
}

/// Face, glyph and advance in em.
fn glyph_of(fonts: &Fonts, id: FontId, character: char) -> Option<(FontId, u16, f64)> {
    let face = fonts.face(id)?;
    let parsed = ttf_parser::Face::parse(&face.bytes, 0).ok()?;
    let glyph = parsed.glyph_index(character)?;
    Some((id, glyph.0, f64::from(parsed.glyph_hor_advance(glyph)?) / face.units_per_em))
}
