//! 数字で見る: a chart across the panel, below it figures in columns, each with its note.
use crate::block::What;
use crate::layout::chart::Chart;
use crate::layout::figure::Figure;
use crate::layout::fit::{fit, notch};
use crate::layout::frames::{Arrangement, Shape};
use crate::layout::parts::Parts;
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet};
use crate::layout::{band, body, free};
use crate::theme::{ColourRole, Role};

/// Between the two columns of figures.
const GUTTER: f64 = 24.0;
const GAP: f64 = 14.0;

/// How far space to spare may part two figures.
const AIR: f64 = 26.0;

#[derive(Clone, Debug)]
struct Plan {
    chart: f64,
    size: f64,
    gap: f64,
}

struct Panel<'a> {
    sheet: &'a Sheet<'a>,
    parts: &'a Parts<'a>,
    shape: &'a Arrangement,
    chart: Frame,
    lower: Frame,
    /// Blocks below the chart, in the content's order.
    cells: Vec<(usize, &'a What)>,
}

pub(crate) fn draw(pen: &mut Pen, parts: &Parts, shape: &Arrangement) {
    let sheet = pen.sheet;
    let at = |name| shape.frame(name, sheet.w, sheet.h);
    let top = band::head(pen, parts, at("header")) + 14.0;
    let mut cells: Vec<(usize, &What)> = parts.figures.clone();
    cells.extend([parts.table, parts.facts, parts.names, parts.lead, parts.body, parts.occasion].into_iter().flatten());
    cells.extend(parts.rest.iter().copied());
    cells.extend([&parts.hero, &parts.second, &parts.third].into_iter().flatten().map(|p| (p.index, &sheet.content.blocks[p.index].what)));
    cells.sort_by_key(|(index, _)| *index);
    let (mut chart, mut lower) = (at("chart"), at("figures"));
    chart.h = (chart.bottom() - top).max(60.0);
    chart.y = top;
    let footer = band::foot(pen, parts, shape);
    lower.h = footer - 10.0 - lower.y;
    if shape.name == Shape::Wide {
        lower.h += lower.y - top;
        lower.y = top;
        chart.h = footer - 8.0 - top;
    }
    let panel = Panel { sheet, parts, shape, chart, lower, cells };
    panel.draw(pen);
}

impl Panel<'_> {
    fn draw(&self, pen: &mut Pen) {
        let wanted = || Plan { chart: self.chart.h, size: self.sheet.voice(Role::Figure, ColourRole::Main).size, gap: GAP };
        if self.sheet.is_tall() {
            self.sheet.swell_while(|| self.excess(&wanted()) <= 0.0);
        }
        let start = wanted();
        let (height, size) = (start.chart, start.size);
        let order = [
            notch(12, move |p: &mut Plan, t| p.chart = height - (height * 0.2) * t),
            notch(12, move |p: &mut Plan, t| p.size = size - (size - 110.0).max(0.0) * t),
        ];
        let (mut plan, _) = fit(start, &order, |p| self.excess(p));
        self.fill_out(&mut plan);
        let mut lower = self.lower_frame(&plan);
        if let Some((index, what)) = self.parts.chart
            && let Some(chart) = Chart::of(what)
        {
            let mut used = 0.0;
            pen.block(index, |pen| used = chart.draw(pen, Frame { h: plan.chart, ..self.chart }, None));
            if self.shape.name != Shape::Wide && used < plan.chart - 20.0 {
                lower.h += plan.chart - used - 10.0;
                lower.y -= plan.chart - used - 10.0;
            }
        }
        self.draw_cells(pen, &plan, lower);
        self.sheet.swell(1.0);
    }

    /// Room to spare goes to the chart, then between the figures.
    fn fill_out(&self, plan: &mut Plan) {
        // Some of it stays above the foot.
        let spare = -self.excess(plan) - GAP;
        if spare <= 0.0 || plan.chart < self.chart.h {
            return;
        }
        if self.parts.chart.is_some() && self.shape.name != Shape::Wide {
            plan.chart += (spare * 0.6).min(self.chart.h * 0.25);
        }
        let most = (0..8).map(|i| GAP + AIR * f64::from(8 - i) / 8.0).find(|gap| self.excess(&Plan { gap: *gap, ..plan.clone() }) <= -GAP);
        plan.gap = most.unwrap_or(GAP);
    }

    /// The figures move up by what the chart has given.
    fn lower_frame(&self, plan: &Plan) -> Frame {
        let mut f = self.lower;
        if self.parts.chart.is_none() {
            f = Frame { y: self.chart.y, h: self.lower.bottom() - self.chart.y, ..f };
        } else if self.shape.name != Shape::Wide {
            let won = self.chart.h - plan.chart;
            f.y -= won;
            f.h += won;
        }
        f
    }

    fn columns(&self) -> usize {
        if self.cells.len() < 2 { 1 } else { self.shape.columns }
    }

    /// Two columns as in the reference: the right one a little wider, for what counts its units in dots.
    fn column(&self, f: Frame, column: usize) -> Frame {
        if self.columns() == 1 {
            return f;
        }
        let share = 222.0 / (544.0 - GUTTER);
        let left = (f.w - GUTTER) * share;
        if column == 0 { Frame { w: left, ..f } } else { Frame { x: f.x + left + GUTTER, w: f.w - left - GUTTER, ..f } }
    }

    fn cell_height(&self, what: &What, f: Frame, size: f64) -> f64 {
        match Figure::of(what) {
            Some(figure) => figure.height(self.sheet, f.w, size),
            None => free::any(&mut Pen::silent(self.sheet), 0, what, Frame { y: 0.0, ..f }, None).min(f.h),
        }
    }

    /// Which column each cell stands in: what has dots goes right, the others to the lower column.
    fn deal(&self, plan: &Plan, f: Frame) -> (Vec<usize>, f64) {
        let mut heights = [0.0_f64; 2];
        let columns = self.columns();
        let mut order: Vec<usize> = Vec::new();
        for (_, what) in &self.cells {
            let wide = matches!(what, What::Figure { dots: Some(d), .. } if *d > 0) || matches!(what, What::Table { .. } | What::Body { .. });
            let column = match columns {
                1 => 0,
                _ if wide => 1,
                _ if heights[0] <= heights[1] || order.is_empty() => 0,
                _ => 1,
            };
            heights[column] += self.cell_height(what, self.column(f, column), plan.size) + plan.gap;
            order.push(column);
        }
        (order, heights[0].max(heights[1]) - plan.gap)
    }

    fn excess(&self, plan: &Plan) -> f64 {
        let f = self.lower_frame(plan);
        self.deal(plan, f).1 - f.h
    }

    fn draw_cells(&self, pen: &mut Pen, plan: &Plan, f: Frame) {
        let (order, _) = self.deal(plan, f);
        let mut y = [f.y; 2];
        let left: Vec<usize> = (0..2).map(|c| order.iter().filter(|o| **o == c).count()).collect();
        let mut seen = [0; 2];
        for ((index, what), column) in self.cells.iter().zip(&order) {
            let c = *column;
            seen[c] += 1;
            let slot = self.column(f, c);
            let cell = Frame::new(slot.x, y[c], slot.w, f.bottom() - y[c]);
            let height = self.cell_height(what, cell, plan.size);
            // The last of a column may use what is left; the others only what they need.
            let h = if seen[c] == left[c] { cell.h.max(1.0) } else { height };
            if y[c] + height > f.bottom() + 0.5 {
                body::overflow(self.sheet, *index, cell, 1, 0);
            }
            pen.block(*index, |pen| match Figure::of(what) {
                Some(figure) => {
                    figure.draw(pen, Frame { h, ..cell }, plan.size);
                }
                None => {
                    free::any(pen, *index, what, Frame { h, ..cell }, None);
                }
            });
            y[c] += height + plan.gap;
        }
    }
}
