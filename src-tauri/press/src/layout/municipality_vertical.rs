//! 自治体紹介 in the 縦 composition: name, subtitle and body run from top to bottom beside one large picture.
use crate::block::{Section, What};
use crate::layout::body::{self, Flow};
use crate::layout::fit::{fit, notch};
use crate::layout::footer;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::heading_down;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock};
use crate::layout::side::{Side, Sizes};
use crate::theme::{ColourRole, Role};

/// Between the tiers of the body, and between body and side.
const TIER_GAP: f64 = 13.0;
const SIDE_GAP: f64 = 16.0;
const CAPTION_GAP: f64 = 4.5;

/// What may shrink, in order.
#[derive(Clone, Debug)]
struct Plan {
    gap: f64,
    hero: f64,
    sizes: Sizes,
    lead: f64,
    body: f64,
    leading: f64,
}

struct Places {
    hero: Frame,
    lead: Frame,
    body: Frame,
    side: Frame,
    subtitle: Frame,
    excess: f64,
}

struct Panel<'a> {
    sheet: &'a Sheet<'a>,
    parts: &'a Parts<'a>,
    shape: &'a Arrangement,
    sections: &'a [Section],
    side: Side<'a>,
    /// Where name and disc end.
    name_foot: f64,
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let name = heading_down::Name::set(sheet, parts, at("name"));
    let (sections, _) = parts.text(shape.columns);
    let side = Side::of(sheet, parts, match shape.name {
        Shape::Upright => 1,
        Shape::Wide => 3,
        Shape::Tall => 2,
    });
    let panel = Panel { sheet, parts, shape, sections, side, name_foot: name.foot };
    let plan = panel.choose();
    let places = panel.arrange(&plan);
    panel.picture(pen, &places);
    name.draw(pen, parts, true);
    heading_down::subtitle(pen, parts, places.subtitle);
    panel.text(pen, &plan, &places);
    panel.side.draw(pen, &plan.sizes, places.side);
    sheet.swell(1.0);
    footer::on_paper(pen, parts, at("footer"));
}

impl Panel<'_> {
    fn at(&self, name: &str) -> Frame {
        self.shape.frame(name, self.sheet.w, self.sheet.h)
    }

    /// Everything as it is wanted.
    fn start(&self) -> Plan {
        let size = |role| self.sheet.voice(role, ColourRole::Ink).size;
        let hero = self.at("hero").h;
        // Photos in a row share its width: what they may be high is the height of the side.
        let photo = match self.shape.name {
            Shape::Wide => 84.0,
            Shape::Upright => self.at("side").w * 0.69,
            Shape::Tall => self.at("side").w * 0.36,
        };
        let sizes = Sizes { second: photo, third: photo, rows: self.side.fact_rows(), gap: 14.0 };
        Plan { gap: 18.0, hero, sizes, lead: size(Role::Lead), body: size(Role::Body), leading: 1.0 }
    }

    fn choose(&self) -> Plan {
        let sheet = self.sheet;
        if sheet.is_tall() {
            sheet.swell_while(|| self.arrange(&self.start()).excess <= 0.0);
        }
        let start = self.start();
        let (hero, photo, rows) = (start.hero, start.sizes.second, start.sizes.rows);
        let lower = |from: f64, to: f64, t: f64| from - (from - to).max(0.0) * t;
        let (lead, body) = (start.lead, start.body);
        let (lead_floor, body_floor) = (sheet.floor(Role::Lead), sheet.floor(Role::Body));
        let limits = sheet.theme.limits;
        let least = sheet.least_hero(0.7);
        let spare = rows.saturating_sub(limits.rows());
        let order = [
            notch(3, |p: &mut Plan, t| p.gap = 18.0 - 6.0 * t),
            notch(16, move |p: &mut Plan, t| p.hero = lower(hero, hero * least, t)),
            notch(6, move |p: &mut Plan, t| p.sizes.third = lower(photo, limits.photo().min(photo), t)),
            notch(6, move |p: &mut Plan, t| p.sizes.second = lower(photo, limits.photo().min(photo), t)),
            notch(6, move |p: &mut Plan, t| p.lead = lower(lead, lead_floor, t)),
            notch(6, move |p: &mut Plan, t| p.body = lower(body, body_floor, t)),
            notch(spare.max(1) as u32, move |p: &mut Plan, t| p.sizes.rows = rows - (spare as f64 * t).round() as usize),
        ];
        let (mut plan, excess) = fit(start, &order, |p| self.arrange(p).excess);
        // Only a panel that gave nothing up has room to spare.
        if excess <= 0.0 && plan.hero >= hero && self.parts.hero.is_some() && self.shape.name != Shape::Wide {
            self.fill_out(&mut plan);
        }
        if excess <= 0.0 {
            plan.leading = body::stretch(|leading| self.arrange(&Plan { leading, ..plan.clone() }).excess <= 0.0);
            self.fill_side(&mut plan);
        }
        plan
    }

    /// Air under the side column goes to its first photo, up to half as much again.
    fn fill_side(&self, plan: &mut Plan) {
        let places = self.arrange(plan);
        let used = self.side.height(&plan.sizes, places.side.w);
        let room = (places.side.h - used).clamp(0.0, plan.sizes.second * 0.5);
        if self.shape.name == Shape::Upright && self.parts.second.is_some() {
            plan.sizes.second += room;
        }
    }

    /// Short text leaves air at the left of the body: the picture grows downwards until the lines reach the side.
    fn fill_out(&self, plan: &mut Plan) {
        let most = plan.hero * self.sheet.theme.limits.grow(1.2);
        loop {
            let next = Plan { hero: plan.hero + 6.0, ..plan.clone() };
            let places = self.arrange(&next);
            let sharp = self.parts.hero.as_ref().is_some_and(|p| p.bears(self.sheet, places.hero));
            if next.hero > most || places.excess > 0.0 || !sharp {
                return;
            }
            *plan = next;
        }
    }

    fn arrange(&self, plan: &Plan) -> Places {
        let (sheet, parts) = (self.sheet, self.parts);
        let limit = self.at("footer").y - 12.0;
        let slot = self.at("hero");
        let hero = Frame { h: if parts.hero.is_some() { plan.hero } else { 0.0 }, ..slot };
        let margin = self.at("footer").x;
        let caption = parts.hero.as_ref().map_or(0.0, |p| CAPTION_GAP + p.words_height(sheet, slot.right() - margin));
        let below = hero.bottom() + caption + plan.gap;
        let (body_slot, side_slot, subtitle_slot) = (self.at("body"), self.at("side"), self.at("subtitle"));
        let (tall, wide) = (self.shape.name == Shape::Tall, self.shape.name == Shape::Wide);
        // On small papers the picture ends above the small words under the name: the text stays clear of them.
        let top = if wide { body_slot.y } else { below.max(self.name_foot + 8.0) };
        let side_h = self.side.height(&plan.sizes, side_slot.w);
        let bottom = if tall && self.side.cells() > 0 { limit - side_h - plan.gap } else { limit };
        let height = (bottom - top).max(20.0);
        let subtitle_y = if wide { subtitle_slot.y } else { top.max(self.name_foot + plan.gap) };
        let subtitle = Frame { y: subtitle_y, h: (bottom - subtitle_y).max(20.0), ..subtitle_slot };
        let name = self.at("name");
        let beside_name = !wide && top < self.name_foot + 4.0;
        let text_right = if parts.subtitle.is_some() { body_slot.right() } else { subtitle_slot.right().max(body_slot.right()) };
        // Text that begins higher than name and disc end stays clear of them.
        let text_right = if beside_name { text_right.min(name.x + name.w / 2.0 - 34.0) } else { text_right };
        let lead_w = self.lead(plan, height).map_or(0.0, |b| b.height() + 9.0);
        let lead = Frame::new(text_right - lead_w, top, lead_w, height);
        let body = Frame::new(body_slot.x, top, (lead.x - body_slot.x).max(1.0), height);
        let flow = self.flow(body.h, plan);
        let over_body = flow.excess(self.tiers(body.h), body.w);
        let used = flow.divide(self.tiers(body.h), body.w).height;
        let side = match self.shape.name {
            Shape::Upright => {
                let free = body.right() - used - SIDE_GAP - side_slot.x;
                Frame::new(side_slot.x, top, free.clamp(side_slot.w, side_slot.w * 1.35), limit - top)
            }
            Shape::Wide => Frame::new(side_slot.x, below, side_slot.w, limit - below),
            Shape::Tall => Frame::new(side_slot.x, bottom + plan.gap, side_slot.w, side_h),
        };
        let over_side = if tall { (80.0 - height).max(0.0) } else { self.side.height(&plan.sizes, side.w) - side.h };
        Places { hero, lead, body, side, subtitle, excess: over_body.max(over_side).max(0.0) }
    }

    /// Tiers that are too short to read are joined.
    fn tiers(&self, height: f64) -> usize {
        if height < 150.0 { 1 } else { self.shape.columns }
    }

    fn flow(&self, height: f64, plan: &Plan) -> Flow {
        let length = body::column_width(height, self.tiers(height), TIER_GAP);
        body::flow_down(self.sheet, self.sections, length, plan.body, plan.leading)
    }

    fn lead(&self, plan: &Plan, height: f64) -> Option<TextBlock> {
        let Some((_, What::Lead { text })) = self.parts.lead else { return None };
        let voice = self.sheet.voice(Role::Lead, ColourRole::Main).sized(plan.lead);
        Some(self.sheet.set_down(&self.sheet.written_down(text), &voice, height))
    }

    /// Bleeds at the left and the top; its caption stands below.
    fn picture(&self, pen: &mut Pen, places: &Places) {
        let Some(photo) = &self.parts.hero else { return };
        let (b, hero, margin) = (self.sheet.bleed, places.hero, self.at("footer").x);
        let frame = Frame::new(hero.x - b, hero.y - b, hero.w + b, hero.h + b);
        pen.block(photo.index, |pen| {
            photo.draw(pen, frame, None);
            photo.words(pen, margin, hero.bottom() + CAPTION_GAP, hero.right() - margin);
        });
    }

    fn text(&self, pen: &mut Pen, plan: &Plan, places: &Places) {
        if let (Some((index, _)), Some(block)) = (self.parts.lead, self.lead(plan, places.lead.h)) {
            pen.block(index, |pen| pen.put_down(&block, 0..block.set.lines.len(), places.lead.right(), places.lead.y));
        }
        let Some((index, _)) = self.parts.body else { return };
        let flow = self.flow(places.body.h, plan);
        let tiers = self.tiers(places.body.h);
        let columns = flow.divide(tiers, places.body.w);
        pen.block(index, |pen| flow.draw(pen, &columns, places.body, TIER_GAP, tiers));
        flow.report(self.sheet, index, places.body, &columns.left_over);
    }
}
