//! Preflight: what a printing firm or a reader would stumble over, each with its place, its number and the fix.
use crate::block::{Paper, PaperName};
use crate::layout::sheet::{Frame, Sheet, Voice};
use crate::length::{Mm, Pt};
use crate::notice::{Level, Notice, NoticeCode};
use crate::page::{Item, Page, Paint, Segment};
use crate::theme::{Role, Theme};
use std::collections::BTreeMap;

/// Most ink in percent that coated offset takes.
const INK_LIMIT: f32 = 300.0;
/// Type nearer to the trim than this may be cut off; millimetres on the paper.
const SAFE: f64 = 5.0;
const CUT: f64 = 3.0;

/// A camera tells modules of a code apart from this width on; millimetres on the paper.
const SMALLEST_MODULE: f64 = 0.4;
/// A picture whose edge lies this near to the trim was meant to bleed; millimetres.
const AT_TRIM: f64 = 0.5;
/// What printing firms ask for; millimetres.
const BLEED: f64 = 3.0;

/// ppi that are good, just bearable, and too few, by the paper's area in m².
fn limits(area: f64) -> (f64, f64, f64) {
    match area {
        // Tapestries and larger are seen from further away.
        a if a > 1.05 => (120.0, 100.0, 72.0),
        a if a > 0.2 => (200.0, 150.0, 100.0),
        _ => (250.0, 200.0, 130.0),
    }
}

/// Pixels an inch at the printed size. `pixels_per_mm` is in A1 millimetres.
pub(crate) fn resolution(sheet: &Sheet, block: usize, frame: Frame, pixels_per_mm: f64) {
    let ppi = pixels_per_mm / sheet.k * 25.4;
    let area = sheet.w * sheet.h * sheet.k * sheet.k / 1e6;
    let (_, warn, error) = limits(area);
    let level = match ppi {
        p if p < error => Level::Error,
        p if p < warn => Level::Warning,
        _ => return,
    };
    let message = format!("写真の解像度が印刷の大きさで {ppi:.0} ppi です（目安 {warn:.0} ppi 以上）。");
    sheet.notice(level, NoticeCode::Resolution, Some(block), Some(frame), (message, "元の大きな写真に差し替えるか、小さく置いてください。"));
}

/// A photo in CMYK goes to the printer as it is, with as much ink as it carries.
pub(crate) fn own_inks(sheet: &Sheet, block: usize, frame: Frame) {
    let message = format!("CMYKの写真です。色を変えずに印刷へ渡すので、インキの総量（上限 {INK_LIMIT:.0} %）は確かめていません。");
    let hint = "300 % 以下で作られた写真か作った人に確かめるか、RGBの写真に替えてください。";
    sheet.notice(Level::Warning, NoticeCode::InkLimit, Some(block), Some(frame), (message, hint));
}

/// Whether that many pixels are enough to enlarge the picture on purpose.
pub(crate) fn bears(sheet: &Sheet, pixels_per_mm: f64) -> bool {
    let area = sheet.w * sheet.h * sheet.k * sheet.k / 1e6;
    pixels_per_mm / sheet.k * 25.4 >= limits(area).1
}

/// Type against its floor and the reading distance (capital height in mm ≥ distance in m × 4).
pub(crate) fn type_size(sheet: &Sheet, voice: &Voice, block: Option<usize>, frame: Frame) {
    let printed = voice.size * sheet.k;
    let floor = sheet.least(voice.role) * sheet.k;
    if printed < floor - 0.05 {
        let message = format!("文字が小さすぎます（{printed:.1} pt、下限 {floor:.1} pt）。");
        let words = (message, "文字を大きくするか、文を短くしてください。");
        sheet.notice_once(Level::Warning, NoticeCode::SmallType, block, Some(frame), words);
        return;
    }
    let distance = distance(sheet);
    let cap = sheet.fonts.face(voice.face).map_or(0.74, |f| f.cap_height) * voice.em() * sheet.k;
    let reads = cap / 4.0;
    if reads < distance {
        // Captions and colophons are read by those who step closer.
        let small = matches!(voice.role, Role::Caption | Role::Credit | Role::Url | Role::Colophon | Role::ColophonHead | Role::Tag);
        let level = if small { Level::Advice } else { Level::Warning };
        // Rounded down: 0.96 m is not yet the metre that it is measured against.
        let message = format!("{printed:.0} pt の文字は {:.1} m までしか読めません（見る距離 {distance:.1} m）。", (reads * 10.0).floor() / 10.0);
        let words = (message, "文字を大きくするか、見る距離を見直してください。");
        sheet.notice_once(level, NoticeCode::SmallType, block, Some(frame), words);
    }
}

/// Metres from which the panel is read; what hangs is read from one metre, what lies on a table or stands on it from half.
fn distance(sheet: &Sheet) -> f64 {
    let usual = if sheet.k >= 0.6 { 1.0 } else { 0.5 };
    sheet.content.reading_distance.filter(|d| d.is_finite() && *d > 0.0).unwrap_or(usual)
}

/// A code is read from about ten times its side: 20 mm for one metre. Its link must be https.
pub(crate) fn qr(sheet: &Sheet, block: usize, url: &str, frame: Frame) {
    let distance = distance(sheet);
    let side = frame.w.min(frame.h) * sheet.k;
    let needed = (20.0 * distance.min(2.5)).max(15.0);
    if side < needed - 0.05 {
        let message = format!("QRコードが小さすぎます（{side:.0} mm、必要 {needed:.0} mm）。");
        sheet.notice(Level::Warning, NoticeCode::QrSize, Some(block), Some(frame), (message, "QRコードを大きくしてください。"));
    }
    if let Some(modules) = crate::qr::modules(url.trim()) {
        let module = side / modules as f64;
        if module < SMALLEST_MODULE - 0.005 {
            let needed = SMALLEST_MODULE * modules as f64;
            let message = format!("QRコードの一目が {module:.2} mm と細かすぎて、読み取れないおそれがあります（{SMALLEST_MODULE} mm 以上、この長さのアドレスなら一辺 {needed:.0} mm）。");
            sheet.notice(Level::Error, NoticeCode::QrUnreadable, Some(block), Some(frame), (message, "アドレスを短くするか、QRコードを大きくしてください。"));
        }
    }
    if !url.trim().starts_with("https://") {
        let message = format!("QRコードのリンク「{}」が https:// で始まっていません。", url.trim());
        sheet.notice(Level::Warning, NoticeCode::QrLink, Some(block), Some(frame), (message, "https:// で始まるアドレスにしてください。"));
    }
}

/// ISO B sizes with the JIS size that was meant.
const ISO_B: [((f64, f64), PaperName); 3] =
    [((1000.0, 1414.0), PaperName::B0), ((707.0, 1000.0), PaperName::B1), ((500.0, 707.0), PaperName::B2)];

/// The JIS paper that was meant by a free size that is ISO B.
pub fn jis_meant(paper: &Paper) -> Option<Paper> {
    let Paper::Free { width, height } = paper else { return None };
    let (short, long) = (width.0.min(height.0), width.0.max(height.0));
    let near = |(w, h): (f64, f64)| (short - w).abs() <= 2.0 && (long - h).abs() <= 2.0;
    let name = ISO_B.into_iter().find(|(size, _)| near(*size))?.1;
    Some(if width > height { Paper::Turned { name, landscape: true } } else { Paper::Named(name) })
}

/// A size that exists in ISO only is mostly a mistake for the JIS size of the same name.
pub(crate) fn paper(sheet: &Sheet) {
    let given = &sheet.content.paper;
    let Some(meant) = jis_meant(given) else { return };
    let label = crate::paper::label(&meant);
    let size = crate::paper::size(&meant).map(|(w, h)| format!("{}×{} mm", w.0, h.0)).unwrap_or_default();
    let message = format!("用紙 {} は ISO の {label} です。日本の {label} は JIS の {size} です。", crate::paper::label(given));
    sheet.notice(Level::Error, NoticeCode::PaperMixUp, None, None, (message, "印刷会社に確かめ、JIS の大きさに替えてください。"));
}

/// What can only be seen on the finished page: type near the trim, pictures short of the bleed, and ink over the limit.
pub(crate) fn page(theme: &Theme, page: &Page, notices: &mut Vec<Notice>) {
    bleed(&page.items, None, None, page, notices);
    let mut near: BTreeMap<Option<usize>, (f64, Frame)> = BTreeMap::new();
    let mut inks: BTreeMap<Option<usize>, f32> = BTreeMap::new();
    walk(&page.items, None, page, &mut near, &mut inks);
    for (block, (distance, frame)) in near {
        let (level, limit) = if distance < CUT { (Level::Error, CUT) } else { (Level::Warning, SAFE) };
        let message = if distance < 0.0 {
            format!("文字が仕上がりの外に {:.1} mm 出ています。", -distance)
        } else {
            format!("文字が仕上がりの端から {distance:.1} mm しか離れていません（{limit:.0} mm 以上）。")
        };
        let place = [frame.x, frame.y, frame.w, frame.h].map(|v| Mm((v * 100.0).round() / 100.0));
        notices.push(Notice {
            level,
            code: NoticeCode::SafeArea,
            message,
            hint: "紙の端から離して置いてください。".into(),
            block,
            page: 0,
            place: Some(place),
            fixes: Vec::new(),
        });
    }
    for (role, ink) in theme.colours() {
        if ink.total() > INK_LIMIT {
            inks.retain(|_, total| *total <= INK_LIMIT);
            notices.push(ink_notice(None, ink.total(), &format!("テーマの色「{role:?}」")));
        }
    }
    notices.extend(inks.into_iter().filter(|(_, t)| *t > INK_LIMIT).map(|(b, t)| ink_notice(b, t, "色")));
}

fn ink_notice(block: Option<usize>, total: f32, what: &str) -> Notice {
    Notice {
        level: Level::Error,
        code: NoticeCode::InkLimit,
        message: format!("{what}のインキ総量が {total:.0} % です（上限 300 %）。"),
        hint: "CMYK の合計が 300 % 以下になるように色を変えてください。".into(),
        block,
        page: 0,
        place: None,
        fixes: Vec::new(),
    }
}

fn walk(items: &[Item], block: Option<usize>, page: &Page, near: &mut BTreeMap<Option<usize>, (f64, Frame)>, inks: &mut BTreeMap<Option<usize>, f32>) {
    for item in items {
        match item {
            Item::Group(group) => walk(&group.items, group.block.or(block), page, near, inks),
            Item::Glyphs(run) => {
                let em = run.size.mm().0;
                let (w, h) = (page.width.mm().0, page.height.mm().0);
                for g in &run.glyphs {
                    let (x, y) = (g.x.mm().0, g.y.mm().0);
                    // The em box less the air that every glyph has at its sides.
                    let (left, right, top, bottom) = (x + 0.03 * em, x + 0.45 * em, y - 0.8 * em, y + 0.05 * em);
                    let distance = left.min(w - right).min(top).min(h - bottom);
                    if distance < SAFE - 0.01 {
                        let frame = Frame::new(left, top, em, bottom - top);
                        let entry = near.entry(block).or_insert((distance, frame));
                        if distance < entry.0 {
                            *entry = (distance, frame);
                        }
                    }
                }
                note_ink(inks, block, run.ink.total());
            }
            Item::Shape(shape) => {
                match &shape.fill {
                    Some(Paint::Flat(ink)) => note_ink(inks, block, ink.total()),
                    Some(Paint::Linear { stops, .. }) => stops.iter().for_each(|s| note_ink(inks, block, s.ink.total())),
                    None => {}
                }
                if let Some(stroke) = &shape.stroke {
                    note_ink(inks, block, stroke.ink.total());
                }
            }
            Item::Image(_) | Item::Link(_) => {}
        }
    }
}

/// Left, top, right and bottom in millimetres.
type Edges = [f64; 4];

fn meet(a: Edges, b: Edges) -> Edges {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

/// Box of a path; curves by their control points.
fn edges(path: &[Segment]) -> Edges {
    let mut found = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    let mut see = |x: Pt, y: Pt| {
        let (x, y) = (x.mm().0, y.mm().0);
        found = [found[0].min(x), found[1].min(y), found[2].max(x), found[3].max(y)];
    };
    for segment in path {
        match *segment {
            Segment::Move(x, y) | Segment::Line(x, y) => see(x, y),
            Segment::Curve(a, b, c, d, x, y) => {
                see(a, b);
                see(c, d);
                see(x, y);
            }
            Segment::Close => {}
        }
    }
    found
}

/// Pictures that end at the trim must go on into the bleed, else a white line shows where the knife strays.
fn bleed(items: &[Item], block: Option<usize>, clip: Option<Edges>, page: &Page, notices: &mut Vec<Notice>) {
    for item in items {
        match item {
            Item::Group(group) => {
                let own = group.clip.as_deref().map(edges);
                let clip = match (clip, own) {
                    (Some(a), Some(b)) => Some(meet(a, b)),
                    (a, b) => a.or(b),
                };
                bleed(&group.items, group.block.or(block), clip, page, notices);
            }
            Item::Image(image) => {
                let whole = [image.x.mm().0, image.y.mm().0, (image.x + image.width).mm().0, (image.y + image.height).mm().0];
                let seen = clip.map_or(whole, |clip| meet(whole, clip));
                if seen[0] < seen[2] && seen[1] < seen[3] {
                    notices.extend(short_of_bleed(seen, block, page));
                }
            }
            _ => {}
        }
    }
}

fn short_of_bleed(seen: Edges, block: Option<usize>, page: &Page) -> Option<Notice> {
    let (w, h, given) = (page.width.mm().0, page.height.mm().0, page.bleed.mm().0);
    // How far each edge stands out over the trim.
    let out = [-seen[0], -seen[1], seen[2] - w, seen[3] - h];
    let sides: Vec<(&str, f64)> = ["左", "上", "右", "下"].into_iter().zip(out).filter(|(_, d)| *d > -AT_TRIM && *d < BLEED.max(given) - 0.1).collect();
    let least = sides.iter().map(|(_, d)| *d).fold(f64::MAX, f64::min);
    if sides.is_empty() {
        return None;
    }
    let names = sides.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("・");
    let needed = BLEED.max(given);
    let words = if given < BLEED - 0.1 {
        (format!("写真が紙の端（{names}）まであるのに、塗り足しが {given:.0} mm です（{BLEED:.0} mm 必要）。"), "塗り足しを 3 mm にしてください。")
    } else {
        (format!("写真が塗り足しまで届いていません（{names}、あと {:.1} mm）。", needed - least), "写真を塗り足しの端まで広げるか、紙の端から離してください。")
    };
    let place = [seen[0], seen[1], seen[2] - seen[0], seen[3] - seen[1]].map(|v| Mm((v * 100.0).round() / 100.0));
    Some(Notice { level: Level::Error, code: NoticeCode::BleedShort, message: words.0, hint: words.1.into(), block, page: 0, place: Some(place), fixes: Vec::new() })
}

fn note_ink(inks: &mut BTreeMap<Option<usize>, f32>, block: Option<usize>, total: f32) {
    let most = inks.entry(block).or_default();
    *most = most.max(total);
}
