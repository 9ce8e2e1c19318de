//! The blocks of a content by their part in a template.
use crate::block::{Content, Fact, PhotoRole, Section, What};
use crate::layout::photo::Photo;

pub(crate) type Part<'a> = Option<(usize, &'a What)>;

/// First block of each kind; whatever no template names by kind is in `rest`, in the content's order.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub title: Part<'a>,
    pub subtitle: Part<'a>,
    pub lead: Part<'a>,
    pub tag: Part<'a>,
    pub body: Part<'a>,
    pub facts: Part<'a>,
    pub table: Part<'a>,
    pub chart: Part<'a>,
    pub names: Part<'a>,
    pub occasion: Part<'a>,
    pub qr: Part<'a>,
    pub footer: Part<'a>,
    pub hero: Option<Photo<'a>>,
    pub second: Option<Photo<'a>>,
    pub third: Option<Photo<'a>>,
    pub figures: Vec<(usize, &'a What)>,
    pub rest: Vec<(usize, &'a What)>,
    /// On a page that goes on with one block: only it, between head and foot.
    only: Option<usize>,
}

impl<'a> Parts<'a> {
    /// Blocks without a place of their own.
    pub(crate) fn gather(content: &'a Content, only: Option<usize>) -> Self {
        let mut parts = Parts { only, ..Parts::default() };
        for (index, block) in content.blocks.iter().enumerate().filter(|(_, b)| b.place.is_none()) {
            let what = &block.what;
            if !parts.shows(index, what) {
                continue;
            }
            if let Some(photo) = Photo::of(index, what) {
                parts.take_photo(photo, what);
                continue;
            }
            let slot = match what {
                What::Title { .. } => &mut parts.title,
                What::Subtitle { .. } => &mut parts.subtitle,
                What::Lead { .. } => &mut parts.lead,
                What::Tag { .. } => &mut parts.tag,
                What::Body { .. } => &mut parts.body,
                What::Facts { .. } => &mut parts.facts,
                What::Table { .. } => &mut parts.table,
                What::Chart { .. } => &mut parts.chart,
                What::Municipalities { .. } => &mut parts.names,
                What::Occasion { .. } => &mut parts.occasion,
                What::Qr { .. } => &mut parts.qr,
                What::Footer { .. } => &mut parts.footer,
                What::Figure { .. } => {
                    parts.figures.push((index, what));
                    continue;
                }
                What::Photo { .. } => continue,
                What::List { .. }
                | What::PhotoGrid { .. }
                | What::Timetable { .. }
                | What::Chronology { .. }
                | What::Plan { .. }
                | What::Logo { .. }
                | What::Signature { .. } => {
                    parts.rest.push((index, what));
                    continue;
                }
            };
            match slot {
                None => *slot = Some((index, what)),
                Some(_) => parts.rest.push((index, what)),
            }
        }
        parts
    }

    fn shows(&self, index: usize, what: &What) -> bool {
        let framing = matches!(what, What::Title { .. } | What::Subtitle { .. } | What::Tag { .. } | What::Footer { .. } | What::Qr { .. });
        self.only.is_none_or(|only| framing || index == only)
    }

    /// Whether a photo of the panel already says this credit.
    pub(crate) fn credited(&self, credit: &str) -> bool {
        [&self.hero, &self.second, &self.third].into_iter().flatten().any(|photo| photo.credit == credit.trim())
    }

    fn take_photo(&mut self, photo: Photo<'a>, what: &'a What) {
        let What::Photo { role, .. } = what else { return };
        // A second photo with the same role moves on to the next free one.
        let slots = match role {
            PhotoRole::Hero => [&mut self.hero, &mut self.second, &mut self.third],
            PhotoRole::Second => [&mut self.second, &mut self.third, &mut self.hero],
            PhotoRole::Third => [&mut self.third, &mut self.second, &mut self.hero],
        };
        let index = photo.index;
        for slot in slots {
            if slot.is_none() {
                *slot = Some(photo);
                return;
            }
        }
        self.rest.push((index, what));
    }
}

impl<'a> Parts<'a> {
    /// The body's sections, and in how many columns they stand: as many as the writer asks for, else the template.
    pub(crate) fn text(&self, columns: usize) -> (&'a [Section], usize) {
        match self.body {
            Some((_, What::Body { sections, columns: asked })) => (sections, asked.map_or(columns, |c| usize::from(c.clamp(1, 4)))),
            _ => (&[], columns),
        }
    }

    pub(crate) fn fact_rows(&self) -> &'a [Fact] {
        match self.facts {
            Some((_, What::Facts { rows })) => rows,
            _ => &[],
        }
    }

    /// Blocks without a place that are neither head nor foot, in the content's order.
    pub(crate) fn loose(&self, content: &'a Content) -> Vec<(usize, &'a What)> {
        let framed: Vec<usize> = [self.title, self.subtitle, self.tag, self.footer, self.qr].into_iter().flatten().map(|(i, _)| i).collect();
        let all = content.blocks.iter().enumerate().filter(|(_, b)| b.place.is_none());
        all.filter(|(i, b)| !framed.contains(i) && self.shows(*i, &b.what)).map(|(i, b)| (i, &b.what)).collect()
    }
}
