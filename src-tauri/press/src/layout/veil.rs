//! Veils: shading between a picture and the type on it, strong enough for 4.5 : 1 on whatever the picture shows.
use crate::layout::pen::Pen;
use crate::layout::sheet::Frame;
use crate::length::Pt;
use crate::page::{Ink, Paint, Stop, rectangle};
use crate::theme::{contrast, over};

/// A picture can be anything: white type is reckoned on its lightest, dark type on a mid sky.
const LIGHTEST: Ink = Ink { cmyk: [0.0; 4], srgb: [255, 255, 255] };
/// Darkest sky that the haze is made for.
const SKY: Ink = Ink { cmyk: [40.0, 15.0, 5.0, 0.0], srgb: [150, 188, 214] };

/// Least opacity of `layer` at which white type on it keeps the ratio over a white picture.
pub(crate) fn enough(layer: Ink, ratio: f64) -> f64 {
    let fine = |opacity: f64| contrast([255; 3], over(layer, opacity, LIGHTEST).srgb) >= ratio;
    (50..=100).map(|p| f64::from(p) / 100.0).find(|o| fine(*o)).unwrap_or(1.0)
}

/// From nothing at the top to full; type may stand `start` mm below the frame's top. Gives the ground of the type.
pub(crate) fn rising(pen: &mut Pen, f: Frame, ink: Ink, start: f64) -> Ink {
    let needed = enough(ink, 4.7);
    let at = (start / f.h).clamp(0.05, 0.95) as f32;
    let stops = [(0.0, 0.0), (f64::from(at) * 0.5, needed * 0.45), (f64::from(at), needed), (1.0, 0.94_f64.max(needed))];
    let line = downwards(pen, f);
    shade(pen, f, ink, &stops, line);
    over(ink, needed, LIGHTEST)
}

/// White haze that keeps dark type readable on a sky; it ends softly. Gives the ground of the type.
pub(crate) fn haze(pen: &mut Pen, f: Frame, paper: Ink) -> Ink {
    let line = downwards(pen, f);
    shade(pen, f, paper, &[(0.0, 0.62), (0.7, 0.5), (1.0, 0.0)], line);
    over(paper, 0.5, SKY)
}

/// From the upper left corner downwards and to the right: full strength as far as the farthest of `corners`, then fading out,
/// so that the rest of the picture stays clear. Gives the ground of the type.
pub(crate) fn slanting(pen: &mut Pen, f: Frame, ink: Ink, corners: &[(f64, f64)]) -> Ink {
    const SLOPE: (f64, f64) = (0.22, 0.9755);
    let needed = enough(ink, 4.7);
    let along = |(x, y): (f64, f64)| (x - f.x) * SLOPE.0 + (y - f.y) * SLOPE.1;
    let solid = corners.iter().map(|c| along(*c)).fold(1.0, f64::max) + 4.0;
    let end = solid * 1.5;
    let at = |t: f64| t * solid / end;
    let stops = [(0.0, 0.9_f64.max(needed)), (at(1.0), needed), (at(1.16), needed * 0.64), (at(1.33), needed * 0.23), (1.0, 0.0)];
    let p = |v: f64| pen.sheet.pt(v);
    let line = ((p(f.x), p(f.y)), (p(f.x + end * SLOPE.0), p(f.y + end * SLOPE.1)));
    shade(pen, f, ink, &stops, line);
    over(ink, needed, LIGHTEST)
}

/// The line along which a frame is shaded from top to bottom.
fn downwards(pen: &Pen, f: Frame) -> ((Pt, Pt), (Pt, Pt)) {
    let p = |v: f64| pen.sheet.pt(v);
    ((p(f.x), p(f.y)), (p(f.x), p(f.bottom())))
}

fn shade(pen: &mut Pen, f: Frame, ink: Ink, stops: &[(f64, f64)], (from, to): ((Pt, Pt), (Pt, Pt))) {
    let p = |v: f64| pen.sheet.pt(v);
    let stops = stops.iter().map(|(at, opacity)| Stop { at: *at as f32, ink, opacity: *opacity as f32 }).collect();
    let path = rectangle(p(f.x), p(f.y), p(f.w), p(f.h), Pt::ZERO);
    pen.shape(path, Some(Paint::Linear { from, to, stops }), None);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{ColourRole, Theme};

    #[test]
    fn white_type_on_a_veil_keeps_its_contrast_even_on_a_white_picture() {
        for theme in Theme::shipped() {
            let main = theme.colour(ColourRole::Main);
            let opacity = enough(main, 4.7);
            assert!(opacity < 0.85, "{}: {opacity}", theme.name);
            assert!(contrast([255; 3], over(main, opacity, LIGHTEST).srgb) >= 4.7);
        }
    }
}
