//! Whether a typed name is a municipality, and which one was meant if it is not: 高飾区 is 葛飾区.

use super::municipality::{self, Municipality};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What a typed name turns out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum NameCheck {
    Known(&'static Municipality),
    /// Several bear the name (府中市): the prefecture must say which.
    Several(Vec<&'static Municipality>),
    /// None does; these come nearest, best first.
    Perhaps(Vec<&'static Municipality>),
    Unknown,
}

/// A line of the list in the form that names are compared in.
struct Folded {
    of: &'static Municipality,
    name: Vec<char>,
    full: Vec<char>,
    spellings: [String; 3],
}

static FOLDED: LazyLock<Vec<Folded>> = LazyLock::new(|| {
    let folded = |of: &'static Municipality| {
        let spellings = [fold(of.name), fold(&of.full_name()), fold(of.kana)];
        Folded { of, name: spellings[0].chars().collect(), full: spellings[1].chars().collect(), spellings }
    };
    municipality::all().iter().map(folded).collect()
});

/// Looks a name up as it is typed: with or without its prefecture, in any width, with variant characters, by よみ or by 団体コード.
pub fn check_name(text: &str) -> NameCheck {
    let typed = fold(text);
    if typed.is_empty() {
        return NameCheck::Unknown;
    }
    let same: Vec<&Municipality> = FOLDED.iter().filter(|f| f.spellings.contains(&typed) || f.of.code == typed).map(|f| f.of).collect();
    match same.as_slice() {
        [] => nearest(&typed),
        [one] => NameCheck::Known(one),
        _ => NameCheck::Several(same),
    }
}

/// One character in three may be wrong; of names equally near, those that end alike (区, 市) come first.
fn nearest(typed: &str) -> NameCheck {
    let typed: Vec<char> = typed.chars().collect();
    let most = (typed.len() / 3).clamp(1, 3);
    let mut near: Vec<(usize, bool, &Municipality)> = FOLDED
        .iter()
        .filter_map(|Folded { of, name, full, .. }| {
            let by_name = distance(&typed, name, most);
            let best = by_name.into_iter().chain(distance(&typed, full, most)).min()?;
            // A single character that stays is no likeness (北区 and 港区).
            (name.len() > 2 || best == 0).then(|| (best, name.last() != typed.last(), *of))
        })
        .collect();
    near.sort_by_key(|(distance, other_end, m)| (*distance, *other_end, m.code));
    let Some((best, end, _)) = near.first().copied() else { return NameCheck::Unknown };
    NameCheck::Perhaps(near.into_iter().take_while(|(d, e, _)| (*d, *e) == (best, end)).map(|(.., m)| m).take(5).collect())
}

/// NFKC, hiragana, the plain form of variant characters, no spaces.
fn fold(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'))
        .map(|c| match c {
            '髙' => '高',
            '﨑' | '嵜' | '碕' => '崎',
            '邊' | '邉' => '辺',
            '澤' => '沢',
            '國' => '国',
            '濱' | '濵' => '浜',
            '嶋' | '嶌' => '島',
            '瀨' => '瀬',
            '龍' => '竜',
            '廣' => '広',
            '檜' => '桧',
            'ヶ' | 'ケ' | 'ゖ' => 'け',
            'ァ'..='ヴ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// Characters to change, add or drop; none beyond `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = next;
        }
    }
    row.last().copied().filter(|d| *d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let names = |all: &[&Municipality]| all.iter().map(|m| m.full_name()).collect::<Vec<_>>().join(" ");
        match check_name(text) {
            NameCheck::Known(m) => format!("known {}", m.full_name()),
            NameCheck::Several(all) => format!("several {}", names(&all)),
            NameCheck::Perhaps(all) => format!("perhaps {}", names(&all)),
            NameCheck::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn a_name_is_known_however_it_is_typed() {
        for text in ["葛飾区", "東京都葛飾区", "かつしかく", "カツシカク", "131229", "葛󠄀飾区", " 葛飾区 "] {
            assert_eq!(said(text), "known 東京都葛飾区", "{text}");
        }
        assert_eq!(said("袖ヶ浦市"), "known 千葉県袖ケ浦市");
        assert_eq!(said("竜ヶ崎市"), "known 茨城県龍ケ崎市");
        assert_eq!(said("髙﨑市"), "known 群馬県高崎市");
        assert_eq!(said("府中市"), "several 東京都府中市 広島県府中市");
    }

    #[test]
    fn the_nearest_name_is_offered() {
        assert_eq!(said("高飾区"), "perhaps 東京都葛飾区");
        assert_eq!(said("大網白理市"), "perhaps 千葉県大網白里市");
        assert_eq!(said("習志野氏"), "perhaps 千葉県習志野市");
        assert_eq!(said("千葉県南房綜市"), "perhaps 千葉県南房総市");
        assert_eq!(said("東京区政会館"), "unknown");
        assert_eq!(said(""), "unknown");
    }
}
