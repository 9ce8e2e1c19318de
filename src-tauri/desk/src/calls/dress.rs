//! Themes and templates of one's own: data files in the workspace's folders `themes/` and `templates/`.
use super::wire_types::*;
use crate::fault::{Fault, FaultKind, Result};
use crate::files;
use std::path::{Path, PathBuf};
use tenjicho_press::block::{Content, ThemeChoice};
use tenjicho_press::own_template::OwnTemplate;
use tenjicho_press::read::ContentFault;
use tenjicho_press::theme::OwnTheme;

/// More files than this are not a choice any more.
const MOST: usize = 200;

/// Reads a theme file; the fault names the file, the field, line and column.
pub fn own_theme(text: &str, file: &Path) -> Result<OwnTheme> {
    OwnTheme::from_json(text).map_err(|e| told("テーマ", file, e))
}

/// Reads a template file; the fault names the file, the field, line and column.
pub fn own_template(text: &str, file: &Path) -> Result<OwnTemplate> {
    OwnTemplate::from_json(text).map_err(|e| told("ひな形", file, e))
}

fn told(what: &str, file: &Path, e: ContentFault) -> Fault {
    let place = if e.path.is_empty() { String::new() } else { format!("「{}」（{}行 {}文字目）：", e.path, e.line, e.column) };
    Fault::new(FaultKind::BadFile, format!("{what}「{}」{place}{}", file.display(), e.message), e.hint)
}

/// The theme that a content or a call names: a shipped one by its name, or one's own as JSON.
pub(super) fn theme_choice(text: &str) -> Result<ThemeChoice> {
    if text.trim_start().starts_with('{') {
        return Ok(ThemeChoice::Own(Box::new(own_theme(text, Path::new("theme"))?)));
    }
    Ok(ThemeChoice::Named(text.to_owned()))
}

/// What a workspace has of its own, and which files are no use.
#[derive(Default)]
pub(super) struct Wardrobe {
    pub themes: Vec<ThemeLine>,
    pub templates: Vec<TemplateLine>,
    pub faults: Vec<FileFault>,
}

impl Wardrobe {
    /// Looks into both folders; `blank` gives the empty content of a shipped template. Missing folders are no fault.
    pub(super) fn open(folder: &Path, blank: impl Fn(&OwnTemplate) -> Content) -> Self {
        let mut all = Wardrobe::default();
        for file in listed(&folder.join("themes")) {
            match text(&file).and_then(|text| own_theme(&text, &file)) {
                Ok(own) => {
                    let label = if own.label.is_empty() { stem(&file) } else { own.label.clone() };
                    all.themes.push(ThemeLine { name: stem(&file), label, own: serde_json::to_string(&own).ok() });
                }
                Err(fault) => all.faults.push(fault_line(&file, fault)),
            }
        }
        for file in listed(&folder.join("templates")) {
            match text(&file).and_then(|text| own_template(&text, &file)) {
                Ok(own) => {
                    let label = if own.label.is_empty() { stem(&file) } else { own.label.clone() };
                    let content = Content { frames: Some(Box::new(own.clone())), ..blank(&own) };
                    all.templates.push(TemplateLine { name: stem(&file), label, blank: serde_json::to_string(&content).unwrap_or_default() });
                }
                Err(fault) => all.faults.push(fault_line(&file, fault)),
            }
        }
        all
    }
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|f| f.extension().is_some_and(|e| e == "json")).take(MOST).collect();
    files.sort();
    files
}

fn text(file: &Path) -> Result<String> {
    let wrong = |_| Fault::new(FaultKind::BadFile, format!("「{}」の文字コードがUTF-8ではありません", file.display()), "UTF-8で保存し直してください");
    String::from_utf8(files::read(file)?).map_err(wrong)
}

fn stem(file: &Path) -> String {
    file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

fn fault_line(file: &Path, fault: Fault) -> FileFault {
    FileFault { file: file.display().to_string(), message: fault.message, hint: fault.hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_offers_its_own_themes_and_templates_and_names_the_broken_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        };
        put("themes/sakura.json", r#"{"base": "umi", "label": "桜", "colours": {"main": [10, 90, 40, 30]}}"#);
        put("themes/broken.json", "{\n\"colours\": {\"mian\": [0, 0, 0, 100]}}");
        put("templates/lobby.json", r#"{"base": "municipality", "shapes": [{"design": [594, 841], "frames": {"body": [25, 517, 544, 150]}}]}"#);
        let all = Wardrobe::open(folder.path(), |own| Content { template: Some(own.base), ..Content::default() });
        assert_eq!(all.themes.iter().map(|t| t.label.as_str()).collect::<Vec<_>>(), ["桜"]);
        assert_eq!(all.templates.iter().map(|t| t.label.as_str()).collect::<Vec<_>>(), ["lobby"]);
        assert!(Content::from_json(&all.templates[0].blank).is_ok_and(|c| c.frames.is_some()));
        assert!(theme_choice(all.themes[0].own.as_deref().unwrap_or_default()).is_ok());
        assert!(all.faults.len() == 1 && all.faults[0].message.contains("2行") && all.faults[0].hint.contains("main"), "{:?}", all.faults[0].message);
    }
}
