//! 自治体紹介 in the 波 composition: the picture bleeds on three sides and ends in one wave, a second one stands in a disc.
use crate::block::{Fact, Section, What};
use crate::layout::fit::{fit, notch};
use crate::layout::footer;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::header::Header;
use crate::layout::parts::Parts;
use crate::layout::pen::{Pen, Step};
use crate::layout::sheet::{Frame, Sheet};
use crate::layout::{body, facts, free, lead, veil};
use crate::page::{Ink, Paint, Segment, circle};
use crate::theme::{ColourRole, Role};

const GUTTER: f64 = 12.0;
/// Depth of the wave and width of the disc's white ring.
const WAVE: f64 = 16.0;
const RING: f64 = 6.0;

/// What may shrink, in order.
#[derive(Clone, Debug)]
struct Plan {
    gap: f64,
    /// How far the picture's foot moves up.
    up: f64,
    disc: f64,
    lead: f64,
    body: f64,
    leading: f64,
    rows: usize,
}

struct Places {
    hero: Frame,
    disc: Frame,
    lead: Frame,
    body: Frame,
    side: Frame,
    code: Frame,
    excess: f64,
}

struct Panel<'a> {
    sheet: &'a Sheet<'a>,
    parts: &'a Parts<'a>,
    shape: &'a Arrangement,
    sections: &'a [Section],
    columns: usize,
    facts: &'a [Fact],
    extras: Vec<(usize, &'a What)>,
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let (sections, columns) = parts.text(shape.columns);
    let facts = parts.fact_rows();
    let mut extras = super::extras(parts);
    extras.extend(parts.third.iter().map(|p| (p.index, &sheet.content.blocks[p.index].what)));
    let panel = Panel { sheet, parts, shape, sections, columns, facts, extras };
    let plan = panel.choose();
    let places = panel.arrange(&plan);
    panel.picture(pen, &places);
    panel.disc(pen, &places);
    panel.text(pen, &plan, &places);
    sheet.swell(1.0);
    panel.foot(pen, &places);
}

impl Panel<'_> {
    fn at(&self, name: &str) -> Frame {
        self.shape.frame(name, self.sheet.w, self.sheet.h)
    }

    /// Everything as it is wanted.
    fn start(&self) -> Plan {
        let size = |role| self.sheet.voice(role, ColourRole::Ink).size;
        Plan { gap: 14.0, up: 0.0, disc: 1.0, lead: size(Role::Lead), body: size(Role::Body), leading: 1.0, rows: self.facts.len() }
    }

    fn choose(&self) -> Plan {
        let sheet = self.sheet;
        if sheet.is_tall() {
            sheet.swell_while(|| self.arrange(&self.start()).excess <= 0.0);
        }
        let start = self.start();
        let rows = start.rows;
        let (lead, body) = (start.lead, start.body);
        let (lead_floor, body_floor) = (sheet.floor(Role::Lead).min(lead), sheet.floor(Role::Body).min(body));
        let most = self.at("hero").h * (1.0 - sheet.least_hero(0.83));
        let spare = rows.saturating_sub(sheet.theme.limits.rows());
        let order = [
            notch(2, |p: &mut Plan, t| p.gap = 14.0 - 2.0 * t),
            notch(14, move |p: &mut Plan, t| p.up = most * t),
            notch(6, |p: &mut Plan, t| p.disc = 1.0 - 0.22 * t),
            notch(4, move |p: &mut Plan, t| p.lead = lead - (lead - lead_floor) * t),
            notch(8, move |p: &mut Plan, t| p.body = body - (body - body_floor) * t),
            notch(spare.max(1) as u32, move |p: &mut Plan, t| p.rows = rows - (spare as f64 * t).round() as usize),
        ];
        let (mut plan, excess) = fit(start, &order, |p| self.arrange(p).excess);
        // Only a panel that gave nothing up has room to spare.
        if excess <= 0.0 && plan.up <= 0.0 && plan.body >= body && self.parts.hero.is_some() {
            self.fill_out(&mut plan);
        }
        if excess <= 0.0 {
            plan.leading = body::stretch(|leading| self.arrange(&Plan { leading, ..plan.clone() }).excess <= 0.0);
        }
        plan
    }

    /// Short text would leave the panel empty at its foot: the picture takes the room.
    fn fill_out(&self, plan: &mut Plan) {
        let hero = self.at("hero").h;
        let most = hero * (1.0 - self.sheet.theme.limits.grow(if self.shape.name == Shape::Tall { 1.55 } else { 1.25 }));
        loop {
            let next = Plan { up: plan.up - 6.0, ..plan.clone() };
            // Some air stays above the footer; the lines take what is left of it.
            let calm = self.arrange(&Plan { up: next.up - 10.0, ..next.clone() }).excess <= 0.0;
            let sharp = self.parts.hero.as_ref().is_some_and(|p| p.bears(self.sheet, self.arrange(&next).hero));
            if next.up < most || !calm || !sharp {
                return;
            }
            *plan = next;
        }
    }

    fn arrange(&self, plan: &Plan) -> Places {
        let sheet = self.sheet;
        let slot = self.at("hero");
        let hero = Frame { h: slot.h - plan.up, ..slot };
        let limit = self.at("footer").y - 8.0;
        let full = self.at("disc");
        let diameter = full.w.min(full.h) * plan.disc;
        let has_disc = self.parts.second.is_some();
        let disc = Frame::new(full.x + (full.w - diameter) / 2.0, full.y + (full.h - full.w.min(full.h)) / 2.0 - plan.up, diameter, diameter);
        let lead_slot = self.at("lead");
        let lead_w = if has_disc || self.shape.name != Shape::Upright { lead_slot.w } else { sheet.w - 2.0 * lead_slot.x };
        let lead_y = lead_slot.y - plan.up;
        let lead = Frame::new(lead_slot.x, lead_y, lead_w, lead::height(sheet, self.parts, lead_w, plan.lead));
        let mut body_y = lead.bottom() + if lead.h > 0.0 { plan.gap } else { 0.0 };
        let body_slot = self.at("body");
        let disc_foot = if has_disc { disc.bottom() + RING + self.caption_height(disc) + plan.gap - 3.0 } else { lead_y };
        if self.shape.name != Shape::Upright && body_slot.right() > disc.x && has_disc {
            body_y = body_y.max(disc_foot);
        }
        let (_, code_h) = self.code_size();
        let side_slot = self.at("side");
        let row = self.shape.name == Shape::Tall;
        let body_limit = if row { limit - self.side_height(plan, side_slot.w).max(code_h) - plan.gap } else { limit };
        let body = Frame::new(body_slot.x, body_y, body_slot.w, (body_limit - body_y).max(1.0));
        let flow = self.flow(body.w, plan);
        let over_body = flow.excess(self.columns, body.h);
        let side_y = if row { body_y + flow.divide(self.columns, body.h).height + plan.gap } else { disc_foot };
        let code_y = if row { side_y } else { limit - code_h };
        let side_w = if row { side_slot.w * 0.55 } else { side_slot.w };
        let side_end = if row || code_h == 0.0 { limit } else { code_y - plan.gap.min(8.0) };
        let side = Frame::new(side_slot.x, side_y, side_w, side_end - side_y);
        let code_x = if row { side.right() + GUTTER * 2.0 } else { self.at("qr").x.min(side_slot.x) };
        let code = Frame::new(code_x.max(side_slot.x), code_y, side_slot.right() - code_x.max(side_slot.x), code_h);
        let over_side = self.side_height(plan, side.w) - side.h;
        Places { hero, disc, lead, body, side, code, excess: over_body.max(over_side).max(0.0) }
    }

    fn flow(&self, width: f64, plan: &Plan) -> body::Flow {
        body::flow_led(self.sheet, self.sections, body::column_width(width, self.columns, GUTTER), plan.body, plan.leading)
    }

    fn code_size(&self) -> (f64, f64) {
        let side = self.at("qr").w.min(self.at("qr").h).max(20.0 / self.sheet.k);
        if self.parts.qr.is_some() { (side, side) } else { (0.0, 0.0) }
    }

    fn caption_height(&self, disc: Frame) -> f64 {
        self.parts.second.as_ref().map_or(0.0, |p| p.words_height(self.sheet, disc.w) + 4.0)
    }

    fn side_height(&self, plan: &Plan, width: f64) -> f64 {
        let rows = &self.facts[..plan.rows.min(self.facts.len())];
        let facts = if rows.is_empty() { 0.0 } else { facts::height(self.sheet, rows, width, None) };
        let extras: f64 = self.extras.iter().map(|(_, what)| self.extra_height(what, width) + 12.0).sum();
        facts + extras
    }

    fn extra_height(&self, what: &What, width: f64) -> f64 {
        match what {
            What::Photo { .. } => width * 0.66,
            _ => free::any(&mut Pen::silent(self.sheet), 0, what, Frame::new(0.0, 0.0, width, 2000.0), None),
        }
    }

    /// The picture down to the wave's upper edge, then the wave, then paper.
    fn picture(&self, pen: &mut Pen, places: &Places) {
        let (sheet, b) = (self.sheet, self.sheet.bleed);
        let main = pen.colour(ColourRole::Main);
        let hero = places.hero;
        let sub = pen.colour(ColourRole::Sub);
        let whole = Frame::new(-b, -b, sheet.w + 2.0 * b, hero.bottom() + b + 8.0);
        let outer = crest(pen, hero.bottom(), WAVE);
        pen.shape(outer, Some(Paint::Flat(sub)), None);
        let edge = crest(pen, hero.bottom(), 0.0);
        let head = self.at("header");
        let header = Header::set(sheet, self.parts, head, false);
        let Some(photo) = &self.parts.hero else {
            pen.shape(edge, Some(Paint::Flat(main)), None);
            pen.on(main, |pen| header.draw(pen, self.parts, head, hero.bottom(), Ink::WHITE, Ink::WHITE));
            return;
        };
        pen.block(photo.index, |pen| photo.draw(pen, whole, Some(edge.clone())));
        let mut ground = main;
        pen.clipped(edge, |pen| {
            ground = veil::slanting(pen, whole, main, &header.corners(sheet, self.parts, head));
        });
        pen.on(ground, |pen| header.draw(pen, self.parts, head, hero.bottom(), Ink::WHITE, Ink::WHITE));
    }

    fn disc(&self, pen: &mut Pen, places: &Places) {
        let Some(photo) = &self.parts.second else { return };
        let s = self.sheet;
        let d = places.disc;
        let (cx, cy, r) = (s.pt(d.x + d.w / 2.0), s.pt(d.y + d.h / 2.0), s.pt(d.w / 2.0));
        let paper = pen.colour(ColourRole::Paper);
        pen.block(photo.index, |pen| {
            pen.shape(circle(cx, cy, r + s.pt(RING)), Some(Paint::Flat(paper)), None);
            photo.draw(pen, d, Some(circle(cx, cy, r)));
            let w = photo.words_width(s).min(d.w);
            photo.words(pen, d.x + (d.w - w) / 2.0, d.bottom() + RING + 4.0, w + 0.5);
        });
    }

    fn text(&self, pen: &mut Pen, plan: &Plan, places: &Places) {
        lead::draw(pen, self.parts, places.lead, plan.lead);
        if let Some((index, _)) = self.parts.body {
            let flow = self.flow(places.body.w, plan);
            let columns = flow.divide(self.columns, places.body.h);
            pen.block(index, |pen| flow.draw(pen, &columns, places.body, GUTTER, self.columns));
            flow.report(self.sheet, index, places.body, &columns.left_over);
        }
        let mut y = places.side.y;
        if let (Some((index, _)), false) = (self.parts.facts, self.facts.is_empty()) {
            let frame = places.side;
            pen.block(index, |pen| {
                let (used, shown) = facts::draw(pen, &self.facts[..plan.rows.min(self.facts.len())], frame, None);
                y += used + 12.0;
                super::rows_left(pen, index, frame, self.facts.len() - shown);
            });
        }
        for (index, what) in &self.extras {
            let room = (places.side.bottom() - y).max(1.0);
            let h = self.extra_height(what, places.side.w).min(room);
            pen.block(*index, |pen| {
                free::any(pen, *index, what, Frame::new(places.side.x, y, places.side.w, h + 0.2), None);
            });
            y += h + 12.0;
        }
    }

    fn foot(&self, pen: &mut Pen, places: &Places) {
        if let Some((index, What::Qr { url, label })) = self.parts.qr {
            let (side, _) = self.code_size();
            pen.block(index, |pen| {
                footer::code(pen, index, url, Frame::new(places.code.x, places.code.y, side, side));
                let x = places.code.x + side + 3.0;
                let w = (places.code.right() - x).max(20.0);
                footer::address(pen, url, label, Frame::new(x, places.code.y + side * 0.2, w, side), false);
            });
        }
        let credit = self.parts.hero.as_ref().map_or_else(String::new, |photo| photo.line());
        footer::on_band(pen, self.parts, self.at("footer"), self.at("header").x, &credit, false);
    }
}

/// Everything above the wave's edge; `deep` lowers the edge.
fn crest(pen: &Pen, y: f64, deep: f64) -> Vec<Segment> {
    let (w, b) = (pen.sheet.w, pen.sheet.bleed);
    let at = |rise: f64, thin: f64| y - rise + deep * thin;
    pen.path(&[
        Step::To(-b, -b),
        Step::Line(w + b, -b),
        Step::Line(w + b, at(-4.0, 1.1)),
        Step::Curve(w * 0.86, at(2.0, 1.0), w * 0.62, at(31.0, 0.8), w * 0.36, at(31.0, 0.75)),
        Step::Curve(w * 0.22, at(31.0, 0.7), w * 0.1, at(20.0, 0.9), -b, at(0.0, 1.05)),
        Step::Close,
    ])
}
