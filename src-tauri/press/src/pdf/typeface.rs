//! Faces in the file: which glyphs stand for which words, cut down to those glyphs, with their widths and their text.
use super::finish::Outside;
use super::{fault, PdfFault, PdfFaultKind};
use crate::font::{Face, FontId, Fonts};
use crate::page::{Glyph, Glyphs, Item};
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};
use std::borrow::Cow;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::fmt::Write;
use subsetter::GlyphRemapper;

/// One embedded font. A glyph that stands for other words the second time (葛 with and without its variation selector
/// where the face draws both alike) goes into a second subset of the same face, since ToUnicode knows one text a glyph.
pub struct Subset {
    /// Resource name.
    pub name: String,
    base_font: String,
    remapper: GlyphRemapper,
    bytes: Vec<u8>,
    /// By the number in the subset, in thousandths of an em.
    widths: Vec<u16>,
    texts: Vec<(u16, String)>,
    descriptor: Dictionary,
}

impl Subset {
    pub fn width(&self, id: u16) -> u16 {
        self.widths.get(usize::from(id)).copied().unwrap_or(1000)
    }
}

pub struct Typefaces {
    /// Texts of every glyph in the order in which they came; the place in the list is the number of the subset.
    texts: FxHashMap<(FontId, u16), Vec<String>>,
    subsets: BTreeMap<(FontId, usize), Subset>,
}

/// The words that a glyph stands for; empty for the later glyphs of a cluster.
fn words<'a>(run: &'a Glyphs, glyph: &Glyph) -> &'a str {
    run.text.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or("")
}

impl Typefaces {
    pub fn gather(everything: &[&[Item]], fonts: &Fonts) -> Result<Self, PdfFault> {
        let mut texts: FxHashMap<(FontId, u16), Vec<String>> = FxHashMap::default();
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
        let mut wanted: BTreeMap<(FontId, usize), Vec<(u16, String)>> = BTreeMap::new();
        for ((font, glyph), known) in &texts {
            for (sheet, text) in known.iter().enumerate() {
                wanted.entry((*font, sheet)).or_default().push((*glyph, text.clone()));
            }
        }
        let subsets = wanted.into_iter().map(|((font, sheet), glyphs)| Ok(((font, sheet), subset(fonts, font, sheet, glyphs)?)));
        let subsets = subsets.collect::<Result<_, PdfFault>>()?;
        Ok(Self { texts, subsets })
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

    /// Puts every font into the document; answers with their objects by resource name.
    pub fn put<'a>(&'a self, document: &mut Document, outside: &mut Outside<'a>) -> BTreeMap<String, ObjectId> {
        self.subsets.values().map(|subset| (subset.name.clone(), subset.put(document, outside))).collect()
    }
}

impl Subset {
    fn put<'a>(&'a self, document: &mut Document, outside: &mut Outside<'a>) -> ObjectId {
        let name = |text: &str| Object::Name(text.as_bytes().to_vec());
        let program = document.new_object_id();
        let mut dict = Dictionary::new();
        dict.set("Length1", self.bytes.len() as i64);
        outside.streams.insert(program.0, (dict, Cow::Borrowed(&self.bytes[..])));
        let unicode = document.new_object_id();
        outside.streams.insert(unicode.0, (Dictionary::new(), Cow::Owned(to_unicode(&self.texts).into_bytes())));

        let mut descriptor = self.descriptor.clone();
        descriptor.set("FontName", name(&self.base_font));
        descriptor.set("FontFile2", Object::Reference(program));
        let descriptor = document.add_object(descriptor);
        let mut system = Dictionary::new();
        system.set("Registry", Object::String(b"Adobe".to_vec(), StringFormat::Literal));
        system.set("Ordering", Object::String(b"Identity".to_vec(), StringFormat::Literal));
        system.set("Supplement", 0);
        let mut inner = Dictionary::new();
        inner.set("Type", name("Font"));
        inner.set("Subtype", name("CIDFontType2"));
        inner.set("BaseFont", name(&self.base_font));
        inner.set("CIDSystemInfo", system);
        inner.set("CIDToGIDMap", name("Identity"));
        inner.set("FontDescriptor", Object::Reference(descriptor));
        let widths = self.other_widths();
        if !widths.is_empty() {
            inner.set("W", Object::Array(widths));
        }
        let inner = document.add_object(inner);
        let mut font = Dictionary::new();
        font.set("Type", name("Font"));
        font.set("Subtype", name("Type0"));
        font.set("BaseFont", name(&self.base_font));
        font.set("Encoding", name("Identity-H"));
        font.set("ToUnicode", Object::Reference(unicode));
        font.set("DescendantFonts", Object::Array(vec![Object::Reference(inner)]));
        document.add_object(font)
    }

    /// Widths that are not a full em, which is the width where nothing is said (ISO 32000-1, 9.7.4.3).
    fn other_widths(&self) -> Vec<Object> {
        let mut out: Vec<Object> = Vec::new();
        let mut next = usize::MAX;
        for (id, width) in self.widths.iter().enumerate().filter(|(_, width)| **width != 1000) {
            let entry = Object::Integer(i64::from(*width));
            match out.last_mut() {
                Some(Object::Array(run)) if next == id => run.push(entry),
                _ => out.extend([Object::Integer(id as i64), Object::Array(vec![entry])]),
            }
            next = id + 1;
        }
        out
    }
}

/// The text of every glyph (ISO 32000-1, 9.10.3).
fn to_unicode(texts: &[(u16, String)]) -> String {
    let mut out = String::from(concat!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n",
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    ));
    let spoken: Vec<&(u16, String)> = texts.iter().filter(|(_, text)| !text.is_empty()).collect();
    for part in spoken.chunks(100) {
        let _ = writeln!(out, "{} beginbfchar", part.len());
        for (id, text) in part {
            let _ = write!(out, "<{id:04X}> <");
            text.encode_utf16().for_each(|unit| {
                let _ = write!(out, "{unit:04X}");
            });
            out.push_str(">\n");
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}

fn subset(fonts: &Fonts, font: FontId, sheet: usize, mut glyphs: Vec<(u16, String)>) -> Result<Subset, PdfFault> {
    let amiss = |message: String| fault(PdfFaultKind::Font, message, "アプリを入れ直すと、書体のファイルも元に戻ります。");
    let face = fonts.face(font).ok_or_else(|| amiss(format!("書体のファイル {} がありません。", font.file())))?;
    glyphs.sort_unstable();
    let numbers: Vec<u16> = glyphs.iter().map(|(glyph, _)| *glyph).collect();
    let remapper = GlyphRemapper::new_from_glyphs_sorted(&numbers);
    let unfit = |why: String| amiss(format!("書体 {} を必要な字だけにできませんでした({why})。", font.file()));
    let bytes = subsetter::subset(&face.bytes, 0, &remapper).map_err(|why| unfit(why.to_string()))?;
    let parsed = ttf_parser::Face::parse(&face.bytes, 0).map_err(|why| unfit(why.to_string()))?;
    let em = |value: f64| (value * 1000.0 / face.units_per_em).round();
    let width = |old: u16| em(f64::from(parsed.glyph_hor_advance(ttf_parser::GlyphId(old)).unwrap_or(0))) as u16;
    let mut widths = vec![1000; usize::from(remapper.num_gids())];
    for old in remapper.remapped_gids() {
        if let Some(slot) = remapper.get(old).and_then(|new| widths.get_mut(usize::from(new))) {
            *slot = width(old);
        }
    }
    let texts = glyphs.into_iter().filter_map(|(old, text)| Some((remapper.get(old)?, text))).collect();
    let name = font.file().trim_end_matches(".ttf").replace("_400", "-").replace("_500", "-").replace("_700", "-").replace("_900", "-");
    Ok(Subset {
        name: format!("T{}x{sheet}", font as usize),
        base_font: format!("{}+{name}", tag(sheet, &numbers)),
        remapper,
        descriptor: descriptor(face, &parsed),
        bytes,
        widths,
        texts,
    })
}

/// Measures of the face in thousandths of an em (ISO 32000-1, 9.8.1).
fn descriptor(face: &Face, parsed: &ttf_parser::Face) -> Dictionary {
    let em = |value: i16| (f64::from(value) * 1000.0 / face.units_per_em).round() as i64;
    let frame = parsed.global_bounding_box();
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(b"FontDescriptor".to_vec()));
    // Symbolic: the subset's glyphs are named by number alone.
    dict.set("Flags", 4);
    dict.set("FontBBox", Object::Array([frame.x_min, frame.y_min, frame.x_max, frame.y_max].map(|edge| Object::Integer(em(edge))).to_vec()));
    dict.set("ItalicAngle", 0);
    dict.set("Ascent", (face.ascender * 1000.0).round() as i64);
    dict.set("Descent", (face.descender * 1000.0).round() as i64);
    dict.set("CapHeight", (face.cap_height * 1000.0).round() as i64);
    // No table carries the stem; this is the usual guess from the weight.
    let weight = f64::from(parsed.weight().to_number());
    dict.set("StemV", (50.0 + (weight / 65.0).powi(2)).round() as i64);
    dict
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
