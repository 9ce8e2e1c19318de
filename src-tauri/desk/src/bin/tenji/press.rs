//! `tenji press`: content documents into PDF, SVG or PNG, without a workspace. Pictures are paths beside the document.
use clap::Args;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use tenjicho_desk::calls;
use tenjicho_desk::fault::{Fault, FaultKind, Result};
use tenjicho_desk::files;
use tenjicho_desk::pressroom::{self, Finder, PressRoom, Way, fonts_folder};
use tenjicho_press::block::{Content, ThemeChoice};
use tenjicho_press::notice::Notice;
use tenjicho_press::own_template::OwnTemplate;
use tenjicho_press::page::Page;
use tenjicho_press::pdf::PdfOptions;
use tenjicho_press::picture::Images;
use tenjicho_press::theme::OwnTheme;
use tenjicho_press::{png, svg};

/// Pixels across a PNG.
const WIDTH: u32 = 1_600;
/// 2000-01-01: the same input gives the same bytes, so the time is not the clock's.
const DATE: i64 = 946_652_400;

#[derive(Args)]
pub struct Press {
    /// 内容のファイル（JSON）
    content: Option<PathBuf>,
    /// 書き出すファイル（.pdf、.svg、.png）。--batch ではフォルダー、または全部をまとめる .pdf
    #[arg(long)]
    out: Option<PathBuf>,
    /// フォルダーの中の内容のファイルをすべて作ります
    #[arg(long, value_name = "DIR", conflicts_with = "content")]
    batch: Option<PathBuf>,
    /// 自分のテーマのファイル（JSON）。内容のテーマの代わりに使います
    #[arg(long, value_name = "FILE")]
    theme: Option<PathBuf>,
    /// 自分のひな形のファイル（JSON）。内容のひな形の代わりに使います
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// x4（入稿）、x1a（入稿X-1a）、outlined・x1a-outlined（アウトライン）、office（事務用）、proof（校正）、tiles（分割）
    #[arg(long, default_value = "x4")]
    mode: String,
    /// 内容のファイルの書き方（JSON Schema）を書き出します
    #[arg(long)]
    schema: bool,
}

/// What every content is dressed in, instead of what it asks for itself.
#[derive(Default)]
struct Dress {
    theme: Option<OwnTheme>,
    template: Option<OwnTemplate>,
}

impl Dress {
    fn of(ask: &Press) -> Result<Self> {
        let theme = ask.theme.as_deref().map(|file| calls::own_theme(&utf8(file)?, file)).transpose()?;
        let template = ask.template.as_deref().map(|file| calls::own_template(&utf8(file)?, file)).transpose()?;
        Ok(Self { theme, template })
    }

    fn put_on(&self, content: &mut Content) {
        if let Some(theme) = &self.theme {
            content.theme = ThemeChoice::Own(Box::new(theme.clone()));
        }
        if let Some(template) = &self.template {
            content.template = Some(template.base);
            content.frames = Some(Box::new(template.clone()));
        }
    }
}

pub fn run(ask: &Press) -> Result<ExitCode> {
    if ask.schema {
        let schema = serde_json::to_string_pretty(&Content::schema());
        crate::say(schema.map_err(|e| Fault::new(FaultKind::Internal, e.to_string(), ""))?);
        return Ok(ExitCode::SUCCESS);
    }
    let way = pressroom::way(&ask.mode)?;
    let need = |what: &str| Fault::new(FaultKind::BadCall, format!("{what}が指定されていません"), "tenji press 内容.json --out 出力.pdf のように指定してください");
    let out = ask.out.as_deref().ok_or_else(|| need("書き出す先（--out）"))?;
    let fonts = fonts_folder();
    let dress = Dress::of(ask)?;
    match (&ask.content, &ask.batch) {
        (_, Some(folder)) => batch(folder, out, way, &fonts, &dress),
        (Some(content), None) => {
            let room = PressRoom::new(&fonts, &std::env::temp_dir().join("tenji-press"));
            ready(&room)?;
            tell(content, &one(&room, content, out, way, &dress)?);
            crate::say(out.display());
            Ok(ExitCode::SUCCESS)
        }
        (None, None) => Err(need("内容のファイル")),
    }
}

fn ready(room: &PressRoom) -> Result<()> {
    room.fonts_missing().map_or(Ok(()), Err)
}

/// Every content document of a folder, on all cores. A picture is read when its panel is written and dropped after.
fn batch(folder: &Path, out: &Path, way: &Way, fonts: &Path, dress: &Dress) -> Result<ExitCode> {
    let unreadable = |_| Fault::new(FaultKind::BadFile, format!("フォルダー「{}」を読めません", folder.display()), "場所をお確かめください");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).map_err(unreadable)?.flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    if files.is_empty() {
        return Err(Fault::new(FaultKind::BadFile, format!("「{}」に内容のファイル（.json）がありません", folder.display()), ""));
    }
    let room = PressRoom::new(fonts, &std::env::temp_dir().join("tenji-press"));
    ready(&room)?;
    if out.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
        return bound(&room, folder, &files, out, way, dress);
    }
    let results: Vec<Result<PathBuf>> = files
        .par_iter()
        .map(|file| {
            let target = out.join(file.file_name().unwrap_or_default()).with_extension("pdf");
            tell(file, &one(&room, file, &target, way, &dress)?);
            Ok(target)
        })
        .collect();
    let mut failed = 0;
    for result in results {
        match result {
            Ok(target) => crate::say(target.display()),
            Err(fault) => {
                failed += 1;
                crate::tell(&fault);
            }
        }
    }
    if failed == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    let message = format!("{}件のうち{failed}件を作れませんでした", files.len());
    Err(Fault::new(FaultKind::BadFile, message, "ほかは作りました。前の行に書いたファイルを直して、もう一度お試しください"))
}

/// All panels in one file, in the order of their names, with a bookmark each.
fn bound(room: &PressRoom, folder: &Path, files: &[PathBuf], out: &Path, way: &Way, dress: &Dress) -> Result<ExitCode> {
    let find = beside(folder);
    let images = Mutex::default();
    let laid: Vec<Result<Vec<Page>>> = files
        .par_iter()
        .map(|file| {
            let content = read(file, dress)?;
            take_in_pictures(room, file, &content, &find, &images)?;
            let laid = room.lay_out(&content, &find);
            tell(file, &laid.notices);
            Ok(laid.pages)
        })
        .collect();
    let pages: Vec<Page> = laid.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let name = out.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let options = PdfOptions { outlined: way.outlined, ..PdfOptions::new(way.mode, &name, DATE) };
    room.press_pdf(&pages, &whole(images), &options, out)?;
    crate::say(out.display());
    Ok(ExitCode::SUCCESS)
}

fn utf8(file: &Path) -> Result<String> {
    let wrong = |_| Fault::new(FaultKind::BadFile, format!("「{}」の文字コードがUTF-8ではありません", file.display()), "UTF-8で保存し直してください");
    String::from_utf8(files::read(file)?).map_err(wrong)
}

/// The content in the dress that was asked for.
fn read(file: &Path, dress: &Dress) -> Result<Content> {
    let mut content = calls::content(&utf8(file)?).map_err(|fault| Fault { message: format!("{}：{}", file.display(), fault.message), ..fault })?;
    dress.put_on(&mut content);
    Ok(content)
}

fn one(room: &PressRoom, file: &Path, out: &Path, way: &Way, dress: &Dress) -> Result<Vec<Notice>> {
    let content = read(file, dress)?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let find = beside(folder);
    let images = Mutex::default();
    take_in_pictures(room, file, &content, &find, &images)?;
    let laid = room.lay_out(&content, &find);
    let ending = out.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "pdf" => {
            let options = PdfOptions { outlined: way.outlined, ..PdfOptions::new(way.mode, &title(&laid.pages), DATE) };
            let images = whole(images);
            room.press_pdf(&laid.pages, &images, &options, out)?;
            room.give_back(images);
        }
        "svg" => {
            for (page, target) in laid.pages.iter().zip(one_a_page(out)) {
                files::write_again(&target, svg_text(room, page, folder).as_bytes())?;
            }
        }
        "png" => {
            let images = whole(images);
            for (page, target) in laid.pages.iter().zip(one_a_page(out)) {
                let bytes = png::draw(page, &images, room.fonts(), WIDTH).map_err(|e| Fault::new(FaultKind::CannotWrite, e.message, e.hint))?;
                files::write_again(&target, &bytes)?;
            }
        }
        _ => return Err(Fault::new(FaultKind::BadCall, format!("「{}」の形式では書き出せません", out.display()), ".pdf、.svg、.png のどれかにしてください")),
    }
    Ok(laid.notices)
}

/// A picture is named by its path from the content file, or by its whole path: the caller chose the content as much as the picture.
fn beside(folder: &Path) -> impl Fn(&str) -> Option<PathBuf> + Sync {
    let folder = folder.to_owned();
    move |name| Some(folder.join(name))
}

/// Reads the pictures, each once. A broken or hostile one stops the panel here, with its name and place; one that is not there yet is
/// a notice of the layout.
fn take_in_pictures(room: &PressRoom, file: &Path, content: &Content, find: &Finder, images: &Mutex<Images>) -> Result<()> {
    for (index, block) in content.blocks.iter().enumerate() {
        for name in block.what.pictures() {
            let told = |fault: Fault| Fault { message: format!("{}：「blocks[{index}]」の写真：{}", file.display(), fault.message), ..fault };
            if let Some(path) = find(name).filter(|path| !name.is_empty() && path.exists()) {
                room.take_in(name, &path, images).map_err(told)?;
            }
        }
    }
    Ok(())
}

fn whole(images: Mutex<Images>) -> Images {
    images.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn title(pages: &[Page]) -> String {
    pages.first().map(|p| p.name.clone()).unwrap_or_default()
}

/// `panel.png`, then `panel-2.png` and so on: a picture holds one page, and a table may go on on a second panel.
fn one_a_page(out: &Path) -> impl Iterator<Item = PathBuf> + '_ {
    let ending = out.extension().unwrap_or_default().to_string_lossy();
    let stem = out.file_stem().unwrap_or_default().to_string_lossy();
    std::iter::once(out.to_owned()).chain((2..).map(move |n| out.with_file_name(format!("{stem}-{n}.{ending}"))))
}

/// Pictures are named by their path from the SVG.
fn svg_text(room: &PressRoom, page: &Page, beside: &Path) -> String {
    let folder = std::path::absolute(beside).unwrap_or_else(|_| beside.to_owned());
    let href = |name: &str| format!("file://{}", folder.join(name).display());
    svg::draw(page, &svg::SvgOptions { fonts: room.fonts(), href: &href, show_bleed: false, prefix: "g" })
}

/// Notices go to stderr, one JSON a line, so that a script can read them beside the result.
fn tell(file: &Path, notices: &[Notice]) {
    for notice in notices {
        let line = serde_json::json!({ "file": file.display().to_string(), "notice": notice });
        crate::note(line);
    }
}
