//! Finds the picture files that a list names: in one folder and below it, in any case and any Unicode form, and never outside it.
use crate::pressroom::look_at;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// A folder with more files is not a folder of panel photos.
const MOST_FILES: usize = 50_000;
const ENDINGS: [&str; 3] = ["jpg", "jpeg", "png"];

/// A picture of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A photo that the workspace has, by its hash.
    Kept(String),
    File(PathBuf),
}

pub struct Pictures<'a> {
    folder: Option<PathBuf>,
    kept: &'a dyn Fn(&str) -> bool,
    listed: RefCell<HashMap<PathBuf, HashMap<String, PathBuf>>>,
    looked: RefCell<HashMap<PathBuf, Result<(), String>>>,
}

impl<'a> Pictures<'a> {
    /// Pictures below `folder`; `kept` says whether the workspace has a photo of this hash.
    pub fn of(folder: Option<&Path>, kept: &'a dyn Fn(&str) -> bool) -> Self {
        Self { folder: folder.map(Path::to_owned), kept, listed: RefCell::default(), looked: RefCell::default() }
    }

    /// What is wrong with a row that names no picture.
    pub fn none(&self) -> &'static str {
        if self.folder.is_some() { "写真のファイル名が空です" } else { "写真が記録されていません。設定の「写真」で、この自治体の写真を加えてください" }
    }

    /// The picture of a cell, looked at: it is there and can be printed. Else one sentence that says why not.
    pub fn find(&self, cell: &str) -> Result<Found, String> {
        if (self.kept)(cell) {
            return Ok(Found::Kept(cell.to_owned()));
        }
        let folder = self.folder.as_deref().ok_or_else(|| format!("写真「{cell}」が記録にありません"))?;
        let path = self.below(folder, cell)?;
        let known = self.looked.borrow().get(&path).cloned();
        let looked = known.unwrap_or_else(|| {
            let fresh = look_at(&path, cell).map(|_| ()).map_err(|fault| fault.message);
            self.looked.borrow_mut().insert(path.clone(), fresh.clone());
            fresh
        });
        looked.map(|()| Found::File(path))
    }

    fn below(&self, folder: &Path, cell: &str) -> Result<PathBuf, String> {
        let missing = || format!("写真「{cell}」が「{}」にありません", folder.display());
        let parts: Vec<&str> = cell.split(['/', '\\']).map(str::trim).filter(|p| !p.is_empty() && *p != ".").collect();
        if parts.contains(&"..") || cell.contains(':') || cell.starts_with(['/', '\\']) {
            return Err(format!("写真「{cell}」は、写真のフォルダーの外を指しています"));
        }
        let (name, way) = parts.split_last().ok_or_else(missing)?;
        let mut here = folder.to_owned();
        for part in way {
            here = self.entry(&here, part).filter(|p| p.is_dir()).ok_or_else(missing)?;
        }
        let with_ending = || ENDINGS.iter().find_map(|ending| self.entry(&here, &format!("{name}.{ending}")));
        self.entry(&here, name).filter(|p| p.is_file()).or_else(with_ending).ok_or_else(missing)
    }

    /// An entry of a folder by its name as a person would read it.
    fn entry(&self, folder: &Path, name: &str) -> Option<PathBuf> {
        let mut listed = self.listed.borrow_mut();
        let entries = listed.entry(folder.to_owned()).or_insert_with(|| {
            let files = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_FILES);
            files.map(|e| (fold(&e.file_name().to_string_lossy()), e.path())).collect()
        });
        entries.get(&fold(name)).cloned()
    }
}

fn fold(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}
