//! The report over a set on paper and as a table: an A4 document pressed by our own press, and CSV that Excel opens rightly.
use crate::calls::guarded;
use crate::calls::wire_types::{PanelFindings, PanelNotice, Preflight};
use crate::fault::{Fault, FaultKind, Result};
use tenjicho_press::block::{Block, Column, Content, Fact, Paper, PaperName, Place, ThemeChoice, What};
use tenjicho_press::layout::Laid;
use tenjicho_press::length::Mm;
use tenjicho_press::notice::NoticeCode;
use tenjicho_press::page::Page;

/// More rows than a page of A4 ever holds.
const MOST_ROWS: usize = 40;
const LEFT: f64 = 15.0;
const WIDTH: f64 = 180.0;
const BOTTOM: f64 = 282.0;

/// 誤り, 注意, 助言.
pub fn level_label(level: &str) -> &'static str {
    match level {
        "error" => "誤り",
        "warning" => "注意",
        _ => "助言",
    }
}

/// Waived with its reason, or what is to be done.
fn deed(finding: &PanelNotice) -> String {
    match &finding.waived {
        Some(waived) => format!("見送り：{}（{}）", waived.reason, waived.on),
        None if finding.level == "error" => "未処置".into(),
        None => String::new(),
    }
}

/// UTF-8 with a byte order mark; a cell that would run as a formula is made text.
pub fn csv(report: &Preflight) -> Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let broken = |e: csv::Error| Fault::new(FaultKind::Internal, format!("CSVを書けません（{e}）"), "");
    out.write_record(["番号", "パネル", "程度", "符号", "場所", "内容", "直し方", "処置"]).map_err(broken)?;
    for panel in &report.panels {
        for finding in &panel.findings {
            let number = panel.number.to_string();
            let cells = [number.as_str(), &panel.title, level_label(&finding.level), &finding.code, &finding.spot, &finding.message, &finding.hint, &deed(finding)];
            out.write_record(cells.map(guarded)).map_err(broken)?;
        }
    }
    out.into_inner().map_err(|e| Fault::new(FaultKind::Internal, format!("CSVを書けません（{e}）"), ""))
}

/// The pages of the report. `day` is printed as the day of the check.
pub fn pages(report: &Preflight, day: &str, lay_out: &dyn Fn(&Content) -> Laid) -> Vec<Page> {
    let rows: Vec<Vec<String>> = report.panels.iter().flat_map(rows).collect();
    let mut rest = rows.as_slice();
    let mut pages = Vec::new();
    loop {
        let head = if pages.is_empty() { first_head(report, day) } else { next_head(report, pages.len() + 1) };
        let taken = most_that_fit(&head, rest, lay_out);
        let note = if rest.len() == taken { end_note(report) } else { "次の頁へ続きます。".into() };
        let laid = lay_out(&sheet(&head, &rest[..taken], &note));
        pages.extend(laid.pages);
        rest = &rest[taken..];
        if rest.is_empty() {
            return pages;
        }
    }
}

fn rows(panel: &PanelFindings) -> Vec<Vec<String>> {
    let name = format!("{} {}", panel.number, panel.title);
    if panel.findings.is_empty() {
        return vec![vec![name, "—".into(), String::new(), "直すところはありません。".into(), String::new()]];
    }
    let row = |(n, finding): (usize, &PanelNotice)| {
        let what = if finding.hint.is_empty() || finding.waived.is_some() { finding.message.clone() } else { format!("{}\n→ {}", finding.message, finding.hint) };
        vec![if n == 0 { name.clone() } else { String::new() }, level_label(&finding.level).into(), finding.spot.clone(), what, deed(finding)]
    };
    panel.findings.iter().enumerate().map(row).collect()
}

fn first_head(report: &Preflight, day: &str) -> Vec<Block> {
    let verdict = if report.ready { "入稿可" } else { "入稿不可" };
    let why = if report.ready { "残っている誤りはありません。" } else { "誤りを直すか、理由を書いて見送ると、入稿できます。" };
    let fact = |label: &str, value: String, note: &str| Fact { label: label.into(), value, note: note.into() };
    let facts = vec![
        fact("判定", verdict.into(), why),
        fact("パネル", format!("{}枚", report.panels.len()), &format!("うち入稿可 {}枚", report.panels.iter().filter(|p| p.ready).count())),
        fact("誤り", format!("{}件", report.errors), &format!("ほかに見送り {}件", report.waived)),
        fact("注意・助言", format!("{}件・{}件", report.warnings, report.advice), ""),
    ];
    vec![
        placed(What::Lead { text: format!("検査報告書　{}", report.title) }, [LEFT, 14.0, WIDTH, 18.0], 16.0),
        placed(What::Footer { lines: vec![format!("{day}に検査")], credit: String::new() }, [LEFT, 25.0, WIDTH, 7.0], 9.0),
        placed(What::Facts { rows: facts }, [LEFT, 34.0, WIDTH, 52.0], 10.0),
    ]
}

fn next_head(report: &Preflight, page: usize) -> Vec<Block> {
    let line = format!("検査報告書　{}（{page}頁）", report.title);
    vec![placed(What::Footer { lines: vec![line], credit: String::new() }, [LEFT, 14.0, WIDTH, 7.0], 9.0)]
}

fn end_note(report: &Preflight) -> String {
    let count: usize = report.panels.iter().map(|p| p.findings.len()).sum();
    format!("以上{count}件。位置は、仕上がりの左上からの長さです。")
}

fn placed(what: What, [x, y, w, h]: [f64; 4], size: f64) -> Block {
    Block { what, place: Some(Place { x: Mm(x), y: Mm(y), w: Mm(w), h: Mm(h), size: Some(size) }) }
}

fn sheet(head: &[Block], rows: &[Vec<String>], note: &str) -> Content {
    let column = |head: &str, width: f64| Column { head: head.into(), width: Some(width), ..plain_column() };
    let columns = vec![column("パネル", 0.14), column("程度", 0.06), column("場所", 0.19), column("内容と直し方", 0.47), column("処置", 0.14)];
    let top = head.last().and_then(|b| b.place).map_or(20.0, |p| p.y.0 + p.h.0 + 4.0);
    let table = What::Table { title: String::new(), columns, rows: rows.to_vec(), note: note.to_owned(), spans: Vec::new() };
    let mut blocks = head.to_vec();
    blocks.push(placed(table, [LEFT, top, WIDTH, BOTTOM - top], 8.5));
    Content { name: "検査報告書".into(), theme: ThemeChoice::Named("ai".into()), paper: Paper::Named(PaperName::A4), blocks, ..Content::default() }
}

fn plain_column() -> Column {
    Column { head: String::new(), numeric: false, bar: false, width: None }
}

/// The largest number of rows that the page holds; at least one, so that the report always ends.
fn most_that_fit(head: &[Block], rows: &[Vec<String>], lay_out: &dyn Fn(&Content) -> Laid) -> usize {
    let fits = |n: usize| {
        let laid = lay_out(&sheet(head, &rows[..n], "次の頁へ続きます。"));
        !laid.notices.iter().any(|notice| notice.code == NoticeCode::Overflow && notice.block == Some(head.len()))
    };
    let (mut low, mut high) = (1.min(rows.len()), rows.len().min(MOST_ROWS));
    while low < high {
        let middle = (low + high).div_ceil(2);
        if fits(middle) { low = middle } else { high = middle - 1 }
    }
    low
}
