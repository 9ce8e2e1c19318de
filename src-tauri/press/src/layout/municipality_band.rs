//! 自治体紹介 in the 帯 composition: a band with the name, a full-bleed picture, body in columns beside facts.
use crate::block::Section;
use crate::layout::body;
use crate::layout::fit::{fit, notch};
use crate::layout::footer;
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::header::Header;
use crate::layout::lead;
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet};
use crate::layout::side::{Side, Sizes};
use crate::layout::tapestry_head;
use crate::page::Ink;
use crate::theme::{ColourRole, Role};

/// Between text columns.
const GUTTER: f64 = 12.0;
const CAPTION_GAP: f64 = 4.0;

/// What may shrink, in the order of themes.md §4.
#[derive(Clone, Debug)]
struct Plan {
    gap: f64,
    hero: f64,
    second: f64,
    third: f64,
    lead: f64,
    body: f64,
    leading: f64,
    rows: usize,
}

/// Where everything stands under a plan.
struct Places {
    hero: Frame,
    caption_y: f64,
    lead: Frame,
    body: Frame,
    side: Frame,
    excess: f64,
}

struct Panel<'a> {
    sheet: &'a Sheet<'a>,
    parts: &'a Parts<'a>,
    shape: &'a Arrangement,
    band: f64,
    sections: &'a [Section],
    columns: usize,
    side: Side<'a>,
}

impl Plan {
    fn sizes(&self) -> Sizes {
        Sizes { second: self.second, third: self.third, rows: self.rows, gap: self.gap }
    }
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let head = at("header");
    let header = Header::set(sheet, parts, head, false);
    let tall = shape.name == Shape::Tall;
    // On a tapestry the band runs down beside the picture, not above it.
    let band = if tall { 0.0 } else { head.y + header.height + 10.0 };
    let (sections, columns) = parts.text(shape.columns);
    let side = Side::of(sheet, parts, match shape.name {
        Shape::Upright => 1,
        Shape::Wide => 3,
        Shape::Tall => 2,
    });
    let panel = Panel { sheet, parts, shape, band, sections, columns, side };
    let (plan, _) = panel.choose();
    let places = panel.arrange(&plan);
    if tall {
        hero(pen, &panel, head, &places);
        tapestry_head::draw(pen, parts, shape, places.hero);
    } else {
        band_and_hero(pen, &panel, header, head, &places);
    }
    panel.draw_text(pen, &plan, &places);
    sheet.swell(1.0);
    footer::on_paper(pen, parts, at("footer"));
}

fn band_and_hero(pen: &mut Pen, panel: &Panel, header: Header, head: Frame, places: &Places) {
    let (sheet, bleed) = (pen.sheet, pen.sheet.bleed);
    let main = pen.colour(ColourRole::Main);
    pen.fill(Frame::new(-bleed, -bleed, sheet.w + 2.0 * bleed, panel.band + bleed), main);
    let accent = pen.colour(ColourRole::Accent);
    pen.on(main, |pen| header.draw(pen, panel.parts, head, panel.band, Ink::WHITE, accent));
    hero(pen, panel, head, places);
    pen.fill(Frame::new(head.x, panel.band, 92.0, 2.4), accent);
}

/// The large picture bleeds wherever it reaches the edge of the sheet.
fn hero(pen: &mut Pen, panel: &Panel, head: Frame, places: &Places) {
    let (sheet, bleed) = (pen.sheet, pen.sheet.bleed);
    if let Some(hero) = &panel.parts.hero {
        let mut frame = Frame { x: places.hero.x - bleed, w: places.hero.w + bleed, ..places.hero };
        if places.hero.y <= 0.1 {
            (frame.y, frame.h) = (frame.y - bleed, frame.h + bleed);
        }
        if places.hero.right() >= sheet.w - 0.1 {
            frame.w += bleed;
        }
        pen.block(hero.index, |pen| {
            hero.draw(pen, frame, None);
            hero.words(pen, head.x, places.caption_y, places.hero.right().min(head.right()) - head.x);
        });
    }
}

impl Panel<'_> {
    /// Everything as it is wanted.
    fn start(&self) -> Plan {
        let size = |role| self.sheet.voice(role, ColourRole::Ink).size;
        let hero = self.shape.frame("hero", self.sheet.w, self.sheet.h);
        let photo = if self.shape.name == Shape::Tall { 190.0 } else { 104.0 };
        Plan {
            gap: 14.0,
            hero: (hero.bottom() - self.band).max(0.0),
            second: photo,
            third: photo,
            lead: size(Role::Lead),
            body: size(Role::Body),
            leading: 1.0,
            rows: self.side.fact_rows(),
        }
    }

    fn choose(&self) -> (Plan, f64) {
        let sheet = self.sheet;
        let tall = self.shape.name == Shape::Tall;
        if sheet.is_tall() {
            sheet.swell_while(|| self.arrange(&self.start()).excess <= 0.0);
        }
        let start = self.start();
        let (height, photo) = (start.hero, start.second);
        let lower = |from: f64, to: f64, t: f64| from - (from - to).max(0.0) * t;
        let (lead, body) = (start.lead, start.body);
        let (lead_floor, body_floor) = (sheet.floor(Role::Lead), sheet.floor(Role::Body));
        let rows = self.side.fact_rows();
        let limits = sheet.theme.limits;
        let least = height
            * sheet.least_hero(match self.shape.name {
                Shape::Upright => (200.0 / height.max(1.0)).min(1.0),
                Shape::Wide => 0.8,
                Shape::Tall => 0.84,
            });
        let small = limits.photo().max(if tall { 138.0 } else { 0.0 }).min(photo);
        let spare = rows.saturating_sub(limits.rows());
        let mut order = vec![
            notch(2, |p: &mut Plan, t| p.gap = 14.0 - 2.0 * t),
            notch(13, move |p: &mut Plan, t| p.hero = lower(height, least, t)),
            notch(6, move |p: &mut Plan, t| p.third = lower(photo, small, t)),
            notch(6, move |p: &mut Plan, t| p.second = lower(photo, small, t)),
            notch(8, move |p: &mut Plan, t| p.lead = lower(lead, lead_floor, t)),
            notch(8, move |p: &mut Plan, t| p.body = lower(body, body_floor, t)),
            notch(spare.max(1) as u32, move |p: &mut Plan, t| p.rows = rows - (spare as f64 * t).round() as usize),
        ];
        if tall {
            // A tapestry is its picture: the two small ones give way before it does, and both at once.
            order.remove(2);
            order[2] = notch(8, move |p: &mut Plan, t| (p.second, p.third) = (lower(photo, small, t), lower(photo, small, t)));
            order.swap(1, 2);
        }
        let (mut plan, excess) = fit(start, &order, |p| self.arrange(p).excess);
        // Only a panel that gave nothing up has room to spare.
        if excess <= 0.0 && plan.hero >= height && plan.body >= body && self.parts.hero.is_some() {
            self.fill_out(&mut plan);
        }
        if excess <= 0.0 {
            plan.leading = body::stretch(|leading| self.arrange(&Plan { leading, ..plan.clone() }).excess <= 0.0);
            self.fill_side(&mut plan);
        }
        (plan, excess)
    }

    /// The side column ends where the body ends: its first photo takes the difference, up to half as much again. On a
    /// tapestry the photos stand below the body and take what is left of the sheet.
    fn fill_side(&self, plan: &mut Plan) {
        if self.shape.name == Shape::Tall && self.side.has_photo() {
            let places = self.arrange(plan);
            let spare = places.side.h - self.side_height(plan, places.side.w);
            let more = spare.clamp(0.0, plan.second * 0.6);
            let next = Plan { second: plan.second + more, third: plan.third + more, ..plan.clone() };
            if self.arrange(&next).excess <= 0.0 {
                *plan = next;
            }
            return;
        }
        if self.shape.name != Shape::Upright || !self.side.has_photo() {
            return;
        }
        let places = self.arrange(plan);
        let text = self.flow(places.body.w, plan).divide(self.columns, places.body.h).height;
        let used = self.side_height(plan, places.side.w);
        let room = (places.body.y + text - places.side.y).min(places.side.h) - used;
        plan.second += room.clamp(0.0, plan.second * 0.5);
    }

    fn flow(&self, width: f64, plan: &Plan) -> body::Flow {
        body::flow_led(self.sheet, self.sections, self.column(width), plan.body, plan.leading)
    }

    /// Short text leaves the panel empty at its foot: the picture takes the room, at most a third more of its height.
    fn fill_out(&self, plan: &mut Plan) {
        let most = plan.hero * self.sheet.theme.limits.grow(if self.shape.name == Shape::Tall { 1.25 } else { 1.33 });
        loop {
            let next = Plan { hero: plan.hero + 6.0, ..plan.clone() };
            // Some air stays above the footer; the lines take what is left of it.
            let calm = self.arrange(&Plan { hero: next.hero + 10.0, ..next.clone() }).excess <= 0.0;
            let sharp = self.parts.hero.as_ref().is_some_and(|p| p.bears(self.sheet, self.arrange(&next).hero));
            if next.hero > most || !calm || !sharp {
                return;
            }
            *plan = next;
        }
    }

    fn arrange(&self, plan: &Plan) -> Places {
        let (sheet, parts) = (self.sheet, self.parts);
        let at = |name| self.shape.frame(name, sheet.w, sheet.h);
        let (slot, lead_slot, body_slot, side_slot) = (at("hero"), at("lead"), at("body"), at("side"));
        let limit = at("footer").y - 7.0;
        let margin = at("header").x;
        let hero = Frame::new(slot.x, self.band, slot.w, if parts.hero.is_some() { plan.hero } else { 0.0 });
        let caption_y = hero.bottom() + CAPTION_GAP + 0.5;
        let caption = parts.hero.as_ref().map_or(0.0, |p| p.words_height(sheet, slot.right().min(sheet.w - margin) - margin) + CAPTION_GAP + 0.5);
        let below = hero.bottom() + caption;
        let wide = self.shape.name == Shape::Wide;
        let lead_y = if wide { self.band + plan.gap } else { below + plan.gap - 3.2 };
        let lead_h = lead::height(sheet, parts, lead_slot.w, plan.lead);
        let body_y = lead_y + lead_h + if lead_h > 0.0 { plan.gap } else { 0.0 };
        let lead = Frame::new(lead_slot.x, lead_y, lead_slot.w, lead_h);
        let flow = self.flow(body_slot.w, plan);
        let body_limit = match self.shape.name {
            Shape::Tall => limit - self.side_height(plan, side_slot.w) - plan.gap,
            _ => limit,
        };
        let body = Frame::new(body_slot.x, body_y, body_slot.w, (body_limit - body_y).max(1.0));
        let over_body = flow.excess(self.columns, body.h);
        let side_y = match self.shape.name {
            Shape::Upright => body_y + 3.0,
            Shape::Wide => below + plan.gap - 3.2,
            Shape::Tall => body_y + flow.divide(self.columns, body.h).height + plan.gap,
        };
        let side = Frame::new(side_slot.x, side_y, side_slot.w, limit - side_y);
        let over_side = self.side_height(plan, side.w) - side.h;
        Places { hero, caption_y, lead, body, side, excess: over_body.max(over_side).max(0.0) }
    }

    fn column(&self, width: f64) -> f64 {
        body::column_width(width, self.columns, GUTTER)
    }

    fn side_height(&self, plan: &Plan, width: f64) -> f64 {
        self.side.height(&plan.sizes(), width)
    }

    fn draw_text(&self, pen: &mut Pen, plan: &Plan, places: &Places) {
        lead::draw(pen, self.parts, places.lead, plan.lead);
        if let Some((index, _)) = self.parts.body {
            let flow = self.flow(places.body.w, plan);
            let columns = flow.divide(self.columns, places.body.h);
            pen.block(index, |pen| flow.draw(pen, &columns, places.body, GUTTER, self.columns));
            flow.report(self.sheet, index, places.body, &columns.left_over);
        }
        self.side.draw(pen, &plan.sizes(), places.side);
    }
}
