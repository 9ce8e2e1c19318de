//! A returned request sheet: whose it is, what was filled in, and which pictures came with it. Whatever was done to the file, it is read within bounds.
use super::{MARK, MARK_SHEET, PHOTOS, photo_labels};
use crate::fault::{Fault, FaultKind, Result};
use crate::merge_panels::{cells_of, sheets_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a partner sent back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// From the hidden sheet; empty where it is gone.
    pub exhibition: String,
    pub partner: String,
    /// As it stands in the sheet.
    pub name: String,
    /// Words by item; what was left empty is not in it.
    pub words: BTreeMap<String, String>,
    pub photos: Vec<Picture>,
}

/// A picture as the sheet names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub file: String,
    pub title: String,
    pub credit: String,
    pub permission: String,
    pub until: String,
}

/// Words of the sheet that are no item.
const NO_ITEMS: [&str; 5] = ["項目", "自治体名", "よみ", "電話", "メール"];

/// Reads a returned sheet; a workbook that is none is a fault that says so.
pub fn read_answer(path: &Path) -> Result<Answer> {
    let mark = cells_of(path, MARK_SHEET).unwrap_or_default();
    let marked = |n: usize| mark.get(n).and_then(|row| row.first()).cloned().unwrap_or_default();
    let is_ours = marked(0) == MARK;
    let sheet = sheets_of(path)?.into_iter().find(|s| s != MARK_SHEET).unwrap_or_default();
    let mut words: BTreeMap<String, String> = BTreeMap::new();
    for row in cells_of(path, &sheet)? {
        let cell = |n: usize| row.get(n).map_or("", |c| c.trim());
        if !cell(0).is_empty() && !cell(1).is_empty() && cell(0) != "項目" {
            words.entry(cell(0).to_owned()).or_insert_with(|| cell(1).to_owned());
        }
    }
    if !is_ours && !words.contains_key("自治体名") {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        return Err(Fault::new(FaultKind::BadFile, format!("「{name}」は依頼票ではありません"), "展示帖で作った依頼票に書いてもらうか、「自治体名」の行がある票にしてください"));
    }
    let mut answer = Answer { name: words.get("自治体名").cloned().unwrap_or_default(), ..Answer::default() };
    if is_ours {
        (answer.exhibition, answer.partner) = (marked(1), marked(2));
    }
    for n in 1..=PHOTOS {
        let [file, title, credit, permission, until] = photo_labels(n).map(|label| words.remove(&label).unwrap_or_default());
        if !file.is_empty() {
            answer.photos.push(Picture { file, title, credit, permission, until });
        }
    }
    words.retain(|item, _| !NO_ITEMS.contains(&item.as_str()));
    answer.words = words;
    Ok(answer)
}

/// More pictures than this in one folder are not meant for one panel.
const MOST_BESIDE: usize = 6;

/// Pictures that came without being named in the sheet: those whose name holds the partner's, or all that lie beside it where it lies alone.
pub fn photos_beside(sheet: &Path, name: &str, alone: bool) -> Vec<PathBuf> {
    let folder = sheet.parent().unwrap_or(Path::new("."));
    let is_picture = |p: &PathBuf| p.extension().and_then(|e| e.to_str()).is_some_and(|e| ["jpg", "jpeg", "png"].contains(&e.to_ascii_lowercase().as_str()));
    let bears = |p: &PathBuf| alone || (!name.is_empty() && p.file_stem().is_some_and(|s| crate::store::fold(&s.to_string_lossy()).contains(&crate::store::fold(name))));
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).filter(|p| is_picture(p) && bears(p)).collect();
    found.sort();
    found.truncate(MOST_BESIDE);
    found
}
