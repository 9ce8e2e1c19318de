//! What a printing firm wants, as data: standard, outlines, bleed, marks, files, profile. Read with faults that name the place.
use super::Mode;
use crate::length::Mm;
use crate::read::{self, ContentFault};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One firm's wishes. `sample` marks a firm that does not exist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// Small letters, digits and hyphens.
    pub name: String,
    pub label: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub sample: bool,
    pub mode: PrinterMode,
    /// All type as paths.
    #[serde(default)]
    pub outlined: bool,
    /// Millimetres around the trim.
    #[serde(default = "bleed")]
    pub bleed: Mm,
    #[serde(default = "yes")]
    pub marks: bool,
    #[serde(default)]
    pub files: Files,
    /// A sheet that lists the panels goes with them.
    #[serde(default)]
    pub cover: bool,
    /// File name of an ICC profile beside this file; what ships if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icc: Option<String>,
    /// Photos finer than this at their printed size are reduced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_ppi: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrinterMode {
    X4,
    X1a,
    Office,
}
impl From<PrinterMode> for Mode {
    fn from(mode: PrinterMode) -> Self {
        match mode {
            PrinterMode::X4 => Self::X4,
            PrinterMode::X1a => Self::X1a,
            PrinterMode::Office => Self::Office,
        }
    }
}

/// One file a panel, or all panels in one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Files {
    #[default]
    Each,
    One,
}

fn bleed() -> Mm {
    Mm(3.0)
}
fn yes() -> bool {
    true
}

/// The printers that ship, in the order in which they are offered.
const SHIPPED: [&str; 6] = [
    include_str!("../../../../assets/printers/standard-x4.json"),
    include_str!("../../../../assets/printers/old-rip-x1a.json"),
    include_str!("../../../../assets/printers/outlined-x4.json"),
    include_str!("../../../../assets/printers/outlined-x1a.json"),
    include_str!("../../../../assets/printers/large-format.json"),
    include_str!("../../../../assets/printers/mihon-insatsu.json"),
];

impl Printer {
    pub fn shipped() -> Vec<Printer> {
        // A test reads every one of them; one that could not be read would be missed, not fatal.
        SHIPPED.iter().filter_map(|text| Self::from_json(text).ok()).collect()
    }

    /// Reads a printer file; the first fault is told with its line and column.
    pub fn from_json(text: &str) -> Result<Self, ContentFault> {
        let printer: Self = read::plain(text, "印刷会社のファイル")?;
        let wrong = |field: &str, message: &str, hint: &str| Err(read::at_field(text, field, message, hint));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if printer.name.is_empty() || printer.name.len() > 40 || !printer.name.chars().all(plain) {
            return wrong("name", "名前（name）は半角の小文字・数字・ハイフンで書きます。", "例: \"name\": \"standard-x4\"");
        }
        if printer.label.trim().is_empty() {
            return wrong("label", "見出し（label）がありません。", "例: \"label\": \"標準 X-4\"");
        }
        if !(0.0..=50.0).contains(&printer.bleed.0) {
            return wrong("bleed", "塗り足し（bleed）は 0 から 50 mm です。", "ふつうは 3 です。");
        }
        if printer.target_ppi.is_some_and(|ppi| !(72.0..=1200.0).contains(&ppi)) {
            return wrong("target_ppi", "写真の細かさ（target_ppi）は 72 から 1200 です。", "大判は 200、ふつうの印刷は 350 ほどです。");
        }
        if printer.icc.as_deref().is_some_and(|file| file.is_empty() || file.contains(['/', '\\']) || file.starts_with('.')) {
            return wrong("icc", "ICCプロファイル（icc）は、このファイルと同じフォルダーにあるファイルの名前だけを書きます。", "例: \"icc\": \"JapanColor2011Coated.icc\"");
        }
        Ok(printer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_printer_is_whole_and_no_firm_is_invented() {
        let shipped = Printer::shipped();
        assert_eq!(shipped.len(), SHIPPED.len());
        for text in SHIPPED {
            let printer = Printer::from_json(text).expect("whole");
            assert!(!printer.sample || printer.label.contains("見本"));
        }
    }

    #[test]
    fn faults_name_line_and_column() {
        let fault = |text: &str| Printer::from_json(text).expect_err("a fault");
        let bad = "{\n  \"name\": \"a\",\n  \"label\": \"甲\",\n  \"mode\": \"x4\",\n  \"bleed\": 99\n}";
        let found = fault(bad);
        assert_eq!((found.path.as_str(), found.line, found.column), ("bleed", 5, 3));
        let found = fault("{\n  \"name\": \"a\", \"label\": \"甲\",\n  \"mode\": \"x5\"\n}");
        assert_eq!(found.line, 3);
        assert!(found.hint.contains("x4"), "{}", found.hint);
        let found = fault("{ \"name\": \"a\", \"label\": \"甲\", \"mode\": \"x4\", \"outline\": true }");
        assert!(found.hint.contains("outlined"), "{}", found.hint);
        assert_eq!(fault("{ \"name\": \"a\", \"label\": \"甲\", \"mode\": \"x4\", \"icc\": \"../x.icc\" }").path, "icc");
        assert!(fault("nothing").message.contains("JSON"));
    }
}
