//! Which fixes stand beside what the press noticed. Only a fix that is known to mend the finding is offered.
use super::fix::{Deed, FieldValue, Fix};
use super::texts::{field, kind};
use crate::model::record::Photo;
use serde_json::{Value, json};
use std::collections::HashMap;
use tenjicho_press::block::Content;
use tenjicho_press::notice::{self as press, Level, Notice, NoticeCode};
use tenjicho_press::paper;
use unicode_normalization::UnicodeNormalization;

/// What a fix may look at.
pub struct View<'a> {
    pub json: &'a Value,
    pub content: &'a Content,
    pub photos: &'a HashMap<String, Photo>,
}

impl View<'_> {
    /// The fixes for one notice, best first.
    pub fn offers(&self, notice: &Notice) -> Vec<Fix> {
        let Some(block) = notice.block else { return self.without_block(notice) };
        match notice.code {
            NoticeCode::Overflow => self.overflow(notice, block),
            NoticeCode::Resolution => self.resolution(block),
            NoticeCode::MissingGlyph => self.glyph(notice, block),
            NoticeCode::SafeArea => self.inside(notice, block),
            NoticeCode::Contrast => self.theme(),
            NoticeCode::SmallType => self.theme_size(block),
            NoticeCode::MissingCredit => self.credit(block),
            NoticeCode::QrSize | NoticeCode::QrUnreadable => self.larger_code(block),
            NoticeCode::QrLink => self.https(block),
            NoticeCode::BleedShort => self.bleed(notice, block),
            // The inks of a photo are its own.
            NoticeCode::InkLimit if notice.level == Level::Warning => vec![],
            NoticeCode::InkLimit => self.theme(),
            NoticeCode::MissingPicture | NoticeCode::BrokenPicture | NoticeCode::NoPlace | NoticeCode::PaperMixUp => vec![],
        }
    }

    fn without_block(&self, notice: &Notice) -> Vec<Fix> {
        match notice.code {
            NoticeCode::PaperMixUp => tenjicho_press::check::jis_meant(&self.content.paper)
                .map(|meant| Fix::new(format!("JIS の {} にする", paper::label(&meant)), set("/paper", json!(meant))))
                .into_iter()
                .collect(),
            NoticeCode::InkLimit | NoticeCode::Contrast => self.theme(),
            _ => vec![],
        }
    }

    /// The press says what would help; here it becomes a deed.
    fn overflow(&self, notice: &Notice, block: usize) -> Vec<Fix> {
        let at = block as u32;
        let too_many = notice.fixes.iter().find_map(|fix| match fix {
            press::Fix::Shorten { characters } => Some(*characters as u32),
            _ => None,
        });
        let mut fixes = Vec::new();
        if self.size(block).is_some() {
            fixes.push(Fix::new("文字を小さくする", Deed::SmallerStep { block: at }));
        }
        let mut hand = Vec::new();
        let mut parts = false;
        for fix in &notice.fixes {
            match fix {
                press::Fix::SmallerStep => {
                    let step = self.content.step.unwrap_or(0) - 1;
                    fixes.push(Fix::new(fix.label(), set("/step", json!(step))));
                }
                press::Fix::SecondPanel { section } => {
                    parts = true;
                    fixes.push(Fix::new(fix.label(), Deed::SecondPanel { block: at, section: Some(*section as u32), characters: 0 }));
                }
                press::Fix::Shorten { characters } => hand.push(Fix::new(format!("あと{}", fix.label()), Deed::Shorten { block: at, characters: *characters as u32 })),
                press::Fix::FewerRows { rows } => hand.push(Fix::new(fix.label(), Deed::Shorten { block: at, characters: *rows as u32 })),
            }
        }
        if !parts && matches!(kind(self.json, block), "body" | "table" | "facts" | "municipalities" | "lead") {
            fixes.push(Fix::new("2枚に分ける", Deed::SecondPanel { block: at, section: None, characters: too_many.unwrap_or(1) }));
        }
        fixes.extend(hand);
        fixes
    }

    fn resolution(&self, block: usize) -> Vec<Fix> {
        let zoomed = self.json.pointer(&format!("/blocks/{block}/zoom")).and_then(Value::as_f64).is_some_and(|z| z > 1.0);
        if zoomed { vec![Fix::new("切り抜きの拡大をやめる", set(&format!("/blocks/{block}/zoom"), Value::Null))] } else { vec![] }
    }

    fn glyph(&self, notice: &Notice, block: usize) -> Vec<Fix> {
        let Some(c) = notice.message.strip_prefix('「').and_then(|rest| rest.chars().next()) else { return vec![] };
        let plain: String = std::iter::once(c).nfkc().collect();
        let piece = super::texts::pieces(self.json).into_iter().find(|p| p.block == block && p.text.contains(c));
        match piece {
            Some(piece) if plain != c.to_string() => vec![Fix::new(format!("「{plain}」に直す"), Deed::ReplaceText { at: piece.at, from: c.into(), to: plain })],
            _ => vec![],
        }
    }

    /// Moves a placed block until its type stands 5 mm inside.
    fn inside(&self, notice: &Notice, block: usize) -> Vec<Fix> {
        const SAFE: f64 = 5.2;
        let (Some(place), Some(at), Ok((w, h))) = (notice.place, self.place(block), paper::size(&self.content.paper)) else { return vec![] };
        let [x, y, pw, ph] = place.map(|mm| mm.0);
        // The em box that was noticed stands a little within the glyph's own box.
        let dx = if x < SAFE { SAFE - x } else { (w.0 - SAFE - x - pw * 0.45).min(0.0) };
        let dy = if y < SAFE { SAFE - y } else { (h.0 - SAFE - y - ph).min(0.0) };
        let moved = |v: f64, by: f64| json!(((v + by) * 10.0).ceil() / 10.0);
        let mut fields = Vec::new();
        if dx.abs() > 0.01 {
            fields.push(value(&format!("/blocks/{block}/place/x"), moved(at[0], dx)));
        }
        if dy.abs() > 0.01 {
            fields.push(value(&format!("/blocks/{block}/place/y"), moved(at[1], dy)));
        }
        if fields.is_empty() { vec![] } else { vec![Fix::new("内側へ寄せる", Deed::SetFields(fields))] }
    }

    /// Colours that were replaced go back to the theme's own, which are checked.
    fn theme(&self) -> Vec<Fix> {
        let own = self.json.pointer("/theme/colours").is_some_and(|c| c.as_object().is_some_and(|c| !c.is_empty()));
        if own { vec![Fix::new("テーマの色に戻す", set("/theme/colours", Value::Null))] } else { vec![] }
    }

    fn theme_size(&self, block: usize) -> Vec<Fix> {
        if self.size(block).is_none() {
            return vec![];
        }
        vec![Fix::new("テーマの大きさに戻す", set(&format!("/blocks/{block}/place/size"), Value::Null))]
    }

    fn credit(&self, block: usize) -> Vec<Fix> {
        let Some(photo) = self.photos.get(field(self.json, block, "picture")) else { return vec![] };
        let mut fixes = Vec::new();
        let mut offer = |name: &str, known: &str, label: &str| {
            if field(self.json, block, name).trim().is_empty() && !known.trim().is_empty() {
                fixes.push(Fix::new(label, set(&format!("/blocks/{block}/{name}"), known.trim().into())));
            }
        };
        offer("credit", &photo.credit, "記録の提供元を入れる");
        offer("caption", &photo.title, "記録の題名を説明に入れる");
        fixes
    }

    /// As large as the address needs at the reading distance.
    fn larger_code(&self, block: usize) -> Vec<Fix> {
        let Some(at) = self.place(block) else { return vec![] };
        let modules = tenjicho_press::qr::modules(field(self.json, block, "url").trim()).unwrap_or(33) as f64;
        let distance = self.content.reading_distance.filter(|d| d.is_finite() && *d > 0.0).unwrap_or(1.0);
        let side = (20.0 * distance.min(2.5)).max(15.0).max(modules * 0.45).ceil();
        let [_, _, w, h] = at;
        let mut fields = vec![value(&format!("/blocks/{block}/place/h"), json!(h.max(side)))];
        if w < side {
            fields.push(value(&format!("/blocks/{block}/place/w"), json!(side)));
        }
        vec![Fix::new(format!("一辺 {side:.0} mm にする"), Deed::SetFields(fields))]
    }

    fn https(&self, block: usize) -> Vec<Fix> {
        let url = field(self.json, block, "url").trim();
        let rest = url.strip_prefix("http://").unwrap_or(url);
        if rest.is_empty() || rest.contains("://") || !rest.contains('.') || rest.contains(char::is_whitespace) {
            return vec![];
        }
        vec![Fix::new("https:// にする", set(&format!("/blocks/{block}/url"), format!("https://{rest}").into()))]
    }

    /// Widens a placed picture to the end of the bleed, or gives the paper its bleed.
    fn bleed(&self, notice: &Notice, block: usize) -> Vec<Fix> {
        const BLEED: f64 = 3.0;
        let given = self.content.bleed.map_or(BLEED, |b| b.0);
        let mut fields = Vec::new();
        if given < BLEED {
            fields.push(value("/bleed", json!(BLEED)));
        }
        let bleed = given.max(BLEED);
        if let (Some(seen), Some(at), Ok((w, h))) = (notice.place, self.place(block), paper::size(&self.content.paper)) {
            let [x, y, pw, ph] = seen.map(|mm| mm.0);
            let near = |v: f64| v.abs() < bleed + 0.5;
            let (left, top) = (if near(x) { -bleed } else { at[0] }, if near(y) { -bleed } else { at[1] });
            let right = if near(x + pw - w.0) { w.0 + bleed } else { at[0] + at[2] };
            // Below a picture stands its caption: only a picture that fills its frame can reach the lower edge.
            let bottom = if near(y + ph - h.0) { h.0 + bleed + (at[1] + at[3] - y - ph).max(0.0) } else { at[1] + at[3] };
            for (name, v) in [("x", left), ("y", top), ("w", right - left), ("h", bottom - top)] {
                fields.push(value(&format!("/blocks/{block}/place/{name}"), json!((v * 100.0).round() / 100.0)));
            }
        }
        if fields.is_empty() { vec![] } else { vec![Fix::new("塗り足しまで広げる", Deed::SetFields(fields))] }
    }

    fn place(&self, block: usize) -> Option<[f64; 4]> {
        let place = self.content.blocks.get(block)?.place?;
        Some([place.x.0, place.y.0, place.w.0, place.h.0])
    }

    fn size(&self, block: usize) -> Option<f64> {
        self.content.blocks.get(block)?.place?.size
    }
}

fn value(at: &str, value: Value) -> FieldValue {
    FieldValue { at: at.to_owned(), value }
}

fn set(at: &str, to: Value) -> Deed {
    Deed::SetFields(vec![value(at, to)])
}
