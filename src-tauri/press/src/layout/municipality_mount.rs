//! 自治体紹介 in the 額 composition: pictures mounted side by side on coloured paper, facts in a row, hills for the foot.
use crate::block::{Fact, Section};
use crate::layout::fit::{fit, notch};
use crate::layout::footer;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::heading_apart::Heading;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::photo::Photo;
use crate::layout::sheet::{Frame, Sheet};
use crate::layout::side::{Side, Sizes};
use crate::layout::{body, facts_row, hills, lead};
use crate::theme::{ColourRole, Role};

/// Between text columns, and between mounted pictures.
const GUTTER: f64 = 16.0;
const BETWEEN: f64 = 8.0;
const CAPTION_GAP: f64 = 4.5;
/// From the photos' words to the lead.
const AIR: f64 = 8.0;

/// What may shrink, in order.
#[derive(Clone, Debug)]
struct Plan {
    gap: f64,
    photos: f64,
    lead: f64,
    body: f64,
    leading: f64,
    rows: usize,
}

struct Places {
    photos: Frame,
    lead: Frame,
    body: Frame,
    extras: Frame,
    facts: Frame,
    /// Where the nearest hill begins.
    base: f64,
    excess: f64,
}

struct Panel<'a> {
    sheet: &'a Sheet<'a>,
    parts: &'a Parts<'a>,
    shape: &'a Arrangement,
    sections: &'a [Section],
    columns: usize,
    facts: &'a [Fact],
    extras: Side<'a>,
    /// Below the heading.
    top: f64,
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let heading = Heading::set(sheet, parts, at("header"));
    let (sections, columns) = parts.text(shape.columns);
    let facts = parts.fact_rows();
    let extras = Side::of(sheet, parts, 3).without_photos_and_facts();
    let top = (heading.foot + 10.0).max(at("photos").y);
    let panel = Panel { sheet, parts, shape, sections, columns, facts, extras, top };
    let plan = panel.choose();
    let places = panel.arrange(&plan);
    let foot = Frame { y: places.base, h: sheet.h - places.base, ..at("footer") };
    hills::draw(pen, foot.y);
    heading.draw(pen, parts);
    panel.photos(pen, places.photos);
    panel.text(pen, &plan, &places);
    sheet.swell(1.0);
    footer::on_band(pen, parts, foot, at("header").x, "", true);
}

impl Panel<'_> {
    fn at(&self, name: &str) -> Frame {
        self.shape.frame(name, self.sheet.w, self.sheet.h)
    }

    /// Everything as it is wanted.
    fn start(&self) -> Plan {
        let size = |role| self.sheet.voice(role, ColourRole::Ink).size;
        let slot = self.at("photos");
        let photos = (slot.bottom() - self.top).max(slot.h * 0.6);
        Plan { gap: 14.0, photos, lead: size(Role::Lead), body: size(Role::Body), leading: 1.0, rows: self.facts.len() }
    }

    fn choose(&self) -> Plan {
        let sheet = self.sheet;
        if sheet.is_tall() {
            sheet.swell_while(|| self.arrange(&self.start()).excess <= 0.0);
        }
        let start = self.start();
        let (height, rows) = (start.photos, start.rows);
        let (lead, body) = (start.lead, start.body);
        let (lead_floor, body_floor) = (sheet.floor(Role::Lead).min(lead), sheet.floor(Role::Body).min(body));
        let least = sheet.least_hero(0.76);
        let spare = rows.saturating_sub(sheet.theme.limits.rows());
        let order = [
            notch(2, |p: &mut Plan, t| p.gap = 14.0 - 2.0 * t),
            notch(14, move |p: &mut Plan, t| p.photos = height * (1.0 - (1.0 - least) * t)),
            notch(8, move |p: &mut Plan, t| p.lead = lead - (lead - lead_floor) * t),
            notch(8, move |p: &mut Plan, t| p.body = body - (body - body_floor) * t),
            notch(spare.max(1) as u32, move |p: &mut Plan, t| p.rows = rows - (spare as f64 * t).round() as usize),
        ];
        let (mut plan, excess) = fit(start, &order, |p| self.arrange(p).excess);
        if excess <= 0.0 && plan.photos >= height && self.parts.hero.is_some() {
            self.fill_out(&mut plan);
        }
        if excess <= 0.0 {
            plan.leading = body::stretch(|leading| self.arrange(&Plan { leading, ..plan.clone() }).excess <= 0.0);
        }
        plan
    }

    /// Short text would leave the panel empty at its foot: the pictures take the room.
    fn fill_out(&self, plan: &mut Plan) {
        let most = plan.photos * self.sheet.theme.limits.grow(if self.shape.name == Shape::Tall { 1.6 } else { 1.3 });
        loop {
            let next = Plan { photos: plan.photos + 6.0, ..plan.clone() };
            let places = self.arrange(&next);
            let sharp = self.mounts(places.photos).iter().all(|(p, f)| p.bears(self.sheet, *f));
            if next.photos > most || places.excess > 0.0 || !sharp {
                return;
            }
            *plan = next;
        }
    }

    fn arrange(&self, plan: &Plan) -> Places {
        let sheet = self.sheet;
        let wide = self.shape.name == Shape::Wide;
        let (photo_slot, lead_slot, body_slot, fact_slot) = (self.at("photos"), self.at("lead"), self.at("body"), self.at("facts"));
        let limit = self.at("footer").y - hills::RISE - 7.0;
        let any = self.parts.hero.is_some() || self.parts.second.is_some();
        let photos = Frame { y: self.top, h: if any { plan.photos } else { 0.0 }, ..photo_slot };
        let below = photos.bottom() + if any { self.words_height(photos) + CAPTION_GAP } else { 0.0 };
        let lead_y = if wide { self.top - 3.0 } else { below + plan.gap - 14.0 + AIR };
        let lead = Frame::new(lead_slot.x, lead_y, lead_slot.w, lead::height(sheet, self.parts, lead_slot.w, plan.lead));
        let facts_h = facts_row::height(sheet, &self.facts[..plan.rows.min(self.facts.len())], fact_slot.w);
        let facts = Frame::new(fact_slot.x, limit - facts_h, fact_slot.w, facts_h);
        let above_facts = if facts_h > 0.0 { facts.y - plan.gap } else { limit };
        let extras_h = self.extras.height(&self.sizes(plan), fact_slot.w);
        let extras = Frame::new(fact_slot.x, above_facts - extras_h, fact_slot.w, extras_h);
        let end = if extras_h > 0.0 { extras.y - plan.gap } else { above_facts };
        let body_y = lead.bottom() + if lead.h > 0.0 { plan.gap - 2.0 } else { 0.0 };
        let body = Frame::new(body_slot.x, body_y, body_slot.w, (end - body_y).max(1.0));
        let flow = self.flow(body.w, plan);
        let over_body = flow.excess(self.columns, body.h);
        let over_photos = if wide { below - end } else { 0.0 };
        let base = self.at("footer").y;
        if self.shape.name != Shape::Tall || over_body > 0.0 {
            return Places { photos, lead, body, extras, facts, base, excess: over_body.max(over_photos).max(0.0) };
        }
        // On a tapestry the hills rise to what stands above them rather than leave the middle empty.
        let air = (end - body.y - flow.divide(self.columns, body.h).height - plan.gap).clamp(0.0, 130.0);
        let up = |f: Frame| Frame { y: f.y - air, ..f };
        Places { photos, lead, body, extras: up(extras), facts: up(facts), base: base - air, excess: over_body.max(over_photos).max(0.0) }
    }

    fn sizes(&self, plan: &Plan) -> Sizes {
        Sizes { second: 0.0, third: 0.0, rows: 0, gap: plan.gap }
    }

    fn flow(&self, width: f64, plan: &Plan) -> body::Flow {
        body::flow_led(self.sheet, self.sections, body::column_width(width, self.columns, GUTTER), plan.body, plan.leading)
    }

    /// One large picture and the others beside it; below it on a tall or a narrow frame.
    fn mounts(&self, f: Frame) -> Vec<(&Photo<'_>, Frame)> {
        let others: Vec<&Photo> = [&self.parts.second, &self.parts.third].into_iter().flatten().collect();
        let Some(hero) = self.parts.hero.as_ref() else {
            let w = body::column_width(f.w, others.len().max(1), BETWEEN);
            return others.into_iter().enumerate().map(|(i, p)| (p, Frame { x: f.x + i as f64 * (w + BETWEEN), w, ..f })).collect();
        };
        let count = others.len() as f64;
        let mut all = Vec::new();
        if self.shape.name != Shape::Upright && !others.is_empty() {
            let share = 0.64;
            let h = (f.h - BETWEEN) * share;
            let w = body::column_width(f.w, others.len(), BETWEEN);
            all.push((hero, Frame { h, ..f }));
            let below = |i: usize| Frame::new(f.x + i as f64 * (w + BETWEEN), f.y + h + BETWEEN, w, f.h - h - BETWEEN);
            all.extend(others.into_iter().enumerate().map(|(i, p)| (p, below(i))));
            return all;
        }
        // 314 and 222 of 544 beside two small ones; a single second picture stays clearly the smaller.
        let share = if count > 1.0 { 314.0 / 536.0 } else { 0.7 };
        let w = if others.is_empty() { f.w } else { (f.w - BETWEEN) * share };
        all.push((hero, Frame { w, ..f }));
        let h = (f.h - BETWEEN * (count - 1.0).max(0.0)) / count.max(1.0);
        let beside = |i: usize| Frame::new(f.x + w + BETWEEN, f.y + i as f64 * (h + BETWEEN), f.w - w - BETWEEN, h);
        all.extend(others.into_iter().enumerate().map(|(i, p)| (p, beside(i))));
        all
    }

    fn photos(&self, pen: &mut Pen, f: Frame) {
        for (photo, frame) in self.mounts(f) {
            pen.block(photo.index, |pen| photo.draw(pen, frame, None));
        }
        self.words(pen, f);
    }

    fn words_height(&self, f: Frame) -> f64 {
        self.words(&mut Pen::silent(self.sheet), f)
    }

    /// Captions stand under the pictures, each under its own column; stacked pictures share a line that says 上 and 下.
    fn words(&self, pen: &mut Pen, f: Frame) -> f64 {
        let mounts = self.mounts(f);
        let y = f.bottom() + CAPTION_GAP;
        let (feet, above): (Vec<_>, Vec<_>) = mounts.iter().partition(|(_, m)| m.bottom() > f.bottom() - 1.0);
        let mut height = 0.0_f64;
        for (i, (photo, frame)) in feet.iter().enumerate() {
            // The picture above the last column shares its line.
            let upper = above.first().filter(|_| i + 1 == feet.len());
            let mut used = 0.0;
            pen.block(photo.index, |pen| {
                used = match upper {
                    Some((upper, _)) => self.shared(pen, upper, photo, Frame { y, ..*frame }),
                    None => photo.words(pen, frame.x, y, frame.w),
                };
            });
            height = height.max(used);
        }
        height
    }

    /// 上　銚子電鉄　下　屏風ケ浦, and the credit once when both have the same.
    fn shared(&self, pen: &mut Pen, upper: &Photo, lower: &Photo, f: Frame) -> f64 {
        let caption = pen.sheet.voice(Role::Caption, ColourRole::Note);
        let credit = pen.sheet.voice(Role::Credit, ColourRole::Note);
        let words: Vec<String> = [("上", upper.caption), ("下", lower.caption)].iter().filter(|(_, c)| !c.is_empty()).map(|(at, c)| format!("{at} {c}")).collect();
        let credits = if upper.credit == lower.credit { upper.credit.clone() } else { format!("{}　{}", upper.credit, lower.credit) };
        let line = words.join("　");
        let both = pen.sheet.width(&line, &caption) + caption.em() + pen.sheet.width(credits.trim(), &credit);
        if both <= f.w {
            let baseline = f.y + caption.rise();
            let used = pen.line(&line, &caption, f.x, baseline);
            pen.line(credits.trim(), &credit, f.x + used + caption.em(), baseline);
            return caption.line();
        }
        let used = pen.words(&line, &caption, f.x, f.y, f.w);
        used + if credits.trim().is_empty() { 0.0 } else { pen.words(credits.trim(), &credit, f.x, f.y + used, f.w) }
    }

    fn text(&self, pen: &mut Pen, plan: &Plan, places: &Places) {
        lead::draw(pen, self.parts, places.lead, plan.lead);
        if let Some((index, _)) = self.parts.body {
            let flow = self.flow(places.body.w, plan);
            let columns = flow.divide(self.columns, places.body.h);
            pen.block(index, |pen| flow.draw(pen, &columns, places.body, GUTTER, self.columns));
            flow.report(self.sheet, index, places.body, &columns.left_over);
        }
        self.extras.draw(pen, &self.sizes(plan), places.extras);
        if let (Some((index, _)), false) = (self.parts.facts, self.facts.is_empty()) {
            let shown = plan.rows.min(self.facts.len());
            pen.block(index, |pen| {
                facts_row::draw(pen, &self.facts[..shown], places.facts);
            });
            super::rows_left(pen, index, places.facts, self.facts.len() - shown);
        }
    }
}
