//! The reference list of the 47 prefectures and all municipalities: code, name, reading. It ships inside the program and is never edited.
use super::record::{Id, Partner};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// 団体コード with its check digit.
    pub code: &'static str,
    pub kind: MunicipalityKind,
    pub prefecture: &'static str,
    pub name: &'static str,
    pub kana: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MunicipalityKind {
    Prefecture,
    City,
    Town,
    Village,
    SpecialWard,
}

static LIST: LazyLock<Vec<Municipality>> =
    LazyLock::new(|| include_str!("../../../../assets/domain/municipalities.csv").lines().skip(1).filter_map(read).collect());
static BY_CODE: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| LIST.iter().enumerate().map(|(n, m)| (m.code, n)).collect());

fn read(line: &'static str) -> Option<Municipality> {
    let mut cells = line.trim_end().split(',');
    let (code, kind, prefecture, name, kana) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let kind = match kind {
        "prefecture" => MunicipalityKind::Prefecture,
        "city" => MunicipalityKind::City,
        "town" => MunicipalityKind::Town,
        "village" => MunicipalityKind::Village,
        "special_ward" => MunicipalityKind::SpecialWard,
        _ => return None,
    };
    Some(Municipality { code, kind, prefecture, name, kana })
}

/// The whole list in the order of the codes.
pub fn all() -> &'static [Municipality] {
    &LIST
}

/// By the six digits of the 団体コード.
pub fn by_code(code: &str) -> Option<&'static Municipality> {
    BY_CODE.get(code).map(|n| &LIST[*n])
}

/// By the id that a partner record of a municipality bears: `m` and the code.
pub fn by_id(id: &str) -> Option<&'static Municipality> {
    by_code(id.strip_prefix('m')?)
}

/// By name, with or without the prefecture before it: 山形県長井市, 長井市. `None` where a bare name is borne by several (府中市).
pub fn by_name(text: &str) -> Option<&'static Municipality> {
    if let Some(found) = LIST.iter().find(|m| m.full_name() == text) {
        return Some(found);
    }
    let mut same = LIST.iter().filter(|m| m.name == text);
    let first = same.next()?;
    same.next().is_none().then_some(first)
}

/// Cities of a prefecture (市長会), or its towns and villages (町村会).
pub fn of_prefecture(prefecture: &str, cities: bool) -> impl Iterator<Item = &'static Municipality> {
    LIST.iter().filter(move |m| {
        m.prefecture == prefecture
            && match m.kind {
                MunicipalityKind::City => cities,
                MunicipalityKind::Town | MunicipalityKind::Village => !cities,
                _ => false,
            }
    })
}

impl Municipality {
    pub fn id(&self) -> Id {
        format!("m{}", self.code)
    }

    /// 千葉県銚子市; a prefecture stands alone.
    pub fn full_name(&self) -> String {
        if self.kind == MunicipalityKind::Prefecture { self.name.to_owned() } else { format!("{}{}", self.prefecture, self.name) }
    }

    /// prefecture | municipality | ward, as partner records say it.
    pub fn partner_kind(&self) -> &'static str {
        match self.kind {
            MunicipalityKind::Prefecture => "prefecture",
            MunicipalityKind::SpecialWard => "ward",
            _ => "municipality",
        }
    }

    /// The partner record that this line amounts to before anything was written about it.
    pub fn partner(&self) -> Partner {
        Partner {
            id: self.id(),
            kind: self.partner_kind().into(),
            code: self.code.into(),
            name: self.name.into(),
            kana: self.kana.into(),
            prefecture: self.prefecture.into(),
            ..Partner::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_country_is_listed() {
        let count = |kind| all().iter().filter(|m| m.kind == kind).count();
        assert_eq!(count(MunicipalityKind::Prefecture), 47);
        assert_eq!(count(MunicipalityKind::SpecialWard), 23);
        assert_eq!(all().len(), 47 + 1741);
        assert_eq!(of_prefecture("千葉県", true).count(), 37);
        assert_eq!(of_prefecture("山梨県", false).count(), 14);
    }

    /// The check digit of a 団体コード: weights 6 to 2, eleven less the remainder, last digit.
    #[test]
    fn every_code_carries_its_check_digit() {
        for m in all() {
            let digits: Vec<u32> = m.code.chars().filter_map(|c| c.to_digit(10)).collect();
            assert_eq!(digits.len(), 6, "{}", m.name);
            let sum: u32 = digits[..5].iter().zip([6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
            let check = if sum < 11 { 11 - sum } else { 11 - sum % 11 } % 10;
            assert_eq!(digits[5], check, "{} {}", m.code, m.name);
        }
    }

    #[test]
    fn names_are_found_with_and_without_their_prefecture() {
        assert_eq!(by_name("千葉県銚子市").map(|m| m.code), Some("122025"));
        assert_eq!(by_name("高知県").map(|m| m.kind), Some(MunicipalityKind::Prefecture));
        assert_eq!(by_name("府中市"), None);
        assert_eq!(by_id("m122025").map(|m| m.name), Some("銚子市"));
    }
}
