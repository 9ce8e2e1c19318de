//! Pages without transparency, for PDF/X-1a (ISO 15930-1, clause 6): what a veil covers is drawn again in mixed ink.
//!
//! Each see-through shape is taken in turn. Pictures below it get the veil into their pixels (`coat`); everything else
//! below it is drawn once more inside its outline, in ink mixed with the veil's; where nothing lies below, paper does.
//! Mixing is done in CMYK, as the blending group of an X-4 page would.
use super::coat::Coat;
use crate::length::Pt;
use crate::page::{Group, Image, Ink, Item, Page, Paint, Segment, Shape, Stop};
use crate::theme::over;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bands into which a veil is cut over what has no mixed form of its own (type, lines, other shadings).
const BANDS: usize = 48;

/// A picture that veils lie on: pixels of `source`, coated.
pub struct Coated {
    pub source: String,
    pub coats: Vec<Coat>,
}

/// Coated pictures by the name that the flat page gives them.
pub type CoatedPictures = BTreeMap<String, Coated>;

type Path = Arc<Vec<Segment>>;

#[derive(Clone)]
struct Leaf {
    clips: Vec<Path>,
    item: Item,
}

/// A see-through paint: flat, or along a line.
#[derive(Clone)]
struct Veil {
    path: Path,
    clips: Vec<Path>,
    line: ((Pt, Pt), (Pt, Pt)),
    stops: Vec<Stop>,
}

/// The same page in opaque items only, links left out. `solid` tells of a picture that it has no clear pixels.
pub fn flatten(page: &Page, coated: &mut CoatedPictures, solid: &dyn Fn(&str) -> bool) -> Page {
    let mut flat = Flat { done: Vec::new(), coated, solid };
    flat.items(&page.items, &[]);
    Page { items: gathered(flat.done), ..page.clone() }
}

struct Flat<'c> {
    done: Vec<Leaf>,
    coated: &'c mut CoatedPictures,
    solid: &'c dyn Fn(&str) -> bool,
}

impl Flat<'_> {
    fn items(&mut self, items: &[Item], clips: &[Path]) {
        for item in items {
            match item {
                Item::Link(_) => {}
                Item::Group(Group { clip: Some(clip), items, .. }) => {
                    let inner: Vec<Path> = clips.iter().cloned().chain([Arc::new(clip.clone())]).collect();
                    self.items(items, &inner);
                }
                Item::Group(group) => self.items(&group.items, clips),
                Item::Shape(shape) => self.shape(shape, clips),
                other => self.done.push(Leaf { clips: clips.to_vec(), item: other.clone() }),
            }
        }
    }

    fn shape(&mut self, shape: &Shape, clips: &[Path]) {
        let opaque = |stops: &[Stop]| stops.iter().all(|stop| stop.opacity >= 1.0);
        let whole = shape.opacity >= 1.0 && !matches!(&shape.fill, Some(Paint::Linear { stops, .. }) if !opaque(stops));
        if whole {
            return self.done.push(Leaf { clips: clips.to_vec(), item: Item::Shape(shape.clone()) });
        }
        let thinned = |stop: &Stop| Stop { opacity: (stop.opacity * shape.opacity).clamp(0.0, 1.0), ..*stop };
        let nowhere = ((Pt::ZERO, Pt::ZERO), (Pt(1.0), Pt::ZERO));
        let even = |ink: Ink| vec![Stop { at: 0.0, ink, opacity: shape.opacity }];
        let veil = |path: Vec<Segment>, line, stops| Veil { path: Arc::new(path), clips: clips.to_vec(), line, stops };
        match &shape.fill {
            None => {}
            Some(Paint::Flat(ink)) => self.lay(&veil(shape.path.clone(), nowhere, even(*ink))),
            Some(Paint::Linear { from, to, stops }) => self.lay(&veil(shape.path.clone(), (*from, *to), stops.iter().map(thinned).collect())),
        }
        let Some(stroke) = &shape.stroke else { return };
        if shape.opacity >= 1.0 {
            let line = Shape { fill: None, ..shape.clone() };
            self.done.push(Leaf { clips: clips.to_vec(), item: Item::Shape(line) });
        } else if let Some(outline) = super::coat::stroked(&shape.path, stroke) {
            self.lay(&veil(outline, nowhere, even(stroke.ink)));
        }
    }

    fn lay(&mut self, veil: &Veil) {
        let Some(area) = veil.area() else { return };
        let below: Vec<usize> = (0..self.done.len()).filter(|i| extent(&self.done[*i]).is_some_and(|e| meet(e, area).is_some())).collect();
        self.coat(&below, veil);
        // What lies below a thing that covers the whole veil is not seen.
        let floor = below.iter().rposition(|i| self.covers(&self.done[*i], area));
        let mut clips = veil.clips.clone();
        clips.push(veil.path.clone());
        let mut again = Vec::new();
        if floor.is_none() {
            again.push(Leaf { clips: veil.clips.clone(), item: veil.on_paper() });
        }
        for (place, index) in below.iter().enumerate().skip(floor.unwrap_or(0)) {
            let leaf = &self.done[*index];
            // A picture at the bottom carries the veil in its pixels already.
            if Some(place) == floor && matches!(leaf.item, Item::Image(_)) {
                continue;
            }
            let inside = Leaf { clips: leaf.clips.iter().chain(&clips).cloned().collect(), item: leaf.item.clone() };
            veil.mixed(inside, &mut again);
        }
        self.done.extend(again);
    }

    /// Puts the veil into the pixels of every picture below it, once.
    fn coat(&mut self, below: &[usize], veil: &Veil) {
        let mut met: Vec<String> = Vec::new();
        for index in below {
            let Item::Image(image) = &mut self.done[*index].item else { continue };
            if met.contains(&image.name) && self.coated.contains_key(&image.name) {
                continue;
            }
            if !self.coated.contains_key(&image.name) {
                let name = format!("{}\u{1}{}", image.name, self.coated.len());
                self.coated.insert(name.clone(), Coated { source: image.name.clone(), coats: Vec::new() });
                image.name = name;
            }
            let within = veil.clips.iter().chain([&veil.path]);
            let coat = Coat::new(within.map(|path| &path[..]), veil.line, &veil.stops, image);
            if let Some(coated) = self.coated.get_mut(&image.name) {
                coated.coats.push(coat);
            }
            met.push(image.name.clone());
        }
    }

    /// Whether the leaf hides everything below it in `area`: an upright rectangle of ink, or a picture without clear pixels.
    fn covers(&self, leaf: &Leaf, area: [f64; 4]) -> bool {
        let holds = |[x0, y0, x1, y1]: [f64; 4]| {
            const HAIR: f64 = 0.02;
            x0 <= area[0] + HAIR && y0 <= area[1] + HAIR && x1 >= area[2] - HAIR && y1 >= area[3] - HAIR
        };
        let own = match &leaf.item {
            Item::Image(image) => {
                let source = self.coated.get(&image.name).map_or(&image.name, |coated| &coated.source);
                (self.solid)(source).then(|| of_image(image))
            }
            Item::Shape(Shape { path, fill: Some(_), .. }) => upright(path),
            _ => None,
        };
        own.is_some_and(holds) && leaf.clips.iter().all(|clip| upright(clip).is_some_and(holds))
    }
}

impl Veil {
    /// The smallest upright frame around what the veil covers.
    fn area(&self) -> Option<[f64; 4]> {
        self.clips.iter().try_fold(frame(&self.path)?, |area, clip| meet(area, frame(clip)?))
    }

    fn flat(&self) -> Option<(Ink, f64)> {
        let first = self.stops.first()?;
        let same = self.stops.iter().all(|stop| stop.opacity == first.opacity && stop.ink == first.ink);
        same.then_some((first.ink, f64::from(first.opacity)))
    }

    fn on_paper(&self) -> Item {
        self.over_ink(&self.path, Ink::WHITE)
    }

    /// A shape of one ink as it looks under the veil.
    fn over_ink(&self, path: &[Segment], ground: Ink) -> Item {
        let fill = match self.flat() {
            Some((ink, opacity)) => Paint::Flat(over(ink, opacity, ground)),
            None => Paint::Linear { from: self.line.0, to: self.line.1, stops: self.stops_over(ground) },
        };
        Item::Shape(Shape { path: path.to_vec(), fill: Some(fill), stroke: None, opacity: 1.0 })
    }

    /// Between two stops of one ink the mixture is straight; where the ink changes as well it is bent, so the way is cut up.
    fn stops_over(&self, ground: Ink) -> Vec<Stop> {
        let mixed = |stop: &Stop| Stop { at: stop.at, ink: over(stop.ink, f64::from(stop.opacity), ground), opacity: 1.0 };
        let mut out: Vec<Stop> = self.stops.first().map(mixed).into_iter().collect();
        for pair in self.stops.windows(2) {
            if pair[0].ink != pair[1].ink {
                out.extend((1..8).map(|i| mixed(&between(&pair[0], &pair[1], i as f32 / 8.0))));
            }
            out.push(mixed(&pair[1]));
        }
        out
    }

    fn mixed(&self, leaf: Leaf, out: &mut Vec<Leaf>) {
        let Leaf { clips, item } = leaf;
        let mut put = |item| out.push(Leaf { clips: clips.clone(), item });
        match (&item, self.flat()) {
            (Item::Image(_), _) => put(item),
            (Item::Shape(Shape { path, fill: Some(Paint::Flat(ground)), stroke: None, .. }), _) => put(self.over_ink(path, *ground)),
            (_, Some((ink, opacity))) => put(tinted(item, ink, opacity)),
            _ => {
                for (band, ink, opacity) in self.bands() {
                    let inside = clips.iter().cloned().chain([band]).collect();
                    out.push(Leaf { clips: inside, item: tinted(item.clone(), ink, opacity) });
                }
            }
        }
    }

    /// The veil as strips across its line, each of one strength.
    fn bands(&self) -> Vec<(Path, Ink, f64)> {
        let Some([x0, y0, x1, y1]) = self.area() else { return Vec::new() };
        let ((fx, fy), (tx, ty)) = self.line;
        let (dx, dy) = (tx.0 - fx.0, ty.0 - fy.0);
        let length = dx.hypot(dy).max(1e-9);
        // Far enough across the line to pass the area's corners.
        let wide = (x1 - x0).hypot(y1 - y0) + (x0 - fx.0).hypot(y0 - fy.0);
        let point = |along: f64, side: f64| (Pt(fx.0 + dx * along - dy / length * side), Pt(fy.0 + dy * along + dx / length * side));
        let strip = |a: f64, b: f64| {
            let corners = [point(a, -wide), point(b, -wide), point(b, wide), point(a, wide)];
            let mut path = vec![Segment::Move(corners[0].0, corners[0].1)];
            path.extend(corners[1..].iter().map(|(x, y)| Segment::Line(*x, *y)));
            path.push(Segment::Close);
            Arc::new(path)
        };
        let far = wide / length + 1.0;
        (0..BANDS)
            .map(|i| {
                let (a, b) = (i as f64 / BANDS as f64, (i + 1) as f64 / BANDS as f64);
                let stop = super::coat::at(&self.stops, ((a + b) / 2.0) as f32);
                let path = strip(if i == 0 { -far } else { a }, if i + 1 == BANDS { far } else { b });
                (path, stop.0, stop.1)
            })
            .collect()
    }
}

fn between(a: &Stop, b: &Stop, t: f32) -> Stop {
    let mix = |x: f32, y: f32| x + (y - x) * t;
    Stop { at: mix(a.at, b.at), ink: over(b.ink, f64::from(t), a.ink), opacity: mix(a.opacity, b.opacity) }
}

/// The item with `ink` laid over all its colours.
fn tinted(item: Item, ink: Ink, opacity: f64) -> Item {
    let mix = |ground: Ink| over(ink, opacity, ground);
    match item {
        Item::Glyphs(mut run) => {
            run.ink = mix(run.ink);
            Item::Glyphs(run)
        }
        Item::Shape(mut shape) => {
            match &mut shape.fill {
                Some(Paint::Flat(ground)) => *ground = mix(*ground),
                Some(Paint::Linear { stops, .. }) => stops.iter_mut().for_each(|stop| stop.ink = mix(stop.ink)),
                None => {}
            }
            if let Some(stroke) = &mut shape.stroke {
                stroke.ink = mix(stroke.ink);
            }
            Item::Shape(shape)
        }
        other => other,
    }
}

/// x0 y0 x1 y1 around a path, control points included.
fn frame(path: &[Segment]) -> Option<[f64; 4]> {
    let points = path.iter().flat_map(|segment| match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => vec![(x.0, y.0)],
        Segment::Curve(a, b, c, d, x, y) => vec![(a.0, b.0), (c.0, d.0), (x.0, y.0)],
        Segment::Close => vec![],
    });
    around(points)
}

fn around(points: impl Iterator<Item = (f64, f64)>) -> Option<[f64; 4]> {
    points.fold(None, |found: Option<[f64; 4]>, (x, y)| {
        let [x0, y0, x1, y1] = found.unwrap_or([x, y, x, y]);
        Some([x0.min(x), y0.min(y), x1.max(x), y1.max(y)])
    })
}

fn meet(a: [f64; 4], b: [f64; 4]) -> Option<[f64; 4]> {
    let both = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (both[0] < both[2] && both[1] < both[3]).then_some(both)
}

fn of_image(image: &Image) -> [f64; 4] {
    [image.x.0, image.y.0, image.x.0 + image.width.0, image.y.0 + image.height.0]
}

fn extent(leaf: &Leaf) -> Option<[f64; 4]> {
    let own = match &leaf.item {
        Item::Image(image) => of_image(image),
        Item::Shape(shape) => {
            let half = shape.stroke.as_ref().map_or(0.01, |stroke| stroke.width.0);
            let [x0, y0, x1, y1] = frame(&shape.path)?;
            [x0 - half, y0 - half, x1 + half, y1 + half]
        }
        Item::Glyphs(run) => {
            let [x0, y0, x1, y1] = around(run.glyphs.iter().map(|g| (g.x.0, g.y.0)))?;
            let em = run.size.0 * 1.5;
            [x0 - em, y0 - em, x1 + em, y1 + em]
        }
        Item::Link(_) | Item::Group(_) => return None,
    };
    leaf.clips.iter().try_fold(own, |area, clip| meet(area, frame(clip)?))
}

/// The frame of a path that is an upright rectangle.
fn upright(path: &[Segment]) -> Option<[f64; 4]> {
    let around = frame(path)?;
    (matches!(path.len(), 4 | 5) && path.iter().all(|segment| on_corner(segment, around))).then_some(around)
}

fn on_corner(segment: &Segment, [x0, y0, x1, y1]: [f64; 4]) -> bool {
    match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => (x.0 == x0 || x.0 == x1) && (y.0 == y0 || y.0 == y1),
        Segment::Curve(..) => false,
        Segment::Close => true,
    }
}

/// Neighbours under the same clips share their groups.
fn gathered(leaves: Vec<Leaf>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    let mut run: Vec<Item> = Vec::new();
    let mut clips: Vec<Path> = Vec::new();
    let close = |run: &mut Vec<Item>, clips: &[Path], out: &mut Vec<Item>| {
        let items = std::mem::take(run);
        if items.is_empty() {
            return;
        }
        let wrapped = clips.iter().rev().fold(items, |items, clip| vec![Item::Group(Group { block: None, clip: Some(clip.to_vec()), items })]);
        out.extend(wrapped);
    };
    for leaf in leaves {
        let same = leaf.clips.len() == clips.len() && leaf.clips.iter().zip(&clips).all(|(a, b)| Arc::ptr_eq(a, b));
        if !same {
            close(&mut run, &clips, &mut out);
            clips = leaf.clips;
        }
        run.push(leaf.item);
    }
    close(&mut run, &clips, &mut out);
    out
}
