//! Pages as PDF for a printing firm, an office printer, or a proof. The only room that names printpdf.
//!
//! printpdf makes the document, its page tree, links and bookmarks. What version 0.12.8 gets wrong or slowly stands here:
//! `canvas` writes the operators, `typeface` the fonts, `finish` boxes, version, output intent and XMP, and `file` writes it
//! all without holding the pictures twice. `flat`, `coat` and `separate` make what PDF/X-1a asks for.
mod canvas;
mod coat;
mod colour;
pub mod cover;
mod date;
mod file;
mod finish;
mod flat;
mod marks;
mod ops;
mod outline;
mod photo;
mod printer;
mod separate;
mod sheet;
mod tiles;
mod typeface;
mod xmp;

use crate::font::Fonts;
use crate::page::{Item, Page};
use crate::picture::Images;
use std::io::Write;
use std::sync::Arc;

pub use printer::{Files, Printer, PrinterMode};
pub use sheet::Sheet;
pub use tiles::{TilePaper, Tiling};

/// What the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// PDF/X-4 (ISO 15930-7): CMYK, black overprints, photos keep their profiles, live transparency.
    X4,
    /// PDF/X-1a:2001 (ISO 15930-1): everything CMYK, nothing transparent; for older RIPs.
    X1a,
    /// sRGB on the trimmed size, for screens and office printers.
    Office,
    /// Fitted on A4 with a stamp, photos reduced; below 1 MB a panel.
    Proof,
    /// Full size on several sheets of A3 or A4, in sRGB, for an office printer and glue.
    Tiles,
}

impl Mode {
    /// Colours are inks; otherwise they are sRGB.
    pub fn cmyk(self) -> bool {
        matches!(self, Self::X4 | Self::X1a)
    }
    /// Links can be followed.
    fn links(self) -> bool {
        matches!(self, Self::Office | Self::Proof)
    }
    /// GTS_PDFXVersion and, before PDF/X-4, GTS_PDFXConformance.
    fn pdfx(self) -> Option<(&'static str, Option<&'static str>)> {
        match self {
            Self::X4 => Some(("PDF/X-4", None)),
            Self::X1a => Some(("PDF/X-1:2001", Some("PDF/X-1a:2001"))),
            Self::Office | Self::Proof | Self::Tiles => None,
        }
    }
    /// Name of the standard, for people.
    pub fn pdfx_name(self) -> &'static str {
        match self {
            Self::X4 => "PDF/X-4",
            Self::X1a => "PDF/X-1a:2001",
            Self::Office | Self::Proof | Self::Tiles => "PDF",
        }
    }
    /// Carries XMP, which came with PDF 1.4.
    fn metadata(self) -> bool {
        self != Self::X1a
    }
    fn version(self) -> &'static str {
        if self == Self::X1a { "1.3" } else { "1.6" }
    }
}

#[derive(Clone, Debug)]
pub struct PdfOptions {
    pub mode: Mode,
    /// No fonts in the file: every glyph is a path. Text can then be neither searched nor copied.
    pub outlined: bool,
    pub title: String,
    pub author: String,
    /// BCP 47, e.g. `ja-JP`.
    pub lang: String,
    /// Seconds since 1970-01-01 UTC; written in Japan time. The engine has no clock.
    pub date: i64,
    /// Corner and centre marks around a page for the printing firm.
    pub marks: bool,
    /// Proof: e.g. 「校正 第2版 令和8年11月22日」.
    pub stamp: String,
    /// PDF/X: ICC profile of the printing condition. If absent, X-4 carries Coated FOGRA39 and X-1a names Japan Color 2001 Coated.
    pub output_intent: Option<Arc<[u8]>>,
    /// Tiles: which paper, and how the sheets overlap.
    pub tiling: Tiling,
    /// Photos finer than this at their printed size are reduced. Absent: never (a proof always reduces).
    pub target_ppi: Option<f64>,
}
impl PdfOptions {
    /// X-4 and office of one title, with marks where they belong.
    pub fn new(mode: Mode, title: &str, date: i64) -> Self {
        Self {
            mode,
            outlined: false,
            title: title.to_owned(),
            author: String::new(),
            lang: "ja-JP".to_owned(),
            date,
            marks: true,
            stamp: "校正".to_owned(),
            output_intent: None,
            tiling: Tiling::default(),
            target_ppi: None,
        }
    }
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub pages: usize,
    pub bytes: u64,
    /// Subset fonts inside.
    pub fonts: usize,
    /// Pictures carried over bit by bit.
    pub kept: usize,
    /// Pictures that were decoded: reduced, made black only, or stored in a way that PDF does not know.
    pub remade: usize,
    /// Names of pictures that were not there or could not be read; their places are empty.
    pub left_out: Vec<String>,
    /// The ID in the file, made of its content.
    pub id: [u8; 16],
}

/// Why no PDF could be written.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct PdfFault {
    pub kind: PdfFaultKind,
    pub message: String,
    pub hint: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfFaultKind {
    NoPages,
    /// A face is not installed or cannot be subset.
    Font,
    /// The page with its marks is larger than PDF allows.
    TooLarge,
    /// Margin and overlap leave nothing of the paper.
    Tiling,
    /// The ICC profile given as output intent is none for CMYK printing.
    OutputIntent,
    /// Disk full, folder gone.
    Write,
    /// printpdf or lopdf gave what they should not.
    Internal,
}
impl PdfFaultKind {
    /// Stable code for programs and tests.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoPages => "no_pages",
            Self::Font => "font",
            Self::TooLarge => "too_large",
            Self::Tiling => "tiling",
            Self::OutputIntent => "output_intent",
            Self::Write => "write",
            Self::Internal => "internal",
        }
    }
}

pub(crate) fn fault(kind: PdfFaultKind, message: impl Into<String>, hint: &str) -> PdfFault {
    PdfFault { kind, message: message.into(), hint: hint.to_owned() }
}

/// One file with all `pages`. The same input gives the same bytes.
pub fn write(pages: &[Page], fonts: &Fonts, images: &Images, options: &PdfOptions, out: &mut dyn Write) -> Result<Summary, PdfFault> {
    if pages.is_empty() {
        return Err(fault(PdfFaultKind::NoPages, "出力するページがありません。", "パネルを選んでから出力してください。"));
    }
    let intent = colour::Intent::choose(options)?;
    let sheets = pages.iter().map(|page| Sheet::new(page, options)).collect::<Result<Vec<_>, _>>()?;
    let mut coated = flat::CoatedPictures::new();
    let flat: Vec<Page>;
    let pages = if options.mode == Mode::X1a {
        let solid = |name: &str| images.get(name).is_some_and(|picture| picture.info.format == crate::picture::Format::Jpeg);
        flat = pages.iter().map(|page| flat::flatten(page, &mut coated, &solid)).collect();
        &flat
    } else {
        pages
    };
    let tilings = if options.mode == Mode::Tiles { pages.iter().map(|page| tiling_of(page, options)).collect::<Result<Vec<_>, _>>()? } else { Vec::new() };
    let tile_notes: Vec<Vec<Item>> = tilings.iter().zip(pages).map(|(layout, page)| layout.all_notes(page, fonts)).collect();
    let notes: Vec<Vec<Item>> = pages.iter().zip(&sheets).map(|(page, sheet)| sheet.notes(page, fonts, options)).collect();
    let everything: Vec<&[Item]> = pages.iter().map(|page| &page.items[..]).chain(notes.iter().chain(&tile_notes).map(|items| &items[..])).collect();
    let typefaces = if options.outlined { None } else { Some(typeface::Typefaces::gather(&everything, fonts)?) };
    let separations = if options.mode == Mode::X1a {
        Some(separate::Separations::new(options.output_intent.clone().unwrap_or_else(colour::coated))?)
    } else {
        None
    };
    let photos = photo::Photos::gather(pages, &sheets, images, options, &coated, separations.as_ref())?;

    let mut document = printpdf::PdfDocument::new(&options.title);
    let mut extras = canvas::Extras::default();
    let mut letters = match &typefaces {
        Some(typefaces) => canvas::Letters::Embedded(typefaces),
        None => canvas::Letters::Outlined(outline::Outlines::new(fonts)),
    };
    let mut leaves = Vec::with_capacity(pages.len());
    let mut forms = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut canvas = canvas::Canvas::new(&sheets[number], options.mode, &mut letters, &photos, &mut extras);
        canvas.page(page);
        canvas.notes(&notes[number]);
        let drawn = canvas.into_drawn();
        let name = if page.name.is_empty() { (number + 1).to_string() } else { page.name.clone() };
        if options.mode == Mode::Tiles {
            let form = finish::Form { name: format!("F{number}"), area: sheets[number].trim_box(), drawn };
            leaves.extend(tiled(page, &name, &form.name, fonts, options, &mut letters, &photos, &mut extras)?);
            forms.push(form);
        } else {
            leaves.push(Leaf { name, sheet: sheets[number].clone(), drawn });
        }
    }
    for (number, leaf) in leaves.iter_mut().enumerate() {
        let links = std::mem::take(&mut leaf.drawn.links);
        document.pages.push(printpdf::PdfPage::new(printpdf::Mm(0.0), printpdf::Mm(0.0), links));
        let bookmark = printpdf::PageAnnotation { name: leaf.name.clone(), page: number + 1 };
        document.bookmarks.map.insert(printpdf::PageAnnotId(format!("{number:05}")), bookmark);
    }

    let count = leaves.len();
    let mut warnings = Vec::new();
    let settings = printpdf::PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut lopdf = document.to_lopdf_document(&settings, &mut warnings);
    drop(document);
    if let Some(warning) = warnings.iter().find(|w| w.severity == printpdf::PdfParseErrorSeverity::Error) {
        return Err(fault(PdfFaultKind::Internal, format!("PDFを組み立てられませんでした({})。", warning.msg), "この画面の内容を開発元へ知らせてください。"));
    }
    let outside = finish::finish(&mut lopdf, leaves, forms, &extras, typefaces.as_ref(), &photos, intent.as_ref(), options)?;
    let (bytes, id) = file::write(&lopdf, &outside, out, options)?;
    Ok(Summary {
        pages: count,
        bytes,
        fonts: typefaces.as_ref().map_or(0, |typefaces| typefaces.count()),
        kept: photos.kept(),
        remade: photos.remade(),
        left_out: photos.left_out.clone(),
        id,
    })
}

/// One page of the file.
struct Leaf {
    /// In the bookmarks.
    name: String,
    sheet: Sheet,
    drawn: canvas::Drawn,
}

fn tiling_of(page: &Page, options: &PdfOptions) -> Result<tiles::Layout, PdfFault> {
    tiles::Layout::new(page, &options.tiling).ok_or_else(|| {
        let message = format!("余白 {:.0} mm と重ね {:.0} mm では、{}に何も入りません。", options.tiling.margin.0, options.tiling.overlap.0, options.tiling.paper.name());
        fault(PdfFaultKind::Tiling, message, "余白か重ねを小さくしてください。")
    })
}

/// Key page and sheets of one panel, whose form is `form`.
fn tiled(page: &Page, name: &str, form: &str, fonts: &Fonts, options: &PdfOptions, letters: &mut canvas::Letters, photos: &photo::Photos, extras: &mut canvas::Extras) -> Result<Vec<Leaf>, PdfFault> {
    let layout = tiling_of(page, options)?;
    let sheet = layout.sheet();
    let mut leaf = |name: String, (scale, x, y): (f64, f64, f64), window: [f64; 4], notes: Vec<Item>| {
        let mut canvas = canvas::Canvas::new(&sheet, options.mode, letters, photos, extras);
        canvas.form(form, [scale, 0.0, 0.0, scale, x, y], window);
        canvas.notes(&notes);
        Leaf { name, sheet: sheet.clone(), drawn: canvas.into_drawn() }
    };
    let whole = [0.0, 0.0, layout.paper_width, layout.paper_height];
    let mut leaves = vec![leaf(format!("{name} 割り付け"), layout.key(), whole, layout.key_notes(page, fonts))];
    for row in 0..layout.rows {
        for column in 0..layout.columns {
            let (x, y) = layout.shift(row, column);
            leaves.push(leaf(format!("{name} {}", layout.name(row, column)), (1.0, x, y), layout.window(), layout.notes(row, column, fonts)));
        }
    }
    Ok(leaves)
}
