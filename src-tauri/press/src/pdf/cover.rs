//! The cover sheet: which panels go with this delivery, how large, in which file, and what the checks said.
use super::sheet::words;
use crate::font::{FontId, Fonts};
use crate::length::{Mm, Pt};
use crate::page::{Ink, Item, Page, Segment, Shape, Stroke};

/// What stands on the sheet.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// e.g. the exhibition.
    pub title: String,
    /// Date, way of printing, printer: one line each.
    pub facts: Vec<String>,
    pub rows: Vec<CoverRow>,
}

#[derive(Clone, Debug, Default)]
pub struct CoverRow {
    pub number: String,
    pub title: String,
    /// e.g. A1 594×841 mm.
    pub size: String,
    pub sheets: usize,
    pub file: String,
    /// 問題なし, or how much there is to put right.
    pub verdict: String,
    /// The findings themselves.
    pub findings: Vec<String>,
}

const WIDTH: Mm = Mm(210.0);
const HEIGHT: Mm = Mm(297.0);
const MARGIN: f64 = 42.0;
const BLACK: Ink = Ink::BLACK;
const GREY: Ink = Ink { cmyk: [0.0, 0.0, 0.0, 60.0], srgb: [0x66, 0x66, 0x64] };
/// Left edges of the columns and where the next begins.
const COLUMNS: [(&str, f64, f64); 5] = [("番号", 0.0, 28.0), ("パネル", 28.0, 178.0), ("大きさ", 178.0, 280.0), ("枚数", 280.0, 310.0), ("ファイルと確認", 310.0, 511.0)];

/// The sheet as A4 pages, as many as the rows need.
pub fn pages(cover: &Cover, fonts: &Fonts) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut sheet = Sheet::begin(cover, fonts, true);
    for row in &cover.rows {
        let lines = sheet.lines(row);
        if sheet.y + lines as f64 * LINE + 8.0 > HEIGHT.pt().0 - MARGIN {
            pages.push(sheet.end(pages.len() + 1));
            sheet = Sheet::begin(cover, fonts, false);
        }
        sheet.row(row);
    }
    let sum = cover.rows.iter().map(|row| row.sheets).sum::<usize>();
    sheet.say(FontId::PGothicBold, &format!("計 {}点 {sum}枚", cover.rows.len()), 9.0, MARGIN, BLACK, 400.0);
    pages.push(sheet.end(pages.len() + 1));
    pages
}

const LINE: f64 = 12.0;

struct Sheet<'a> {
    fonts: &'a Fonts,
    items: Vec<Item>,
    y: f64,
}

impl<'a> Sheet<'a> {
    fn begin(cover: &Cover, fonts: &'a Fonts, first: bool) -> Self {
        let mut sheet = Self { fonts, items: Vec::new(), y: MARGIN + 14.0 };
        sheet.say(FontId::PGothicBold, &format!("{} 入稿一覧", cover.title), 16.0, MARGIN, BLACK, 511.0);
        sheet.y += 8.0;
        if first {
            for fact in &cover.facts {
                sheet.y += LINE + 1.0;
                sheet.say(FontId::PGothic, fact, 9.5, MARGIN, GREY, 511.0);
            }
        }
        sheet.y += 24.0;
        for (head, x, next) in COLUMNS {
            sheet.say(FontId::PGothic, head, 8.0, MARGIN + x, GREY, next - x);
        }
        sheet.y += 5.0;
        sheet.rule(0.8);
        sheet.y += 14.0;
        sheet
    }

    fn lines(&self, row: &CoverRow) -> usize {
        2 + row.findings.len().min(3)
    }

    fn row(&mut self, row: &CoverRow) {
        let sheets = format!("{}", row.sheets);
        let cells = [&row.number, &row.title, &row.size, &sheets, &row.file];
        for ((_, x, next), text) in COLUMNS.iter().zip(cells) {
            let face = if *x == 28.0 { FontId::PGothicBold } else { FontId::PGothic };
            self.say(face, text, 9.0, MARGIN + x, BLACK, next - x - 6.0);
        }
        self.y += LINE;
        let (_, x, next) = COLUMNS[4];
        self.say(FontId::PGothicBold, &row.verdict, 8.0, MARGIN + x, BLACK, next - x);
        let more = row.findings.len().saturating_sub(3);
        for (number, finding) in row.findings.iter().take(3).enumerate() {
            self.y += LINE - 1.0;
            let text = if number == 2 && more > 0 { format!("{finding}（ほか{more}件）") } else { finding.clone() };
            self.say(FontId::PGothic, &text, 7.5, MARGIN + 28.0, GREY, 483.0);
        }
        self.y += 5.0;
        self.rule(0.25);
        self.y += LINE;
    }

    /// One line, cut with … where it does not fit.
    fn say(&mut self, face: FontId, text: &str, size: f64, x: f64, ink: Ink, room: f64) {
        let set = |text: &str| words(self.fonts, face, text, Pt(size), Pt(x), Pt(self.y), ink);
        let ends = |text: &str| {
            let end = set(&format!("{text}。"));
            end.last().and_then(|run| run.glyphs.last()).map_or(x, |glyph| glyph.x.0)
        };
        let mut kept: Vec<char> = text.chars().collect();
        if ends(text) > x + room {
            while kept.len() > 1 && ends(&format!("{}…", kept.iter().collect::<String>())) > x + room {
                kept.pop();
            }
            kept.push('…');
        }
        let runs = set(&kept.iter().collect::<String>());
        self.items.extend(runs.into_iter().map(Item::Glyphs));
    }

    fn rule(&mut self, width: f64) {
        let path = vec![Segment::Move(Pt(MARGIN), Pt(self.y)), Segment::Line(Pt(WIDTH.pt().0 - MARGIN), Pt(self.y))];
        self.items.push(Item::Shape(Shape { path, fill: None, stroke: Some(Stroke { ink: BLACK, width: Pt(width), dash: vec![], round: false }), opacity: 1.0 }));
    }

    fn end(mut self, number: usize) -> Page {
        self.y = HEIGHT.pt().0 - 24.0;
        self.say(FontId::PGothic, &number.to_string(), 8.0, WIDTH.pt().0 / 2.0, GREY, 40.0);
        Page { name: if number == 1 { "入稿一覧".into() } else { format!("入稿一覧 {number}") }, width: WIDTH.pt(), height: HEIGHT.pt(), bleed: Pt::ZERO, items: self.items }
    }
}
