//! Pages as PDF for a printing firm, an office printer, or a proof. The only room that names printpdf.
//!
//! printpdf makes pages, operators, fonts and bookmarks; `finish` then sets right in its document what version 0.12.8
//! gets wrong (boxes, version, output intent, XMP, ID), and `file` writes it without holding the pictures twice.
mod canvas;
mod colour;
mod date;
mod file;
mod finish;
mod marks;
mod photo;
mod sheet;
mod typeface;
mod xmp;

use crate::font::Fonts;
use crate::page::{Item, Page};
use crate::picture::Images;
use std::io::Write;
use std::sync::Arc;

pub use sheet::Sheet;

/// What the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// PDF/X-4 (ISO 15930-7): CMYK, black overprints, photos keep their profiles, live transparency.
    X4,
    /// sRGB on the trimmed size, for screens and office printers.
    Office,
    /// Fitted on A4 with a stamp, photos reduced; below 1 MB a panel.
    Proof,
}

#[derive(Clone, Debug)]
pub struct PdfOptions {
    pub mode: Mode,
    pub title: String,
    pub author: String,
    /// BCP 47, e.g. `ja-JP`.
    pub lang: String,
    /// Seconds since 1970-01-01 UTC; written in Japan time. The engine has no clock.
    pub date: i64,
    /// Corner and centre marks around an X-4 page.
    pub marks: bool,
    /// Proof: e.g. 「校正 第2版 令和8年11月22日」.
    pub stamp: String,
    /// ICC profile of the printing condition; Coated FOGRA39 if absent.
    pub output_intent: Option<Arc<[u8]>>,
    /// Photos finer than this at their printed size are reduced. Absent: never (a proof always reduces).
    pub target_ppi: Option<f64>,
}
impl PdfOptions {
    /// X-4 and office of one title, with marks where they belong.
    pub fn new(mode: Mode, title: &str, date: i64) -> Self {
        Self {
            mode,
            title: title.to_owned(),
            author: String::new(),
            lang: "ja-JP".to_owned(),
            date,
            marks: true,
            stamp: "校正".to_owned(),
            output_intent: None,
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
    let notes: Vec<Vec<Item>> = pages.iter().zip(&sheets).map(|(page, sheet)| sheet.notes(page, fonts, options)).collect();
    let everything: Vec<&[Item]> = pages.iter().map(|page| &page.items[..]).chain(notes.iter().map(|items| &items[..])).collect();
    let typefaces = typeface::Typefaces::gather(&everything, fonts)?;
    let photos = photo::Photos::gather(pages, &sheets, images, options);

    let mut document = printpdf::PdfDocument::new(&options.title);
    typefaces.register(&mut document)?;
    let mut extras = canvas::Extras::default();
    for (number, page) in pages.iter().enumerate() {
        let sheet = &sheets[number];
        let mut canvas = canvas::Canvas::new(sheet, options.mode, &typefaces, &photos, &mut extras);
        canvas.page(page);
        canvas.notes(&notes[number]);
        let ops = canvas.into_ops();
        document.pages.push(printpdf::PdfPage::new(printpdf::Mm(0.0), printpdf::Mm(0.0), ops));
        let name = if page.name.is_empty() { (number + 1).to_string() } else { page.name.clone() };
        let bookmark = printpdf::PageAnnotation { name, page: number + 1 };
        document.bookmarks.map.insert(printpdf::PageAnnotId(format!("{number:05}")), bookmark);
    }
    extras.register(&mut document);

    let mut warnings = Vec::new();
    let settings = printpdf::PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut lopdf = document.to_lopdf_document(&settings, &mut warnings);
    drop(document);
    if let Some(warning) = warnings.iter().find(|w| w.severity == printpdf::PdfParseErrorSeverity::Error) {
        return Err(fault(PdfFaultKind::Internal, format!("PDFを組み立てられませんでした({})。", warning.msg), "この画面の内容を開発元へ知らせてください。"));
    }
    let outside = finish::finish(&mut lopdf, &sheets, &extras, &photos, intent.as_ref(), options)?;
    let (bytes, id) = file::write(&lopdf, &outside, out, options)?;
    Ok(Summary {
        pages: pages.len(),
        bytes,
        fonts: typefaces.count(),
        kept: photos.kept(),
        remade: photos.remade(),
        left_out: photos.left_out.clone(),
        id,
    })
}
