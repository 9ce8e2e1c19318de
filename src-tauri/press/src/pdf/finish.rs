//! Sets right what printpdf leaves wrong, and adds what it has no word for: boxes, version, output intent, profiles,
//! pictures, masks, registration colour, language, viewer preferences, document information.
use super::canvas::{Drawn, Extras, Mask, Used};
use super::colour::{reals, Intent, Profile};
use super::photo::Photos;
use super::typeface::Typefaces;
use super::sheet::Sheet;
use super::{date, fault, marks, xmp, Leaf, Mode, PdfFault, PdfFaultKind, PdfOptions};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Streams that are written from where they lie instead of being copied into the document.
pub struct Outside<'a> {
    pub streams: BTreeMap<u32, (Dictionary, Cow<'a, [u8]>)>,
    /// The metadata stream; written last, because it names the document by what came before it. PDF 1.3 knows none.
    pub xmp: Option<u32>,
}

pub fn finish<'a>(
    document: &mut Document,
    leaves: Vec<Leaf>,
    forms: Vec<Form>,
    extras: &Extras,
    typefaces: Option<&'a Typefaces>,
    photos: &'a Photos,
    intent: Option<&Intent>,
    options: &PdfOptions,
) -> Result<Outside<'a>, PdfFault> {
    let lost = |_| fault(PdfFaultKind::Internal, "PDFの構造を組み立てられませんでした。", "この画面の内容を開発元へ知らせてください。");
    document.version = options.mode.version().into();
    let mut outside = Outside { streams: BTreeMap::new(), xmp: None };
    let mut shared = Shared {
        forms: BTreeMap::new(),
        fonts: typefaces.map(|typefaces| typefaces.put(document, &mut outside)).unwrap_or_default(),
        pictures: place(document, photos, &mut outside),
        states: extras.states.iter().map(|(name, state)| (name.clone(), document.add_object(state.clone()))).collect(),
        shadings: extras.shadings.iter().map(|(name, shading)| (name.clone(), document.add_object(shading.clone()))).collect(),
        masks: extras.masks.iter().map(|(name, mask)| (name.clone(), soft_mask(document, mask))).collect(),
        registration: leaves.iter().any(|leaf| leaf.sheet.marks).then(|| document.add_object(registration())),
    };
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for form in forms {
        let id = document.new_object_id();
        let mut dict = Dictionary::new();
        dict.set("Type", name("XObject"));
        dict.set("Subtype", name("Form"));
        dict.set("BBox", reals(&form.area));
        dict.set("Resources", shared.resources(&form.drawn.used));
        if form.drawn.used.transparent {
            dict.set("Group", group(options.mode));
        }
        outside.streams.insert(id.0, (dict, Cow::Owned(form.drawn.content)));
        shared.forms.insert(form.name, id);
    }
    for (page, Leaf { sheet, drawn, .. }) in pages.iter().zip(leaves) {
        let content = document.new_object_id();
        outside.streams.insert(content.0, (Dictionary::new(), Cow::Owned(drawn.content)));
        let resources = shared.resources(&drawn.used);
        let dict = document.get_dictionary_mut(*page).map_err(lost)?;
        dict.set("Contents", Object::Reference(content));
        dict.set("Resources", resources);
        frame(dict, &sheet, drawn.used.transparent, options.mode);
        if let Some(links) = links_of(dict) {
            let links: Vec<Object> = links.into_iter().map(|link| Object::Reference(document.add_object(link))).collect();
            document.get_dictionary_mut(*page).map_err(lost)?.set("Annots", links);
        }
    }
    let intent = intent.map(|intent| output_intent(document, intent, &mut outside));
    let metadata = options.mode.metadata().then(|| document.new_object_id());
    outside.xmp = metadata.map(|id| id.0);
    let info = document.add_object(information(options));
    document.trailer.set("Info", Object::Reference(info));
    catalogue(document.catalog_mut().map_err(lost)?, metadata, intent, options);
    drop_unused(document, &outside);
    Ok(outside)
}

/// A drawing that several pages show.
pub struct Form {
    /// Resource name.
    pub name: String,
    pub area: [f64; 4],
    pub drawn: Drawn,
}

/// Objects that pages share, by resource name.
struct Shared {
    forms: BTreeMap<String, ObjectId>,
    fonts: BTreeMap<String, ObjectId>,
    pictures: BTreeMap<String, ObjectId>,
    states: BTreeMap<String, ObjectId>,
    shadings: BTreeMap<String, ObjectId>,
    masks: BTreeMap<String, ObjectId>,
    registration: Option<ObjectId>,
}

impl Shared {
    /// Only what the page uses, so that a page that is taken out of a set takes nothing else along.
    fn resources(&self, used: &Used) -> Dictionary {
        let mut resources = Dictionary::new();
        let mut put = |kind: &str, names: &std::collections::BTreeSet<String>, objects: &[&BTreeMap<String, ObjectId>]| {
            let mut dict = Dictionary::new();
            for name in names {
                if let Some(id) = objects.iter().find_map(|map| map.get(name)) {
                    dict.set(name.as_bytes(), Object::Reference(*id));
                }
            }
            if !dict.is_empty() {
                resources.set(kind, dict);
            }
        };
        put("Font", &used.fonts, &[&self.fonts]);
        let drawings = used.pictures.union(&used.forms).cloned().collect();
        put("XObject", &drawings, &[&self.pictures, &self.forms]);
        put("ExtGState", &used.states, &[&self.states, &self.masks]);
        put("Shading", &used.shadings, &[&self.shadings]);
        if let (true, Some(colour)) = (used.registration, self.registration) {
            let mut spaces = Dictionary::new();
            spaces.set(marks::REGISTRATION, Object::Reference(colour));
            resources.set("ColorSpace", spaces);
        }
        resources
    }
}

/// Boxes as lower left and upper right corner; no crop box, which would hide the marks.
fn frame(page: &mut Dictionary, sheet: &Sheet, transparent: bool, mode: Mode) {
    let corners = |[x0, y0, x1, y1]: [f64; 4]| reals(&[x0, y0, x1, y1]);
    page.set("MediaBox", corners([0.0, 0.0, sheet.width, sheet.height]));
    page.set("TrimBox", corners(sheet.trim_box()));
    page.set("BleedBox", corners(sheet.bleed_box()));
    page.remove(b"CropBox");
    if transparent {
        page.set("Group", group(mode));
    }
}

/// Takes the links out of the page, where printpdf writes them inline: each is an object of its own (ISO 32000-1, 12.5.2).
fn links_of(page: &mut Dictionary) -> Option<Vec<Object>> {
    let Some(Object::Array(mut links)) = page.remove(b"Annots") else { return None };
    for link in links.iter_mut().filter_map(|link| link.as_dict_mut().ok()) {
        // Printed as it is seen, which is not at all.
        link.set("F", 4);
        link.remove(b"C");
    }
    Some(links).filter(|links| !links.is_empty())
}

/// Blending happens in the colours of the mode.
fn group(mode: Mode) -> Dictionary {
    let mut group = Dictionary::new();
    group.set("Type", name("Group"));
    group.set("S", name("Transparency"));
    group.set("CS", name(if mode.cmyk() { "DeviceCMYK" } else { "DeviceRGB" }));
    group
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

fn soft_mask(document: &mut Document, mask: &Mask) -> ObjectId {
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
    form.set("BBox", reals(&mask.area));
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
    document.add_object(state)
}

/// Gives every picture, profile and mask its object; answers with the resource names.
fn place<'a>(document: &mut Document, photos: &'a Photos, outside: &mut Outside<'a>) -> BTreeMap<String, ObjectId> {
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
    let mut named = BTreeMap::new();
    for photo in photos.iter() {
        let mask = photo.mask_stream().map(|(dict, data)| {
            let id = document.new_object_id();
            outside.streams.insert(id.0, (dict, Cow::Borrowed(data)));
            id
        });
        let id = document.new_object_id();
        outside.streams.insert(id.0, (photo.dictionary(&profiles, mask), Cow::Borrowed(photo.data.bytes())));
        named.insert(photo.name.clone(), id);
    }
    named
}

fn output_intent(document: &mut Document, intent: &Intent, outside: &mut Outside) -> Dictionary {
    let mut entry = Dictionary::new();
    entry.set("Type", name("OutputIntent"));
    entry.set("S", name("GTS_PDFX"));
    entry.set("OutputConditionIdentifier", text(&intent.name));
    if intent.registered {
        entry.set("RegistryName", text("http://www.color.org"));
    }
    entry.set("OutputCondition", text(&intent.condition));
    entry.set("Info", text(&intent.condition));
    let Some(profile) = &intent.profile else { return entry };
    let id = document.new_object_id();
    let mut dict = Dictionary::new();
    dict.set("N", 4);
    let bytes = match profile {
        Profile::Plain(icc) => Cow::Owned(icc.to_vec()),
        Profile::Deflated(bytes) => {
            dict.set("Filter", name("FlateDecode"));
            Cow::Borrowed(*bytes)
        }
    };
    outside.streams.insert(id.0, (dict, bytes));
    entry.set("DestOutputProfile", Object::Reference(id));
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
    if let Some((version, conformance)) = options.mode.pdfx() {
        info.set("Trapped", name("False"));
        info.set("GTS_PDFXVersion", text(version));
        if let Some(conformance) = conformance {
            info.set("GTS_PDFXConformance", text(conformance));
        }
    }
    info
}

fn catalogue(catalogue: &mut Dictionary, metadata: Option<ObjectId>, intent: Option<Dictionary>, options: &PdfOptions) {
    catalogue.remove(b"Metadata");
    catalogue.remove(b"ViewerPreferences");
    catalogue.set("Lang", text(&options.lang));
    catalogue.set("PageLayout", name("SinglePage"));
    // printpdf writes a string here, which readers ignore.
    let outlines = catalogue.has(b"Outlines");
    catalogue.set("PageMode", name(if outlines { "UseOutlines" } else { "UseNone" }));
    // Neither is in PDF 1.3, which X-1a is: its title and dates stand in Info alone.
    if let Some(metadata) = metadata {
        catalogue.set("Metadata", Object::Reference(metadata));
        let mut viewer = Dictionary::new();
        viewer.set("DisplayDocTitle", true);
        viewer.set("PrintScaling", name("None"));
        catalogue.set("ViewerPreferences", viewer);
    }
    catalogue.remove(b"OutputIntents");
    if let Some(intent) = intent {
        catalogue.set("OutputIntents", Object::Array(vec![Object::Dictionary(intent)]));
    }
}

/// printpdf's own Info stays behind when ours takes its place.
fn drop_unused(document: &mut Document, outside: &Outside) {
    let trailer: Vec<&[u8]> = vec![b"Root", b"Info"];
    let mut seen = std::collections::BTreeSet::new();
    let mut open: Vec<ObjectId> = trailer.iter().filter_map(|key| document.trailer.get(key).ok()?.as_reference().ok()).collect();
    outside.streams.values().for_each(|(dict, _)| dict.iter().for_each(|(_, value)| references(value, &mut open)));
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
