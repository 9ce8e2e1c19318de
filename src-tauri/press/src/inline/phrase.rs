//! Phrase boundaries (文節) for headings from the BudouX model, and word boundaries inside a phrase from ICU's dictionary.

/// Words that the model cuts in two.
const WHOLE: &[&str] = &["とっておき"];

/// Byte offsets inside `text` at which a phrase begins.
pub(super) fn boundaries(text: &str) -> Vec<usize> {
    let whole: Vec<_> = WHOLE.iter().flat_map(|w| text.match_indices(w).map(|(at, w)| at + 1..at + w.len())).collect();
    let mut at = 0;
    let mut found = Vec::new();
    for phrase in budoux::parse(budoux::models::default_japanese_model(), text) {
        at += phrase.len();
        if at < text.len() && !whole.iter().any(|w| w.contains(&at)) {
            found.push(at);
        }
    }
    found
}

/// Byte offsets inside `text` at which a word of a compound begins. A word of one character is taken as a suffix of the
/// word before it (事務局|連携, not 区|長), but for a few that are prefixes.
pub(super) fn words(text: &str) -> Vec<usize> {
    let segmenter = icu_segmenter::WordSegmenter::new_dictionary(icu_segmenter::options::WordBreakInvariantOptions::default());
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    let word = |k: usize| ends.get(k).zip(ends.get(k + 1)).map_or("", |(&a, &b)| &text[a..b]);
    (1..ends.len().saturating_sub(1))
        .filter(|&k| word(k).chars().count() > 1 && !matches!(word(k - 1), "全" | "新" | "各" | "大" | "小" | "第" | "両" | "諸"))
        .map(|k| ends[k])
        .collect()
}
