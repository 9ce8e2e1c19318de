//! 素材の依頼: what is asked of each partner for a panel set, the request sheet it fills in, and reading the sheet back.
//!
//! `sheet` writes the workbook, `answer` reads it. Pure but for the files; the records are the calls' business.
mod answer;
mod sheet;

pub use answer::{Answer, Picture, photos_beside, read_answer};
pub use sheet::{Request, workbook};

/// The item that is answered with picture files, not with words.
pub const PHOTO: &str = "写真";
/// So many pictures a partner can name in its sheet.
pub const PHOTOS: usize = 3;
/// The hidden sheet that says whose request it is, so that a renamed file still finds its partner.
pub(crate) const MARK_SHEET: &str = "展示帖";
pub(crate) const MARK: &str = "tenjicho-request";

/// What is usually asked, with how to answer.
const USUAL: [(&str, &str); 9] = [
    ("見出し", "20字まで。まちをひとことで"),
    ("紹介文", "200～350字"),
    ("産品", "3つまで。「、」で区切る"),
    ("人口", "例：58,431人（令和7年4月1日現在）"),
    ("面積", "例：84.2 km²"),
    ("行き方", "東京からの行き方と時間"),
    ("ホームページ", "https:// から"),
    (PHOTO, "横3000画素以上のJPEG。ファイルは、この票と同じフォルダーに"),
    ("掲載の許可", "「可」、または条件"),
];

/// Names of what is usually asked, in order.
pub fn usual() -> Vec<String> {
    USUAL.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// How an item is to be answered; empty for one that the office thought of.
pub fn advice(item: &str) -> &'static str {
    USUAL.iter().find(|(name, _)| *name == item).map_or("", |(_, advice)| advice)
}

/// The usual ones first in their order, then the others as they came.
pub fn in_order(items: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for item in items {
        if !all.contains(&item) {
            all.push(item);
        }
    }
    let rank = |item: &String| USUAL.iter().position(|(name, _)| name == item).unwrap_or(USUAL.len());
    all.sort_by_key(rank);
    all
}

/// The words before a photo's cells: 写真1 の説明.
pub(crate) fn photo_labels(n: usize) -> [String; 5] {
    ["ファイル名", "説明", "提供（クレジット）", "許可番号", "許可の期限"].map(|what| format!("写真{n}の{what}"))
}
