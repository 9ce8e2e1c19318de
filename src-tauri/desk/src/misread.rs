//! Turns what serde says of a wrong value into words a coordinator or a script writer understands.
use tenjicho_press::read::nearest;

/// A value that could not be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Misread {
    /// A name that stands in the message and belongs at the end of the path: the field that is unknown or missing.
    pub name: String,
    /// Follows 「…」の「limit」: の値の形が違います.
    pub why: String,
    pub hint: String,
}

/// `text` is serde's own sentence: unknown field `a`, expected one of `b`, `c`.
pub(crate) fn misread(text: &str) -> Misread {
    let quoted: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    let known = quoted.get(1..).unwrap_or_default();
    let choice = |what: &str| {
        let near = nearest(first, known).map(|n| format!("「{n}」のことですか。")).unwrap_or_default();
        if known.is_empty() { format!("{what}はありません") } else { format!("{near}{what}は {}", known.join("、")) }
    };
    if text.starts_with("unknown field") {
        return Misread { name: first.to_owned(), why: "という項目はありません".into(), hint: choice("使える項目") };
    }
    if text.starts_with("missing field") {
        return Misread { name: first.to_owned(), why: "がありません".into(), hint: format!("\"{first}\" を加えてください") };
    }
    if text.starts_with("unknown variant") {
        return Misread { name: String::new(), why: format!("に「{first}」という値は使えません"), hint: choice("使える値") };
    }
    if text.starts_with("invalid value: integer") {
        return Misread { name: String::new(), why: "の数が大きすぎるか、小さすぎます".into(), hint: format!("{first} は使えません。小さい数にしてください") };
    }
    // A value of ours says for itself what is wrong with it.
    if text.chars().any(|c| ('ぁ'..='ん').contains(&c)) {
        return Misread { name: String::new(), why: "を読めません".into(), hint: text.to_owned() };
    }
    let expected = text.split("expected ").nth(1).unwrap_or("");
    let wanted = match expected {
        e if e.starts_with(['f', 'u', 'i']) => "数",
        e if e.contains("string") => "引用符で囲んだ文字",
        e if e.starts_with("a boolean") => "true か false",
        e if e.starts_with("a sequence") => "[ ] の並び",
        e if e.starts_with("struct") || e.starts_with("a map") => "{ } のまとまり",
        _ => "正しい形の値",
    };
    Misread { name: String::new(), why: "の値の形が違います".into(), hint: format!("{wanted}で書いてください") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_says_becomes_a_japanese_sentence() {
        for (text, name, why, hint) in [
            ("unknown field `projct`, expected `project` or `kind`", "projct", "という項目はありません", "「project」のことですか。使える項目は project、kind"),
            ("missing field `kind`", "kind", "がありません", "\"kind\" を加えてください"),
            ("unknown variant `panel`, expected one of `booth`, `door`", "", "に「panel」という値は使えません", "使える値は booth、door"),
            ("invalid value: integer `99999999999`, expected i32", "", "の数が大きすぎるか、小さすぎます", "99999999999 は使えません。小さい数にしてください"),
            ("invalid type: string \"a\", expected i32", "", "の値の形が違います", "数で書いてください"),
            ("invalid type: integer `5`, expected a string", "", "の値の形が違います", "引用符で囲んだ文字で書いてください"),
        ] {
            assert_eq!(misread(text), Misread { name: name.into(), why: why.into(), hint: hint.into() }, "{text}");
        }
    }
}
