//! Templates as data: where a composition puts its parts on an upright, a wide and a tall paper.
use crate::block::Template;
use crate::layout::sheet::Frame;
use crate::length::Mm;
use crate::own_template::{OwnShape, OwnTemplate};
use crate::theme::Composition;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// One arrangement for papers of about its proportions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arrangement {
    pub name: Shape,
    /// Paper in A1 millimetres that the frames were drawn for.
    pub design: [f64; 2],
    #[serde(default = "one")]
    pub columns: usize,
    /// x, y, w, h in A1 millimetres.
    frames: BTreeMap<String, [f64; 4]>,
}

/// What a paper looks like to a template: A1 on end, A1 on its side, a tapestry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Upright,
    Wide,
    Tall,
}

fn one() -> usize {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Arrangements {
    band: Vec<Arrangement>,
    #[serde(default)]
    wave: Vec<Arrangement>,
    #[serde(default)]
    mount: Vec<Arrangement>,
    #[serde(default)]
    vertical: Vec<Arrangement>,
}

impl Arrangements {
    /// A composition without arrangements of its own takes those of the one whose foot is like its own: 額 stands on hills
    /// as 波 stands on a band, 縦 stands on paper as 帯 does.
    fn of(&self, composition: Composition) -> &[Arrangement] {
        let order = match composition {
            Composition::Band => [&self.band, &self.band],
            Composition::Wave => [&self.wave, &self.band],
            Composition::Mount => [&self.mount, &self.wave],
            Composition::Vertical => [&self.vertical, &self.band],
        };
        order.into_iter().find(|list| !list.is_empty()).unwrap_or(&self.band)
    }
}

static SHIPPED: LazyLock<[(Template, Arrangements); 7]> = LazyLock::new(|| {
    let read = |text| serde_json::from_str(text).expect("a shipped template is well formed: a test reads them all");
    [
        (Template::Municipality, read(include_str!("../../../../assets/templates/municipality.json"))),
        (Template::Title, read(include_str!("../../../../assets/templates/title.json"))),
        (Template::Figures, read(include_str!("../../../../assets/templates/figures.json"))),
        (Template::Record, read(include_str!("../../../../assets/templates/record.json"))),
        (Template::Booth, read(include_str!("../../../../assets/templates/booth.json"))),
        (Template::Caption, read(include_str!("../../../../assets/templates/caption.json"))),
        (Template::Tapestry, read(include_str!("../../../../assets/templates/tapestry_frames.json"))),
    ]
});

impl Arrangement {
    /// The arrangement whose proportions are nearest to the paper's.
    pub(crate) fn choose(template: Template, composition: Composition, paper: (Mm, Mm)) -> &'static Arrangement {
        // Templates of rows have head and foot in common with 連携実績.
        let of = |template: Template| SHIPPED.iter().find(|(t, _)| *t == template);
        let (_, all) = of(template).or_else(|| of(Template::Record)).unwrap_or(&SHIPPED[0]);
        let list = all.of(composition);
        let aspect = |w: f64, h: f64| (w / h).ln();
        let wanted = aspect(paper.0.0, paper.1.0);
        let distance = |a: &&Arrangement| (aspect(a.design[0], a.design[1]) - wanted).abs();
        list.iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(&list[0])
    }

    /// The arrangement of a template of one's own: its shape nearest to the paper, over the shipped one of that shape.
    pub(crate) fn own(own: &OwnTemplate, composition: Composition, paper: (Mm, Mm)) -> Option<Arrangement> {
        let aspect = |w: f64, h: f64| (w / h).ln();
        let wanted = aspect(paper.0.0, paper.1.0);
        let distance = |s: &&OwnShape| (aspect(s.design[0], s.design[1]) - wanted).abs();
        let shape = own.shapes.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let base = Self::choose(own.base, composition, (Mm(shape.design[0]), Mm(shape.design[1])));
        let (sx, sy) = (shape.design[0] / base.design[0], shape.design[1] / base.design[1]);
        let mut frames: BTreeMap<String, [f64; 4]> = base.frames.iter().map(|(n, [x, y, w, h])| (n.clone(), [x * sx, y * sy, w * sx, h * sy])).collect();
        frames.extend(shape.frames.iter().map(|(n, f)| (n.clone(), *f)));
        Some(Arrangement { name: shape.name.unwrap_or(base.name), design: shape.design, columns: shape.columns.unwrap_or(base.columns), frames })
    }

    /// Names of all parts that a template has in any composition.
    pub(crate) fn parts(template: Template) -> BTreeSet<&'static str> {
        let all = SHIPPED.iter().filter(|(t, _)| *t == template).flat_map(|(_, a)| [&a.band, &a.wave, &a.mount, &a.vertical]);
        all.flatten().flat_map(|a| a.frames.keys().map(String::as_str)).collect()
    }

    /// The paper's factor to the design: type never grows beyond the narrower side's share.
    pub(crate) fn factor(&self, paper: (Mm, Mm)) -> f64 {
        (paper.0.0 / self.design[0]).min(paper.1.0 / self.design[1])
    }

    /// A frame stretched to a sheet of `w` × `h`; empty when the arrangement has no such part.
    pub(crate) fn frame(&self, name: &str, w: f64, h: f64) -> Frame {
        let [x, y, width, height] = self.frames.get(name).copied().unwrap_or_default();
        let (sx, sy) = (w / self.design[0], h / self.design[1]);
        let mut frame = Frame::new(x * sx, y * sy, width * sx, height * sy);
        // An upright arrangement on a tapestry: what does not bleed stays below the upper rod.
        let rod = h / 30.0 + 4.0;
        if self.name == Shape::Upright && h > w * 1.9 && frame.y > 0.0 && frame.y < rod {
            frame.y = rod;
        }
        frame
    }
}
