//! Sea, river and lake scenes, and the water that the other scenes borrow.
use super::light::Light;
use super::{Art, H, W, land};

/// Water from `top` to `bottom`: gradient, streaks that grow towards us, and the sun's path.
pub(crate) fn water(art: &mut Art, light: &Light, top: f64, bottom: f64) {
    let s = light.sea;
    let paint = art.shade(top, bottom, &[(0.0, s[0], 1.0), (0.12, s[1], 1.0), (1.0, s[2], 1.0)]);
    art.rect(0.0, top, W, bottom - top, &paint);
    for _ in 0..1500 {
        let t = art.chance().powf(1.7);
        let y = top + 4.0 + t * (bottom - top);
        let (x, long) = (art.between(-100.0, W), art.between(14.0, 60.0) + t * art.between(30.0, 220.0));
        let (bright, o) = (art.chance() > 0.45, art.between(0.05, 0.26));
        let lift = art.between(-2.0, 2.0) * (1.0 + t * 3.0);
        art.line(&[(x, y), (x + long * 0.5, y + lift), (x + long, y)], if bright { light.glint } else { s[2] }, 1.4 + t * 5.0, o);
    }
    if let Some((sx, ..)) = light.sun {
        for _ in 0..520 {
            let t = art.chance().powf(1.25);
            let wide = 46.0 + t * 260.0;
            let x = sx + (art.chance() + art.chance() - 1.0) * wide;
            let (y, long, o) = (top + 3.0 + t * (bottom - top) * 0.9, art.between(20.0, 70.0) * (0.5 + t * 1.6), art.between(0.2, 0.75) * (1.0 - t * 0.6));
            art.line(&[(x - long, y), (x + long, y)], light.glint, 2.0 + t * 6.0, o);
        }
    }
}

pub(crate) fn far_hills(art: &mut Art, light: &Light, y: f64) {
    for (i, (lift, height)) in [(0.0, 150.0), (26.0, 100.0)].iter().enumerate() {
        let ridge = art.ridge(y - 90.0 + lift, *height, 0.5, 160);
        let paint = art.shade(y - 260.0, y + 30.0, &[(0.0, light.hills[i], 1.0), (1.0, light.sky[3], 0.85)]);
        art.under(&ridge, y + 4.0, &paint);
    }
}

/// A stony headland from the right: ridge, shaded face, grass on top.
pub(crate) fn headland(art: &mut Art, light: &Light, from_x: f64, top: f64, base: f64) {
    let steps = 60;
    let mut edge: Vec<(f64, f64)> = (0..=steps).map(|i| {
        let t = i as f64 / steps as f64;
        let rise = (t * 2.1).min(1.0).powf(0.62);
        let rough = art.between(-13.0, 13.0) * (0.3 + t);
        (from_x + t * (W + 60.0 - from_x), base - (base - top) * rise + rough)
    }).collect();
    edge.insert(0, (from_x - 30.0, base + 6.0));
    let s = light.stone;
    let face = art.shade(top, base + 120.0, &[(0.0, s[1], 1.0), (0.6, s[2], 1.0), (1.0, s[2], 1.0)]);
    let mut body = edge.clone();
    body.push((W + 60.0, H + 20.0));
    body.push((from_x + 420.0, H + 20.0));
    art.polygon(&body, &face, 1.0);
    // Facets of the rock: lit from the left.
    for _ in 0..620 {
        let i = 2 + (art.chance() * (edge.len() - 4) as f64) as usize;
        let (ex, ey) = edge[i];
        let y = ey + art.chance().powf(0.8) * (H - ey) * 0.95;
        let x = ex + art.between(-20.0, 60.0);
        if x < from_x + (y - base).max(0.0) * 0.42 + 20.0 {
            continue;
        }
        let (w, h) = (art.between(16.0, 70.0), art.between(34.0, 150.0));
        let tone = art.pick(&[s[0], s[1], s[1], s[2], "#2b2726"]);
        let o = art.between(0.10, 0.42);
        art.polygon(&[(x, y), (x + w, y + h * 0.2), (x + w * 0.7, y + h), (x - w * 0.2, y + h * 0.7)], tone, o);
    }
    land::turf(art, light, &edge[1..], 92.0);
    // Foam at the foot.
    for _ in 0..90 {
        let t = art.chance();
        let (x, y) = (from_x - 40.0 + t * 470.0, base + 14.0 + t * (H - base) + art.between(-10.0, 16.0));
        let (rx, ry, o) = (art.between(16.0, 70.0), art.between(4.0, 13.0), art.between(0.25, 0.7));
        art.ellipse(x, y, rx, ry, "#f7f5ef", o);
    }
}

pub(crate) fn beach(art: &mut Art, light: &Light) {
    far_hills(art, light, 1062.0);
    water(art, light, 1060.0, 1640.0);
    let sand: Vec<(f64, f64)> = (0..=90).map(|i| {
        let t = i as f64 / 90.0;
        (t * W, 1690.0 - 330.0 * t.powf(1.6) + 26.0 * (t * 9.0).sin())
    }).collect();
    for (lift, colour, o) in [(-46.0, "#ffffff", 0.55), (-24.0, light.sea[0], 0.8), (-12.0, "#ffffff", 0.9)] {
        let shifted: Vec<_> = sand.iter().map(|(x, y)| (*x, y + lift + 9.0 * (x * 0.011).sin())).collect();
        let mut under = shifted.clone();
        under.push((W, H));
        under.push((0.0, H));
        art.polygon(&under, colour, o);
    }
    let paint = art.shade(1360.0, H, &[(0.0, "#efe0bf", 1.0), (1.0, "#d3b98c", 1.0)]);
    art.under(&sand, H + 10.0, &paint);
    for _ in 0..900 {
        let (x, t) = (art.between(0.0, W), art.chance());
        let floor = 1690.0 - 330.0 * (x / W).powf(1.6) + 40.0;
        let (y, o) = (floor + t * (H - floor), art.between(0.05, 0.2));
        art.ellipse(x, y, art_size(t, 16.0), art_size(t, 4.0), "#9c8258", o);
    }
    land::pines(art, light, 2200.0, 3050.0, 1400.0, 9);
}

fn art_size(t: f64, full: f64) -> f64 {
    full * (0.3 + t * 0.9)
}

pub(crate) fn cliffs(art: &mut Art, light: &Light) {
    water(art, light, 1060.0, H);
    for (i, (x, top, base)) in [(1560.0, 640.0, 1130.0), (1120.0, 700.0, 1330.0), (1900.0, 420.0, 1560.0)].iter().enumerate() {
        if i != 1 {
            strata(art, light, *x, *top, *base);
        }
    }
    for _ in 0..60 {
        let (x, o) = (art.between(1450.0, W), art.between(0.3, 0.8));
        let y = 1560.0 + (x - 1900.0).abs() * 0.03 + art.between(-8.0, 10.0);
        if x > 1880.0 {
            art.ellipse(x, y, 50.0, 8.0, "#fbf8f0", o);
        }
    }
}

/// A wall of layered rock as at 屏風ケ浦.
fn strata(art: &mut Art, light: &Light, from_x: f64, top: f64, base: f64) {
    let tops: Vec<(f64, f64)> = (0..=50).map(|i| {
        let t = i as f64 / 50.0;
        (from_x + t * (W + 40.0 - from_x), top + (1.0 - (t * 7.0).min(1.0)) * (base - top) * 0.9 + art.between(-14.0, 14.0) - 60.0 * t)
    }).collect();
    let s = light.stone;
    let paint = art.across(from_x, W, &[(0.0, s[2], 1.0), (0.25, s[1], 1.0), (1.0, s[0], 1.0)]);
    let mut body = tops.clone();
    body.push((W + 40.0, base));
    body.push((from_x - 10.0, base));
    art.polygon(&body, &paint, 1.0);
    let layers = 26;
    for i in 1..layers {
        let t = f64::from(i) / f64::from(layers);
        let points: Vec<(f64, f64)> = tops.iter().enumerate().skip(1 + i as usize / 5).map(|(k, (x, y))| (*x, y + (base - y) * t + 5.0 * ((k as f64) * 0.9 + f64::from(i)).sin())).collect();
        if points.len() > 2 {
            let (tone, w, o) = (if i % 3 == 0 { s[2] } else { "#5d5145" }, art.between(3.0, 14.0), art.between(0.2, 0.5));
            art.line(&points, tone, w, o);
        }
    }
    for _ in 0..15 {
        let k = (art.chance() * 49.0) as usize;
        let (x, y) = tops[k.max(3)];
        let (x, w, o) = (x + art.between(-20.0, 20.0), art.between(8.0, 26.0), art.between(0.08, 0.2));
        art.polygon(&[(x, y + 10.0), (x + w, y + 30.0), (x + w * 1.3, base), (x - w * 0.2, base)], "#4a4038", o);
    }
    land::turf(art, light, &tops[1..], 44.0);
}

pub(crate) fn river(art: &mut Art, light: &Light) {
    far_hills(art, light, 1122.0);
    land::meadow(art, light, 1110.0, H);
    let mut left = Vec::new();
    let mut right = Vec::new();
    for i in 0..=60 {
        let t = i as f64 / 60.0;
        let y = 1116.0 + (H - 1090.0) * t.powf(1.35);
        let centre = 1500.0 + 520.0 * (t * 4.1 + 0.4).sin() * (0.18 + t * 0.8) - 300.0 * t;
        let half = 8.0 + 560.0 * t.powf(1.7);
        left.push((centre - half, y));
        right.push((centre + half, y));
    }
    right.reverse();
    let banks: Vec<_> = left.iter().map(|(x, y)| (x - 12.0, y - 6.0)).chain(right.iter().map(|(x, y)| (x + 12.0, y - 6.0))).collect();
    art.polygon(&banks, light.leaf[0], 0.55);
    let paint = art.shade(1110.0, H, &[(0.0, light.sky[3], 1.0), (0.4, light.sky[1], 1.0), (1.0, light.sea[1], 1.0)]);
    let shape: Vec<_> = left.iter().chain(right.iter()).copied().collect();
    art.polygon(&shape, &paint, 1.0);
    for _ in 0..420 {
        let t = art.chance();
        let y = 1120.0 + (H - 1100.0) * t.powf(1.35);
        let centre = 1500.0 + 520.0 * (t * 4.1 + 0.4).sin() * (0.18 + t * 0.8) - 300.0 * t;
        let half = (8.0 + 560.0 * t.powf(1.7)) * 0.8;
        let (x, long, o) = (centre + art.between(-half, half), 8.0 + 70.0 * t, art.between(0.08, 0.4));
        art.line(&[(x - long, y), (x + long, y)], light.glint, 1.0 + 4.0 * t, o);
    }
    land::bushes(art, light, 1150.0, 1900.0, 150);
    land::pines(art, light, -60.0, 620.0, 1330.0, 6);
}

pub(crate) fn lake(art: &mut Art, light: &Light) {
    land::massif(art, light, 1120.0, 560.0);
    water(art, light, 1120.0, H);
    let mist = art.shade(1040.0, 1190.0, &[(0.0, "#ffffff", 0.0), (0.55, "#ffffff", 0.5), (1.0, "#ffffff", 0.0)]);
    art.rect(0.0, 1040.0, W, 150.0, &mist);
    for _ in 0..260 {
        let (x, t) = (art.between(-20.0, 900.0), art.chance());
        let (y, lean, tall) = (1700.0 + t * 320.0, art.between(-30.0, 30.0), art.between(160.0, 420.0));
        let tone = art.pick(&[light.leaf[1], light.leaf[2], light.leaf[3]]);
        art.line(&[(x, y + 60.0), (x + lean * 0.4, y - tall * 0.5), (x + lean, y - tall)], tone, 5.0, 0.8);
    }
}
