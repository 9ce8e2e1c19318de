//! Faces in the file: which glyphs stand for which words, subset before printpdf sees a byte of them.
use super::{fault, PdfFault, PdfFaultKind};
use crate::font::{FontId, Fonts};
use crate::page::{Glyph, Glyphs, Item};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

/// One embedded font. A glyph that stands for other words the second time (葛 with and without its variation selector
/// where the face draws both alike) goes into a second subset of the same face, since ToUnicode knows one text a glyph.
pub struct Subset {
    /// Resource name.
    pub name: String,
    base_font: String,
    remapper: GlyphRemapper,
    bytes: Vec<u8>,
}

pub struct Typefaces {
    /// Texts of every glyph in the order in which they came; the place in the list is the number of the subset.
    texts: BTreeMap<(FontId, u16), Vec<String>>,
    subsets: BTreeMap<(FontId, usize), Subset>,
}

/// The words that a glyph stands for; empty for the later glyphs of a cluster.
pub fn words<'a>(run: &'a Glyphs, glyph: &Glyph) -> &'a str {
    run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or("")
}

impl Typefaces {
    pub fn gather(everything: &[&[Item]], fonts: &Fonts) -> Result<Self, PdfFault> {
        let mut texts: BTreeMap<(FontId, u16), Vec<String>> = BTreeMap::new();
        for items in everything {
            visit(items, &mut |run| {
                for glyph in &run.glyphs {
                    let known = texts.entry((run.font, glyph.id)).or_default();
                    let text = words(run, glyph);
                    if !known.iter().any(|k| k == text) {
                        known.push(text.to_owned());
                    }
                }
            });
        }
        let mut wanted: BTreeMap<(FontId, usize), Vec<u16>> = BTreeMap::new();
        for ((font, glyph), known) in &texts {
            for sheet in 0..known.len() {
                wanted.entry((*font, sheet)).or_default().push(*glyph);
            }
        }
        let subsets = wanted
            .into_iter()
            .map(|((font, sheet), glyphs)| Ok(((font, sheet), subset(fonts, font, sheet, &glyphs)?)))
            .collect::<Result<_, PdfFault>>()?;
        Ok(Self { texts, subsets })
    }

    pub fn register(&self, document: &mut printpdf::PdfDocument) -> Result<(), PdfFault> {
        for subset in self.subsets.values() {
            let mut parsed = printpdf::ParsedFont::from_bytes(&subset.bytes, 0, &mut Vec::new()).ok_or_else(|| {
                fault(PdfFaultKind::Font, format!("書体 {} を埋め込めませんでした。", subset.base_font), "アプリを入れ直すと、書体のファイルも元に戻ります。")
            })?;
            parsed.font_name = Some(subset.base_font.clone());
            let font = printpdf::PdfFont::new(parsed);
            document.resources.fonts.map.insert(printpdf::FontId(subset.name.clone()), font);
        }
        Ok(())
    }

    /// Subset and glyph number in it.
    pub fn place(&self, run: &Glyphs, glyph: &Glyph) -> Option<(&Subset, u16)> {
        let text = words(run, glyph);
        let sheet = self.texts.get(&(run.font, glyph.id))?.iter().position(|known| known == text)?;
        let subset = self.subsets.get(&(run.font, sheet))?;
        Some((subset, subset.remapper.get(glyph.id)?))
    }

    pub fn count(&self) -> usize {
        self.subsets.len()
    }
}

fn subset(fonts: &Fonts, font: FontId, sheet: usize, glyphs: &[u16]) -> Result<Subset, PdfFault> {
    let face = fonts.face(font).ok_or_else(|| {
        fault(PdfFaultKind::Font, format!("書体のファイル {} がありません。", font.file()), "アプリを入れ直すと、書体のファイルも元に戻ります。")
    })?;
    let remapper = GlyphRemapper::new_from_glyphs_sorted(glyphs);
    let bytes = subsetter::subset(&face.bytes, 0, &remapper).map_err(|why| {
        fault(PdfFaultKind::Font, format!("書体 {} を必要な字だけにできませんでした({why})。", font.file()), "アプリを入れ直すと、書体のファイルも元に戻ります。")
    })?;
    let name = font.file().trim_end_matches(".ttf").replace("_400", "-").replace("_500", "-").replace("_700", "-").replace("_900", "-");
    Ok(Subset { name: format!("T{}x{sheet}", font as usize), base_font: format!("{}+{name}", tag(sheet, glyphs)), remapper, bytes })
}

/// Six capitals that tell this subset from others of the face (ISO 32000-1, 9.6.4).
fn tag(sheet: usize, glyphs: &[u16]) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(&sheet.to_le_bytes());
    glyphs.iter().for_each(|glyph| {
        hash.update(&glyph.to_le_bytes());
    });
    hash.finalize().as_bytes()[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn visit<'a>(items: &'a [Item], see: &mut dyn FnMut(&'a Glyphs)) {
    for item in items {
        match item {
            Item::Glyphs(run) => see(run),
            Item::Group(group) => visit(&group.items, see),
            _ => {}
        }
    }
}
