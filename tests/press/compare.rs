//! Line ends beside those of a browser: 300 paragraphs in the same face and measure, set here and by Chromium, every
//! difference put down to a rule. `cargo xtask compare` runs it and writes tests/press/chromium.md.
#[path = "paragraphs.rs"]
#[allow(dead_code, reason = "the typesetting test uses the rest")]
mod paragraphs;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use tenjicho_press::font::{FontId, Fonts};
use tenjicho_press::inline::inspect::{self, Rule};
use tenjicho_press::inline::{self, Align, Style};
use tenjicho_press::length::Pt;

const PARAGRAPHS: usize = 300;
/// Characters on a line, in turn.
const MEASURES: [usize; 3] = [16, 22, 30];
const SIZE: f64 = 20.0;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = std::env::var_os("TENJICHO_COMPARE_OUT").map_or_else(|| root.join("target/compare"), PathBuf::from);
    std::fs::create_dir_all(&out).expect("a writable folder");
    let texts = texts(&root);
    let theirs = ask_chromium(&root, &out, &texts);
    let folder = root.join("assets/fonts");
    let fonts = Fonts::new(Box::new(move |id: FontId| std::fs::read(folder.join(id.file())).map(Arc::from).map_err(|e| e.to_string())));
    let mut tally = Tally::default();
    for (k, text) in texts.iter().enumerate() {
        tally.take(text, MEASURES[k % 3], &theirs.chosen[k], &theirs.possible[k], &fonts);
    }
    let report = tally.report(&theirs.version);
    std::fs::write(root.join("tests/press/chromium.md"), &report).expect("a writable report");
    println!("{report}");
    for line in &tally.unexplained {
        println!("unexplained: {line}");
    }
    assert!(tally.unexplained.is_empty(), "{} unexplained", tally.unexplained.len());
}

/// Sentences of the sample panels, then paragraphs made by rule; no line breaks, no marks.
fn texts(root: &Path) -> Vec<String> {
    fn strings(value: &serde_json::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) => found.extend(text.split('\n').filter(|t| t.chars().count() > 40).map(str::to_owned)),
            serde_json::Value::Array(list) => list.iter().for_each(|v| strings(v, found)),
            serde_json::Value::Object(fields) => fields.values().for_each(|v| strings(v, found)),
            _ => {}
        }
    }
    let mut real = BTreeSet::new();
    for entry in std::fs::read_dir(root.join("assets/sample/panels")).expect("the sample panels").flatten() {
        if let Ok(value) = serde_json::from_str(&std::fs::read_to_string(entry.path()).unwrap_or_default()) {
            strings(&value, &mut real);
        }
    }
    let made = (0..).map(paragraphs::plain).filter(|t| t.chars().count() > 30);
    real.into_iter().take(100).chain(made).take(PARAGRAPHS).collect()
}

/// Line starts as character offsets, for each paragraph: those chosen, and all that are possible.
struct Theirs {
    version: String,
    chosen: Vec<Vec<usize>>,
    possible: Vec<Vec<usize>>,
}

fn ask_chromium(root: &Path, out: &Path, texts: &[String]) -> Theirs {
    let program = std::env::var_os("TENJICHO_CHROMIUM").unwrap_or_else(|| "chromium".into());
    let version = Command::new(&program).arg("--version").output().expect("chromium is installed (Debian: apt-get install chromium)");
    let page = out.join("page.html");
    std::fs::copy(root.join("assets/fonts").join(FontId::Gothic.file()), out.join("face.ttf")).expect("the face");
    std::fs::write(&page, html(texts)).expect("a writable page");
    let profile = out.join("profile");
    let _ = std::fs::remove_dir_all(&profile);
    let run = Command::new(&program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--allow-file-access-from-files", "--virtual-time-budget=60000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("chromium runs");
    let dom = String::from_utf8_lossy(&run.stdout).into_owned();
    let answer = dom.split("<pre id=\"answer\">").nth(1).and_then(|t| t.split("</pre>").next()).expect("an answer in the page");
    let answer: serde_json::Value = serde_json::from_str(answer).expect("an answer in JSON");
    assert_eq!(answer["face"], true, "the face was not loaded");
    let lists = |key: &str| serde_json::from_value::<Vec<Vec<usize>>>(answer[key].clone()).expect("lists of offsets");
    Theirs { version: String::from_utf8_lossy(&version.stdout).trim().to_owned(), chosen: lists("chosen"), possible: lists("possible") }
}

fn html(texts: &[String]) -> String {
    let mut body = String::new();
    for (k, text) in texts.iter().enumerate() {
        let safe = text.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(body, "<p style=\"width:{}px\">{safe}</p>", MEASURES[k % 3] as f64 * SIZE);
    }
    format!(
        r#"<!doctype html><html lang="ja"><meta charset="utf-8"><style>
@font-face {{ font-family: face; src: url(face.ttf); }}
p {{ font: {SIZE}px/1.7 face; margin: 0; text-align: justify; line-break: strict; text-spacing-trim: normal; text-autospace: normal; }}
</style>{body}<pre id="answer"></pre><script>
const starts = p => {{
  const node = p.firstChild, text = node.data, range = document.createRange(), found = [];
  let top = null, at = 0, index = 0;
  for (const c of text) {{
    range.setStart(node, at); range.setEnd(node, at + c.length);
    const boxes = [...range.getClientRects()].filter(b => b.width > 0);
    if (boxes.length) {{
      const y = boxes[boxes.length - 1].top;
      if (top !== null && y > top + 10) found.push(index);
      top = top === null ? y : Math.max(top, y);
    }}
    at += c.length; index += 1;
  }}
  return found;
}};
document.fonts.load("{SIZE}px face", "海").then(faces => {{
  const all = [...document.querySelectorAll("p")];
  const chosen = all.map(starts);
  all.forEach(p => {{ p.style.width = "1px"; }});
  const possible = all.map(starts);
  document.getElementById("answer").textContent = JSON.stringify({{ face: faces.length > 0, chosen, possible }});
}});
</script></html>"#
    )
}

#[derive(Default)]
struct Tally {
    paragraphs: usize,
    same: usize,
    lines: usize,
    same_lines: usize,
    /// Places where only one of the two may break: rule, count, an example.
    only_theirs: BTreeMap<&'static str, (usize, String)>,
    only_ours: BTreeMap<&'static str, (usize, String)>,
    /// Paragraphs whose chosen lines differ, by the reason.
    chosen: BTreeMap<&'static str, (usize, String)>,
    unexplained: Vec<String>,
}

fn note(map: &mut BTreeMap<&'static str, (usize, String)>, why: &'static str, example: String) {
    let entry = map.entry(why).or_insert((0, example));
    entry.0 += 1;
}

impl Tally {
    fn take(&mut self, text: &str, measure: usize, chosen: &[usize], possible: &[usize], fonts: &Fonts) {
        let style = Style { latin: FontId::Gothic, size: Pt(SIZE), latin_gap: 0.125, align: Align::Justify, marks: false, ..Style::default() };
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let chars: Vec<char> = text.chars().collect();
        let seen = |list: &[usize]| list.iter().map(|k| bytes[*k]).collect::<Vec<_>>();
        let (chosen, possible) = (seen(chosen), seen(possible));
        let places = inspect::places(text, &style, fonts);
        let around = |at: usize| {
            let k = bytes.binary_search(&at).unwrap_or(0);
            format!("{}|{}", chars[k.saturating_sub(4)..k].iter().collect::<String>(), chars[k..(k + 4).min(chars.len())].iter().collect::<String>())
        };
        for (at, rule) in &places {
            let (ours, theirs) = (*rule == Rule::Free, possible.contains(at));
            let k = bytes.binary_search(at).unwrap_or(0);
            let (a, b) = (chars[k - 1], chars[k]);
            let why = match (ours, theirs) {
                (false, true) => stricter(*rule, a, b).map(|why| (&mut self.only_theirs, why)),
                (true, false) => freer(a, b, &chars, k).map(|why| (&mut self.only_ours, why)),
                _ => continue,
            };
            match why {
                Some((map, why)) => note(map, why, around(*at)),
                None => self.unexplained.push(format!("{rule:?} {}", around(*at))),
            }
        }
        let width = style.size * measure as f64;
        let set = inline::set(text, &style, width, fonts);
        let ours: Vec<usize> = set.lines.iter().skip(1).map(|l| l.text.start).collect();
        self.paragraphs += 1;
        self.lines += ours.len();
        self.same_lines += ours.iter().filter(|at| chosen.contains(at)).count();
        if ours == chosen {
            self.same += 1;
            return;
        }
        let first = ours.iter().chain(&chosen).filter(|at| ours.contains(at) != chosen.contains(at)).min().copied().unwrap_or(0);
        let held = chosen.iter().any(|at| places.iter().any(|(p, rule)| p == at && *rule != Rule::Free));
        let gained = ours.iter().any(|at| !possible.contains(at));
        let costs = |list: &[usize]| inspect::cost(text, &style, width, list, fonts);
        let why = match (costs(&ours), costs(&chosen)) {
            _ if held => "Chromium ends a line where a rule above forbids it",
            (Some(_), None) => "Chromium’s lines do not fit: it trims no blank of this face, which has no halt, and hangs or squeezes otherwise",
            (Some(mine), Some(its)) if mine <= its + 1e-9 && gained => "a line ends where only we may break, and the paragraph is more even",
            (Some(mine), Some(its)) if mine <= its + 1e-9 => "the whole paragraph is fitted: our lines are more even than lines filled one by one",
            (mine, its) => {
                self.unexplained.push(format!("ours {mine:?}, its {its:?}: {}", around(first)));
                return;
            }
        };
        note(&mut self.chosen, why, around(first));
    }

    fn report(&self, version: &str) -> String {
        let mut out = format!(
            "# Line ends beside Chromium\n\nWritten by `cargo xtask compare`. {version}; `line-break: strict`, `text-spacing-trim: normal`, `text-autospace: normal`, justified; BIZ UDGothic 20 px, measures of {MEASURES:?} em; {} paragraphs (sentences of the sample panels, then paragraphs made by rule in `paragraphs.rs`).\n\n",
            self.paragraphs
        );
        let _ = writeln!(out, "The same lines: {} of {} paragraphs, {} of {} line ends. Differences without a rule: {}.\n", self.same, self.paragraphs, self.same_lines, self.lines, self.unexplained.len());
        let table = |out: &mut String, title: &str, map: &BTreeMap<&str, (usize, String)>| {
            let _ = writeln!(out, "## {title}\n\n| rule | places | first |\n|---|---:|---|");
            let mut rows: Vec<_> = map.iter().collect();
            rows.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
            for (why, (count, example)) in rows {
                let _ = writeln!(out, "| {why} | {count} | {} |", example.replace('|', "¦"));
            }
            out.push('\n');
        };
        table(&mut out, "Where Chromium may break and we may not", &self.only_theirs);
        table(&mut out, "Where we may break and Chromium may not", &self.only_ours);
        table(&mut out, "Paragraphs whose lines differ", &self.chosen);
        out
    }
}

/// Why we hold what the browser lets go.
fn stricter(rule: Rule, a: char, b: char) -> Option<&'static str> {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let kanji_digit = |c: char| "〇一二三四五六七八九十百千数何".contains(c);
    let wide = |c: char| ('Ａ'..='Ｚ').contains(&c) || ('ａ'..='ｚ').contains(&c) || digit(c);
    Some(match rule {
        Rule::NotFirst if b == '～' => "～ (U+FF5E) never starts a line",
        Rule::NotFirst if "％℃㎡㎏㎞".contains(b) => "a unit or ％ never starts a line",
        Rule::NotFirst if b == '\u{3000}' || b == ' ' => "a space hangs at the line’s end and starts no line",
        Rule::NotFirst => "JLREQ 3.1.7: never first on a line",
        Rule::NotLast if "￥＄№".contains(a) => "a currency sign never ends a line",
        Rule::NotLast => "JLREQ 3.1.8: never last on a line",
        Rule::Leaders => "…… and ―― stay whole",
        Rule::Kept if wide(a) && wide(b) => "full-width digits and letters stay together",
        Rule::Kept if digit(a) => "a number stays with its counter or unit",
        Rule::Kept if kanji_digit(a) && kanji_digit(b) => "a number in kanji is whole",
        Rule::Kept if kanji_digit(a) => "a number in kanji stays with its counter",
        Rule::Kept if digit(b) || kanji_digit(b) => "第, 約, 延べ … stay with their number",
        Rule::Kept if "(（".contains(b) || "(（)）".contains(a) => "a weekday stays with its day",
        Rule::Kept => "a counter of several characters is whole",
        Rule::Word if a == ' ' => "a space before what cannot start a line",
        Rule::Word if a.is_ascii() && b.is_ascii() => "a Latin word or address is cut only where it may be",
        Rule::Word if a == '−' || a == '-' => "a hyphen inside a word",
        Rule::Word | Rule::Marked | Rule::Free => return None,
    })
}

/// Why we let go what the browser holds.
fn freer(a: char, b: char, chars: &[char], k: usize) -> Option<&'static str> {
    let japanese = |c: char| c >= '\u{2E80}';
    let from = chars[..k].iter().rposition(|c| !c.is_ascii_graphic()).map_or(0, |i| i + 1);
    let word: String = chars[from..].iter().take_while(|c| c.is_ascii_graphic()).collect();
    Some(match (a, b) {
        _ if word.contains("://") || word.contains('@') || word.starts_with("www.") => "an address breaks after / . ? & = _ @",
        _ if "“”‘’".contains(a) || "“”‘’".contains(b) => "“” beside Japanese are brackets",
        (')' | ']', c) if japanese(c) => "Japanese may follow an ASCII bracket on the next line",
        (c, '(' | '[') if japanese(c) => "an ASCII bracket after Japanese may start a line",
        (' ' | '\u{3000}', _) => "a line may end at a space",
        ('％' | '%' | '℃' | '㎡', _) => "a line may end after ％ or a unit",
        ('・' | '：' | '…' | '―' | '！' | '？', _) => "a line may end after this mark (JLREQ table 2)",
        (_, '…' | '―') => "leaders and dashes may start a line (JLREQ table 2)",
        _ => return None,
    })
}
