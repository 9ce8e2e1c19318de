//! Sets right what printpdf leaves wrong, and adds what it has no word for: boxes, version, output intent, profiles,
//! pictures, masks, registration colour, language, viewer preferences, document information.
use super::canvas::Extras;
use super::colour::{reals, Intent, Profile};
use super::photo::Photos;
use super::sheet::Sheet;
use super::{date, fault, marks, xmp, Mode, PdfFault, PdfFaultKind, PdfOptions};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Streams that are written from where they lie instead of being copied into the document.
pub struct Outside<'a> {
    pub streams: BTreeMap<u32, (Dictionary, Cow<'a, [u8]>)>,
    /// The metadata stream; written last, because it names the document by what came before it.
    pub xmp: u32,
}

pub fn finish<'a>(
    document: &mut Document,
    sheets: &[Sheet],
    extras: &Extras,
    photos: &'a Photos,
    intent: Option<&Intent>,
    options: &PdfOptions,
) -> Result<Outside<'a>, PdfFault> {
    let lost = |_| fault(PdfFaultKind::Internal, "PDFの構造を組み立てられませんでした。", "この画面の内容を開発元へ知らせてください。");
    document.version = "1.6".into();
    let mut outside = Outside { streams: BTreeMap::new(), xmp: 0 };

    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let resources: Vec<ObjectId> = pages
        .iter()
        .map(|page| document.get_dictionary(*page)?.get(b"Resources")?.as_reference())
        .collect::<Result<_, _>>()
        .map_err(lost)?;
    for (number, page) in pages.iter().enumerate() {
        let dict = document.get_dictionary_mut(*page).map_err(lost)?;
        frame(dict, &sheets[number], extras.transparent.contains(&number), options.mode);
    }
    if sheets.iter().any(|sheet| sheet.marks) {
        let colour = document.add_object(registration());
        for id in &resources {
            let mut spaces = Dictionary::new();
            spaces.set(marks::REGISTRATION, Object::Reference(colour));
            document.get_dictionary_mut(*id).map_err(lost)?.set("ColorSpace", spaces);
        }
    }
    // printpdf shares one dictionary a kind between all pages.
    let shared = |document: &Document, kind: &[u8]| document.get_dictionary(resources[0])?.get(kind)?.as_reference();
    let states = shared(document, b"ExtGState").map_err(lost)?;
    for mask in &extras.masks {
        let state = soft_mask(document, mask);
        document.get_dictionary_mut(states).map_err(lost)?.set(mask.name.as_bytes(), state);
    }
    let shadings = shared(document, b"Shading").map_err(lost)?;
    for (name, shading) in &extras.shadings {
        document.get_dictionary_mut(shadings).map_err(lost)?.set(name.as_bytes(), shading.clone());
    }
    let xobjects = shared(document, b"XObject").map_err(lost)?;
    for (name, id) in place(document, photos, &mut outside) {
        document.get_dictionary_mut(xobjects).map_err(lost)?.set(name.as_bytes(), Object::Reference(id));
    }
    let intent = intent.map(|intent| output_intent(document, intent, &mut outside));
    let metadata = document.new_object_id();
    outside.xmp = metadata.0;
    let info = document.add_object(information(options));
    document.trailer.set("Info", Object::Reference(info));
    catalogue(document.catalog_mut().map_err(lost)?, metadata, intent, options);
    drop_unused(document);
    Ok(outside)
}

/// Boxes as lower left and upper right corner; no crop box, which would hide the marks.
fn frame(page: &mut Dictionary, sheet: &Sheet, transparent: bool, mode: Mode) {
    let corners = |[x0, y0, x1, y1]: [f64; 4]| reals(&[x0 as f32, y0 as f32, x1 as f32, y1 as f32]);
    page.set("MediaBox", corners([0.0, 0.0, sheet.width, sheet.height]));
    page.set("TrimBox", corners(sheet.trim_box()));
    page.set("BleedBox", corners(sheet.bleed_box()));
    page.remove(b"CropBox");
    if page.get(b"Annots").and_then(Object::as_array).is_ok_and(|links| links.is_empty()) {
        page.remove(b"Annots");
    }
    if let Ok(Object::Array(links)) = page.get_mut(b"Annots") {
        for link in links.iter_mut().filter_map(|link| link.as_dict_mut().ok()) {
            // Printed as it is seen, which is not at all.
            link.set("F", 4);
            link.remove(b"C");
        }
    }
    if transparent {
        let mut group = Dictionary::new();
        group.set("Type", name("Group"));
        group.set("S", name("Transparency"));
        group.set("CS", name(if mode == Mode::X4 { "DeviceCMYK" } else { "DeviceRGB" }));
        page.set("Group", group);
    }
}

/// On every plate (ISO 32000-1, 8.6.6.4).
fn registration() -> Object {
    let mut tint = Dictionary::new();
    tint.set("FunctionType", 2);
    tint.set("Domain", reals(&[0.0, 1.0]));
    tint.set("C0", reals(&[0.0; 4]));
    tint.set("C1", reals(&[1.0; 4]));
    tint.set("N", 1);
    Object::Array(vec![name("Separation"), name("All"), name("DeviceCMYK"), Object::Dictionary(tint)])
}

fn soft_mask(document: &mut Document, mask: &super::canvas::Mask) -> Dictionary {
    let mut group = Dictionary::new();
    group.set("S", name("Transparency"));
    group.set("CS", name("DeviceGray"));
    let mut shadings = Dictionary::new();
    shadings.set("S", mask.shading.clone());
    let mut resources = Dictionary::new();
    resources.set("Shading", shadings);
    let mut form = Dictionary::new();
    form.set("Type", name("XObject"));
    form.set("Subtype", name("Form"));
    form.set("BBox", reals(&mask.area.map(|edge| edge as f32)));
    form.set("Group", group);
    form.set("Resources", resources);
    let form = document.add_object(Stream::new(form, b"/S sh".to_vec()));
    let mut soft = Dictionary::new();
    soft.set("Type", name("Mask"));
    soft.set("S", name("Luminosity"));
    soft.set("G", Object::Reference(form));
    let mut state = Dictionary::new();
    state.set("Type", name("ExtGState"));
    state.set("SMask", soft);
    state
}

/// Gives every picture, profile and mask its object; answers with the resource names.
fn place<'a>(document: &mut Document, photos: &'a Photos, outside: &mut Outside<'a>) -> Vec<(String, ObjectId)> {
    let profiles: Vec<ObjectId> = photos
        .profiles
        .iter()
        .map(|(icc, colours)| {
            let id = document.new_object_id();
            let mut dict = Dictionary::new();
            dict.set("N", i64::from(*colours));
            outside.streams.insert(id.0, (dict, Cow::Borrowed(&**icc)));
            id
        })
        .collect();
    let mut named = Vec::new();
    for photo in photos.iter() {
        let mask = photo.mask.as_ref().map(|deflated| {
            let id = document.new_object_id();
            outside.streams.insert(id.0, (photo.mask_dictionary(), Cow::Borrowed(&deflated[..])));
            id
        });
        let id = document.new_object_id();
        outside.streams.insert(id.0, (photo.dictionary(&profiles, mask), Cow::Borrowed(photo.data.bytes())));
        named.push((photo.name.clone(), id));
    }
    named
}

fn output_intent(document: &mut Document, intent: &Intent, outside: &mut Outside) -> Dictionary {
    let profile = document.new_object_id();
    let mut dict = Dictionary::new();
    dict.set("N", 4);
    let bytes = match &intent.profile {
        Profile::Plain(icc) => Cow::Owned(icc.to_vec()),
        Profile::Deflated(bytes) => {
            dict.set("Filter", name("FlateDecode"));
            Cow::Borrowed(*bytes)
        }
    };
    outside.streams.insert(profile.0, (dict, bytes));
    let mut entry = Dictionary::new();
    entry.set("Type", name("OutputIntent"));
    entry.set("S", name("GTS_PDFX"));
    entry.set("OutputConditionIdentifier", text(&intent.name));
    if matches!(intent.profile, Profile::Deflated(_)) {
        entry.set("RegistryName", text("http://www.color.org"));
        entry.set("Info", text("Coated FOGRA39 (ISO 12647-2:2004)"));
    } else {
        entry.set("Info", text(&intent.name));
    }
    entry.set("DestOutputProfile", Object::Reference(profile));
    entry
}

fn information(options: &PdfOptions) -> Dictionary {
    let mut info = Dictionary::new();
    info.set("Title", text(&options.title));
    if !options.author.is_empty() {
        info.set("Author", text(&options.author));
    }
    info.set("Creator", text(xmp::CREATOR));
    info.set("Producer", text(xmp::PRODUCER));
    info.set("CreationDate", text(&date::pdf(options.date)));
    info.set("ModDate", text(&date::pdf(options.date)));
    if options.mode == Mode::X4 {
        info.set("Trapped", name("False"));
        info.set("GTS_PDFXVersion", text(xmp::PDFX));
    }
    info
}

fn catalogue(catalogue: &mut Dictionary, metadata: ObjectId, intent: Option<Dictionary>, options: &PdfOptions) {
    catalogue.set("Metadata", Object::Reference(metadata));
    catalogue.set("Lang", text(&options.lang));
    catalogue.set("PageLayout", name("SinglePage"));
    // printpdf writes a string here, which readers ignore.
    let outlines = catalogue.has(b"Outlines");
    catalogue.set("PageMode", name(if outlines { "UseOutlines" } else { "UseNone" }));
    let mut viewer = Dictionary::new();
    viewer.set("DisplayDocTitle", true);
    viewer.set("PrintScaling", name("None"));
    catalogue.set("ViewerPreferences", viewer);
    catalogue.remove(b"OutputIntents");
    if let Some(intent) = intent {
        catalogue.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));
    }
}

/// printpdf's own Info stays behind when ours takes its place.
fn drop_unused(document: &mut Document) {
    let trailer: Vec<&[u8]> = vec![b"Root", b"Info"];
    let mut seen = std::collections::BTreeSet::new();
    let mut open: Vec<ObjectId> = trailer.iter().filter_map(|key| document.trailer.get(key).ok()?.as_reference().ok()).collect();
    while let Some(id) = open.pop() {
        if seen.insert(id)
            && let Some(object) = document.objects.get(&id)
        {
            references(object, &mut open);
        }
    }
    document.objects.retain(|id, _| seen.contains(id));
}

fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, value)| references(value, found)),
        _ => {}
    }
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// A text string: as it is while ASCII, else UTF-16 with its mark (ISO 32000-1, 7.9.2.2).
fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::String(words.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = std::iter::once(0xfeff).chain(words.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}
