//! The press room: faces from their folder, pictures from the workspace, pressed pages kept for the screen, and PDF files written.
use crate::fault::{Fault, FaultKind, Result};
use crate::files;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tenjicho_press::block::Content;
use tenjicho_press::font::{FontId, Fonts};
use tenjicho_press::layout::Laid;
use tenjicho_press::notice::Notice;
use tenjicho_press::page::{Item, Page};
use tenjicho_press::pdf::{self, Mode, PdfOptions};
use tenjicho_press::picture::{self, Images, Picture, PictureFault, PictureFaultKind, PictureInfo};
use tenjicho_press::{lay_out, qr_read, svg};

/// Pages kept for the screen; an A1 page as SVG has about half a megabyte.
const PAGES: usize = 48;
/// Documents whose notices are remembered.
const MOST_NOTICED: usize = 2_000;

/// Rooms for pictures that wait to be used again.
const SPARE: usize = 8;

pub struct PressRoom {
    fonts_folder: PathBuf,
    fonts: Fonts,
    /// Reduced pictures and thumbnails; may be deleted at any time.
    cache: PathBuf,
    /// Headers of pictures by hash: a hash never changes its picture.
    probes: Mutex<HashMap<String, PictureInfo>>,
    pages: Mutex<Pages>,
    /// Notices of a content document by its key.
    notices: Mutex<HashMap<String, Arc<Vec<Notice>>>>,
    /// Contents in other clothes, waiting for the window to ask for their picture.
    looks: Mutex<Pages>,
    /// Room that pictures of panels before have left.
    spare: Mutex<Vec<Vec<u8>>>,
}

#[derive(Default)]
struct Pages {
    by_key: HashMap<String, Arc<str>>,
    order: VecDeque<String>,
}

impl Pages {
    /// The oldest make room.
    fn keep(&mut self, key: &str, text: String) {
        if self.by_key.insert(key.to_owned(), text.into()).is_none() {
            self.order.push_back(key.to_owned());
        }
        while self.order.len() > PAGES {
            if let Some(old) = self.order.pop_front() {
                self.by_key.remove(&old);
            }
        }
    }
}

/// Where a picture of a content document lies.
pub type Finder<'a> = dyn Fn(&str) -> Option<PathBuf> + Sync + 'a;

impl PressRoom {
    pub fn new(fonts: &Path, workspace: &Path) -> Self {
        let folder = fonts.to_owned();
        let loader = move |id: FontId| std::fs::read(folder.join(id.file())).map(Arc::from).map_err(|e| e.to_string());
        Self {
            fonts_folder: fonts.to_owned(),
            fonts: Fonts::new(Box::new(loader)),
            cache: workspace.join("cache"),
            probes: Mutex::default(),
            pages: Mutex::default(),
            notices: Mutex::default(),
            looks: Mutex::default(),
            spare: Mutex::default(),
        }
    }

    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    pub fn fonts_folder(&self) -> &Path {
        &self.fonts_folder
    }

    /// The fault to tell when a face is not there.
    pub fn fonts_missing(&self) -> Option<Fault> {
        let missing = FontId::ALL.iter().find(|id| !self.fonts_folder.join(id.file()).is_file())?;
        let message = format!("書体「{}」が{}にありません", missing.file(), self.fonts_folder.display());
        Some(Fault::new(FaultKind::BadFile, message, "端末で cargo xtask setup を実行するか、TENJICHO_FONTS に書体のフォルダーを指定してください"))
    }

    /// Bytes of one of our own faces.
    pub fn font_file(&self, name: &str) -> Option<Vec<u8>> {
        let id = FontId::ALL.into_iter().find(|id| id.file() == name)?;
        self.fonts.face(id).map(|face| face.bytes.to_vec())
    }

    /// Lays out a content document; pictures are only probed, never decoded.
    pub fn lay_out(&self, content: &Content, find: &Finder) -> Laid {
        lay_out(content, &self.fonts, &|name| self.info(name, find))
    }

    /// As `lay_out` for pictures that are named by their file, which may change: nothing is remembered of them.
    pub fn lay_out_fresh(&self, content: &Content, find: &Finder) -> Laid {
        let broken = |f: Fault| PictureFault { kind: PictureFaultKind::Broken, message: f.message, hint: f.hint };
        lay_out(content, &self.fonts, &|name| find(name).ok_or(None).and_then(|path| look_at(&path, name).map_err(|f| Some(broken(f)))))
    }

    /// The pictures of such pages, reduced.
    pub fn fresh_pictures(&self, pages: &[Page], find: &Finder, width: u32) -> Images {
        let small = |name: &str| picture::proxy(&std::fs::read(find(name)?).ok()?, width, 82).ok().map(|(bytes, _)| bytes);
        names(pages).into_iter().filter_map(|name| Some((name.clone(), Picture::new(&name, small(&name)?).ok()?))).collect()
    }

    /// A picture that was kept in the cache folder by `cached`; names are letters, digits and a slash.
    pub fn kept(&self, folder: &str, name: &str) -> Option<Vec<u8>> {
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        if plain { std::fs::read(self.cache.join(folder).join(format!("{name}.png"))).ok() } else { None }
    }

    /// What the header of a picture says; read once for a hash.
    fn info(&self, name: &str, find: &Finder) -> std::result::Result<PictureInfo, Option<PictureFault>> {
        if let Some(info) = held(&self.probes).get(name) {
            return Ok(info.clone());
        }
        let here = find(name).is_some_and(|path| path.is_file());
        let broken = |f: Fault| PictureFault { kind: PictureFaultKind::Broken, message: f.message, hint: f.hint };
        self.look(name, find).map_err(|fault| here.then(|| broken(fault)))
    }

    /// Reads the header of a picture, or tells what is wrong with it. No pixel is decoded.
    pub fn look(&self, name: &str, find: &Finder) -> Result<PictureInfo> {
        let absent = || Fault::new(FaultKind::BadFile, format!("写真「{name}」が見つかりません"), "写真を取り込み直してください");
        let path = find(name).ok_or_else(absent)?;
        let info = look_at(&path, name)?;
        held(&self.probes).insert(name.to_owned(), info.clone());
        Ok(info)
    }

    /// The page as SVG for the screen, kept under the returned key.
    pub fn keep_page(&self, page: &Page) -> String {
        let href = |name: &str| format!("/photo/{name}?w=1600");
        let text = svg::draw(page, &svg::SvgOptions { fonts: &self.fonts, href: &href, show_bleed: true, prefix: "g" });
        let key = blake3::hash(text.as_bytes()).to_hex()[..24].to_owned();
        held(&self.pages).keep(&key, text);
        key
    }

    /// Keeps a content document whose small picture may be asked for, under the returned key.
    pub fn keep_look(&self, content: String) -> String {
        let key = blake3::hash(content.as_bytes()).to_hex()[..24].to_owned();
        held(&self.looks).keep(&key, content);
        key
    }

    pub fn look_of(&self, key: &str) -> Option<Arc<str>> {
        held(&self.looks).by_key.get(key).cloned()
    }

    pub fn page(&self, key: &str) -> Option<Arc<str>> {
        held(&self.pages).by_key.get(key).cloned()
    }

    /// What the press notices in a document, codes read back from the page included; remembered.
    pub fn notices(&self, content: &Content, find: &Finder) -> Vec<Notice> {
        let text = serde_json::to_vec(content).unwrap_or_default();
        let key = blake3::hash(&text).to_hex().to_string();
        if let Some(known) = held(&self.notices).get(&key) {
            return known.to_vec();
        }
        let laid = self.lay_out(content, find);
        let notices = self.noticed(&laid);
        let mut kept = held(&self.notices);
        if kept.len() >= MOST_NOTICED {
            kept.clear();
        }
        kept.insert(key, Arc::new(notices.clone()));
        notices
    }

    /// The notices of a laid-out document with those of its codes.
    pub fn noticed(&self, laid: &Laid) -> Vec<Notice> {
        let mut notices = laid.notices.clone();
        for (n, page) in laid.pages.iter().enumerate() {
            let unread = qr_read::check(page, &self.fonts).into_iter().map(|notice| Notice { page: n, ..notice });
            let fresh: Vec<Notice> = unread.filter(|u| !notices.iter().any(|k| k.code == u.code && k.block == u.block)).collect();
            notices.extend(fresh);
        }
        notices
    }

    /// Forgets what was read from the workspace, which may be another one now.
    pub fn forget(&self) {
        held(&self.probes).clear();
        held(&self.notices).clear();
    }

    /// The picture with its longer side at most `width` pixels, kept in the cache folder.
    pub fn proxy(&self, path: &Path, hash: &str, width: u32) -> Result<(&'static str, Vec<u8>)> {
        let width = width.next_multiple_of(160);
        let kept = self.cache.join("photo").join(format!("{hash}-{width}"));
        if let Ok(bytes) = std::fs::read(&kept) {
            return Ok((mime(&bytes), bytes));
        }
        let bytes = files::read(path)?;
        let (small, _) = picture::proxy(&bytes, width, 82).map_err(|e| of_picture(&e))?;
        // A cache that cannot be written costs time, nothing else.
        if let Err(fault) = files::write_again(&kept, &small) {
            tracing::debug!(%fault, "proxy not kept");
        }
        Ok((mime(&small), small))
    }

    /// A file of the cache folder, or what `make` gives, then kept.
    pub fn cached(&self, name: &str, make: impl FnOnce() -> Option<Vec<u8>>) -> Option<Vec<u8>> {
        let path = self.cache.join(name);
        if let Ok(bytes) = std::fs::read(&path) {
            return Some(bytes);
        }
        let made = make()?;
        if let Err(fault) = files::write_again(&path, &made) {
            tracing::debug!(%fault, "not kept");
        }
        Some(made)
    }

    /// Reads a picture into `images`, once; what the layout asks of it is remembered with it. A broken or hostile one is told.
    pub fn take_in(&self, name: &str, path: &Path, images: &Mutex<Images>) -> Result<()> {
        if held(images).contains_key(name) {
            return Ok(());
        }
        light_enough(path, name)?;
        let mut bytes = held(&self.spare).pop().unwrap_or_default();
        files::read_into(path, &mut bytes)?;
        let picture = Picture::new(name, bytes).map_err(|e| of_picture(&e))?;
        held(&self.probes).insert(name.to_owned(), picture.info.clone());
        held(images).insert(name.to_owned(), picture);
        Ok(())
    }

    /// Takes back what `take_in` read: new memory for each photo of a batch costs as much as reading it.
    pub fn give_back(&self, images: Images) {
        let left = images.into_values().filter_map(Picture::into_bytes);
        let mut spare = held(&self.spare);
        spare.extend(left);
        spare.truncate(SPARE);
    }

    /// Pictures that the pages show, whole; those that are missing are left out.
    pub fn pictures(&self, pages: &[Page], find: &Finder) -> Images {
        let mut images = Images::new();
        for name in names(pages) {
            let read = find(&name).and_then(|path| std::fs::read(path).ok()).and_then(|bytes| Picture::new(&name, bytes).ok());
            if let Some(picture) = read {
                images.insert(name, picture);
            }
        }
        images
    }

    /// As `pictures`, each reduced: for thumbnails.
    pub fn small_pictures(&self, pages: &[Page], find: &Finder, width: u32) -> Images {
        let mut images = Images::new();
        for name in names(pages) {
            let small = find(&name).and_then(|path| self.proxy(&path, &name, width).ok()).and_then(|(_, bytes)| Picture::new(&name, bytes).ok());
            if let Some(picture) = small {
                images.insert(name, picture);
            }
        }
        images
    }

    /// Writes laid-out pages as one PDF; the file is there whole or not at all. Answers with its length and its hash.
    pub fn write_pdf(&self, pages: &[Page], find: &Finder, options: &PdfOptions, out: &Path) -> Result<(u64, String)> {
        if let Some(fault) = self.fonts_missing() {
            return Err(fault);
        }
        let images = self.pictures(pages, find);
        // Straight into the file: the whole of it is never in memory.
        files::written(out, |file| {
            let mut hashed = files::Hashed::new(file);
            let summary = pdf::write(pages, &self.fonts, &images, options, &mut hashed).map_err(|e| of_pdf(&e))?;
            Ok((summary.bytes, hashed.hash()))
        })
    }

    /// The same with pictures that were read before, for those who ask for nothing but the file.
    pub fn press_pdf(&self, pages: &[Page], images: &Images, options: &PdfOptions, out: &Path) -> Result<()> {
        files::written(out, |file| pdf::write(pages, &self.fonts, images, options, file).map(drop).map_err(|e| of_pdf(&e)))
    }
}

fn of_pdf(fault: &pdf::PdfFault) -> Fault {
    Fault::new(FaultKind::CannotWrite, fault.message.clone(), fault.hint.clone())
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is inside is a cache: a thread that died in it left nothing that could be wrong.
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Names of all pictures on the pages, once.
fn names(pages: &[Page]) -> Vec<String> {
    fn walk(items: &[Item], found: &mut BTreeMap<String, ()>) {
        for item in items {
            match item {
                Item::Image(image) => {
                    found.insert(image.name.clone(), ());
                }
                Item::Group(group) => walk(&group.items, found),
                _ => {}
            }
        }
    }
    let mut found = BTreeMap::new();
    pages.iter().for_each(|page| walk(&page.items, &mut found));
    found.into_keys().collect()
}

fn mime(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}

/// What a picture file says of itself. A file of 50,000 × 50,000 pixels is refused here, before a pixel is decoded.
pub fn look_at(path: &Path, name: &str) -> Result<PictureInfo> {
    light_enough(path, name)?;
    picture::probe(name, &files::read(path)?).map_err(|e| of_picture(&e))
}

/// A file beyond the bound is refused before it is read.
fn light_enough(path: &Path, name: &str) -> Result<()> {
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    if size > picture::LARGEST_FILE as u64 {
        let message = format!("写真「{name}」は大きすぎます（{} MB）", size / (1024 * 1024));
        return Err(Fault::new(FaultKind::BadFile, message, "64 MBより小さくしてください"));
    }
    Ok(())
}

pub fn of_picture(fault: &PictureFault) -> Fault {
    Fault::new(FaultKind::BadFile, fault.message.clone(), fault.hint.clone())
}

/// A way of printing as the window and the terminal name it.
#[derive(Debug, PartialEq, Eq)]
pub struct Way {
    pub name: &'static str,
    /// In file names.
    pub label: &'static str,
    pub mode: Mode,
    pub outlined: bool,
}

pub const WAYS: &[Way] = &[
    Way { name: "x4", label: "入稿", mode: Mode::X4, outlined: false },
    Way { name: "x1a", label: "入稿X-1a", mode: Mode::X1a, outlined: false },
    Way { name: "outlined", label: "入稿アウトライン", mode: Mode::X4, outlined: true },
    Way { name: "x1a-outlined", label: "入稿X-1aアウトライン", mode: Mode::X1a, outlined: true },
    Way { name: "office", label: "事務用", mode: Mode::Office, outlined: false },
    Way { name: "proof", label: "校正", mode: Mode::Proof, outlined: false },
    Way { name: "tiles", label: "分割", mode: Mode::Tiles, outlined: false },
];

/// The way of that name.
pub fn way(name: &str) -> Result<&'static Way> {
    let absent = || {
        let hint = "x4（入稿）、x1a（入稿X-1a）、outlined（アウトライン）、x1a-outlined、office（事務用）、proof（校正）、tiles（分割）から選んでください";
        Fault::new(FaultKind::BadField, format!("出力の種類「{name}」はありません"), hint)
    };
    WAYS.iter().find(|way| way.name == name).ok_or_else(absent)
}

/// The folder of faces: as told by TENJICHO_FONTS, beside the program, or assets/fonts upward from here.
pub fn fonts_folder() -> PathBuf {
    if let Some(told) = std::env::var_os("TENJICHO_FONTS").filter(|v| !v.is_empty()) {
        return PathBuf::from(told);
    }
    let program = std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned));
    let here = std::env::current_dir().ok();
    let holds = |folder: &PathBuf| folder.join(FontId::Gothic.file()).is_file();
    let beside = program.iter().flat_map(|dir| [dir.join("fonts"), dir.join("../Resources/fonts"), dir.join("../lib/tenjicho/fonts")]);
    let above = [&here, &program].into_iter().flatten().flat_map(|dir| dir.ancestors().map(|a| a.join("assets/fonts")).collect::<Vec<_>>());
    beside.chain(above).find(holds).unwrap_or_else(|| PathBuf::from("assets/fonts"))
}
