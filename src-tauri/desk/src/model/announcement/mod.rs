//! The record that a pasted announcement fills: a web page, a mail or a flyer of an exhibition, event or lecture.
//!
//! What the text does not say stays empty; nothing is guessed. The steps are the files: [`lines`] finds labels (会期, 会場 …),
//! [`heading`] the kind, series, number and title, [`when`] the period, [`place`] the venue, [`partners`] and [`contents`] the lists.

mod contents;
mod heading;
mod lines;
mod partners;
mod place;
mod when;

use super::date::Period;
use super::figure::{self, Figure};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a pasted announcement says. Unknown fields are null, lists empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Announcement {
    pub kind: Option<AnnouncementKind>,
    /// 全国連携展示, 魅力発信イベント …
    pub series: Option<String>,
    /// The western year in which the 年度 begins.
    pub fiscal_year: Option<i32>,
    /// 第N回
    pub number: Option<i32>,
    pub title: Option<String>,
    /// As written, with its ～ ～.
    pub subtitle: Option<String>,
    pub period: Option<Period>,
    pub venue: Option<String>,
    /// 1階 エントランスホール
    pub space: Option<String>,
    pub partners: Vec<String>,
    pub contents: Vec<String>,
    pub figures: Vec<Figure>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnnouncementKind {
    Exhibition,
    Event,
    Lecture,
    Agreement,
}

/// Longer texts are read to here.
const MOST_CHARS: usize = 60_000;

/// Reads an announcement. Never fails: a text that announces nothing gives an empty record.
pub fn read(text: &str) -> Announcement {
    let text: String = text.chars().take(MOST_CHARS).collect();
    let page = lines::Page::of(&text);
    let heading = heading::read(&page);
    let fiscal_year = heading.fiscal_year;
    let period = when::read(&page, fiscal_year, heading.kind);
    let place = place::read(&page);
    let contents = contents::read(&page, &[heading.title.as_deref(), heading.series.as_deref()]);
    Announcement {
        kind: heading.kind,
        series: heading.series,
        fiscal_year: fiscal_year.or_else(|| period.as_ref().and_then(Period::fiscal_year)),
        number: heading.number,
        title: heading.title,
        subtitle: heading.subtitle,
        partners: partners::read(&page, place.venue.as_deref()),
        contents,
        figures: figures(&page),
        period,
        venue: place.venue,
        space: place.space,
    }
}

/// Figures of the text, without addresses, contacts and titles.
fn figures(page: &lines::Page) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    for line in page.lines.iter().filter(|line| line.label != Some(lines::Label::Contact)) {
        let address = line.label == Some(lines::Label::Venue) || line.text.contains("電話") || line.text.contains("TEL");
        for found in figure::find(&lines::without_quotes(&line.text)) {
            let money = matches!(found.unit.as_str(), "円" | "万円" | "億円" | "%");
            let same = out.iter().any(|f| f.value == found.value && f.unit == found.unit && f.counting == found.counting);
            let people = matches!(found.unit.as_str(), "名" | "人");
            if !money && !same && (people || !address) {
                out.push(found);
            }
        }
    }
    out
}
