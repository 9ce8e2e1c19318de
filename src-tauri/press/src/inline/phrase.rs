//! Phrase boundaries (文節) for headings, from the BudouX model.

/// Byte offsets inside `text` at which a phrase begins.
pub(super) fn boundaries(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut found = Vec::new();
    for phrase in budoux::parse(budoux::models::default_japanese_model(), text) {
        at += phrase.len();
        if at < text.len() {
            found.push(at);
        }
    }
    found
}
