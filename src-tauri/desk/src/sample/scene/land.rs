//! Fields, woods and mountains, and the plants that the other scenes borrow.
use super::light::Light;
use super::{Art, H, W, water};

/// Grass in three greens from `top` to `bottom`, blades growing towards us.
pub(crate) fn meadow(art: &mut Art, light: &Light, top: f64, bottom: f64) {
    let f = light.field;
    let paint = art.shade(top, bottom, &[(0.0, f[2], 1.0), (0.35, f[1], 1.0), (1.0, f[0], 1.0)]);
    art.rect(0.0, top, W, bottom - top, &paint);
    for _ in 0..1300 {
        let t = art.chance().powf(0.7);
        let (x, y) = (art.between(-10.0, W), top + 6.0 + t * (bottom - top));
        let (tall, lean, o) = (4.0 + 30.0 * t, art.between(-8.0, 8.0) * t, art.between(0.12, 0.5));
        let tone = art.pick(&[light.leaf[1], light.leaf[2], light.leaf[3], f[2]]);
        art.line(&[(x, y), (x + lean, y - tall)], tone, 1.2 + 4.0 * t, o);
    }
}

/// Turf that hangs over the edge of a rock.
pub(crate) fn turf(art: &mut Art, light: &Light, edge: &[(f64, f64)], depth: f64) {
    let mut body: Vec<(f64, f64)> = edge.iter().map(|(x, y)| (*x, y - 10.0)).collect();
    let hang: Vec<(f64, f64)> = edge.iter().rev().map(|(x, y)| (*x, y + depth * art.between(0.25, 1.0))).collect();
    body.extend(hang);
    art.polygon(&body, light.leaf[1], 1.0);
    for _ in 0..900 {
        let i = (art.chance() * (edge.len() - 1) as f64) as usize;
        let ((x0, y0), (x1, y1), t) = (edge[i], edge[i + 1], art.chance());
        let (x, y) = (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + art.between(-12.0, depth * 0.62));
        let (tall, lean, o) = (art.between(8.0, 30.0), art.between(-10.0, 10.0), art.between(0.35, 0.9));
        let tone = art.pick(&[light.leaf[0], light.leaf[1], light.leaf[2], light.leaf[2], light.leaf[3]]);
        art.line(&[(x, y), (x + lean, y - tall)], tone, 5.0, o);
    }
}

/// One crown of leaves: dark below, light where the sun falls.
pub(crate) fn crown(art: &mut Art, light: &Light, cx: f64, cy: f64, r: f64) {
    let l = light.leaf;
    for (n, tone, dx, dy, scale, o) in [(12, l[0], 0.0, 0.22, 0.56, 0.95), (14, l[1], -0.04, 0.02, 0.46, 0.85), (13, l[2], -0.14, -0.16, 0.34, 0.75), (8, l[3], -0.24, -0.32, 0.2, 0.6)] {
        for _ in 0..n {
            let (a, d) = (art.between(0.0, 6.283), art.chance().sqrt() * 0.62);
            let s = r * scale * art.between(0.6, 1.1);
            art.ellipse(cx + r * (dx + d * a.cos()), cy + r * (dy + d * a.sin() * 0.8), s, s * 0.84, tone, o);
        }
    }
}

pub(crate) fn tree(art: &mut Art, light: &Light, x: f64, foot: f64, r: f64) {
    art.ellipse(x + r * 0.3, foot, r * 1.1, r * 0.12, "#1b2a1d", 0.25);
    art.polygon(&[(x - r * 0.08, foot), (x - r * 0.05, foot - r * 1.2), (x + r * 0.05, foot - r * 1.2), (x + r * 0.1, foot)], "#54402e", 1.0);
    crown(art, light, x, foot - r * 1.55, r);
}

pub(crate) fn bushes(art: &mut Art, light: &Light, top: f64, bottom: f64, n: usize) {
    let mut spots: Vec<(f64, f64)> = (0..n).map(|_| {
        let t = art.chance().powf(1.6);
        let side = art.chance();
        let x = if side < 0.5 { art.between(-40.0, 620.0 - 200.0 * t) } else { art.between(2150.0 + 330.0 * t, W + 40.0) };
        (x, top + (bottom - top) * t)
    }).collect();
    spots.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (x, y) in spots {
        let r = 12.0 + (y - top) / (bottom - top) * 96.0;
        crown(art, light, x, y - r * 0.4, r);
    }
}

pub(crate) fn pines(art: &mut Art, light: &Light, from: f64, to: f64, foot: f64, n: usize) {
    for i in 0..n {
        let x = from + (to - from) * (i as f64 + art.between(0.1, 0.9)) / n as f64;
        let (tall, lean) = (art.between(300.0, 520.0), art.between(-60.0, 60.0));
        let foot = foot + art.between(-20.0, 60.0);
        art.line(&[(x, foot), (x + lean * 0.3, foot - tall * 0.5), (x + lean, foot - tall * 0.9)], "#4a3628", 20.0, 1.0);
        for k in 0..6 {
            let t = 0.38 + 0.6 * k as f64 / 5.0;
            let (bx, by) = (x + lean * t + art.between(-80.0, 80.0) * (1.15 - t), foot - tall * t);
            for (tone, dy, s) in [(light.leaf[0], 12.0, 1.0), (light.leaf[1], 0.0, 0.86), (light.leaf[2], -10.0, 0.56)] {
                let wide = 150.0 * (1.25 - t) * s;
                for _ in 0..5 {
                    let dx = art.between(-0.6, 0.6) * wide;
                    art.ellipse(bx + dx, by + dy + art_jitter(dx), wide * 0.5, 20.0 * s + 7.0, tone, 0.95);
                }
            }
        }
    }
}

fn art_jitter(x: f64) -> f64 {
    (x * 0.13).sin() * 8.0
}

/// A range with one high summit, ridges shaded on the right.
pub(crate) fn massif(art: &mut Art, light: &Light, foot: f64, height: f64) {
    for (i, (lift, scale)) in [(150.0, 0.9), (60.0, 0.62), (0.0, 0.4)].iter().enumerate() {
        let mut ridge = art.ridge(foot - lift, height * scale * 0.42, 0.55, 240);
        let peak = art.between(0.3, 0.72) * W;
        for (x, y) in &mut ridge {
            let d = (*x - peak).abs() / (W * (0.25 + 0.12 * i as f64));
            *y -= height * scale * (1.0 - d).max(0.0).powf(1.25);
        }
        let paint = art.shade(foot - height, foot, &[(0.0, light.hills[i], 1.0), (1.0, light.hills[i.saturating_sub(1)], 0.95)]);
        art.under(&ridge, foot + 10.0, &paint);
        for k in (4..ridge.len() - 8).step_by(5) {
            let (x, y) = ridge[k];
            let drop = (foot - y) * art.between(0.25, 0.8);
            let o = art.between(0.05, 0.2);
            art.polygon(&[(x, y + 2.0), (x + drop * 0.16, y + drop * 0.4), (x + drop * 0.30, y + drop), (x + drop * 0.05, y + drop * 0.7)], light.hills[(i + 1).min(3)], o + 0.06);
        }
    }
}

pub(crate) fn mountains(art: &mut Art, light: &Light) {
    massif(art, light, 1180.0, 560.0);
    for (i, y) in [1240.0, 1360.0].iter().enumerate() {
        let ridge = art.ridge(*y, 90.0, 0.6, 220);
        art.under(&ridge, H, light.leaf[1 - i]);
        for k in 0..ridge.len() {
            let (x, y) = ridge[k];
            let (tall, o) = (art.between(30.0, 74.0) + 30.0 * i as f64, 0.95);
            art.polygon(&[(x - tall * 0.26, y + 30.0), (x, y - tall), (x + tall * 0.26, y + 30.0)], light.leaf[(1 - i) + (k % 2)], o);
        }
    }
    meadow(art, light, 1470.0, H);
    let mut path = vec![];
    for i in 0..=20 {
        let t = i as f64 / 20.0;
        path.push((1600.0 + 300.0 * (t * 3.0).sin() - 26.0 - 190.0 * t, 1480.0 + 540.0 * t));
    }
    let back: Vec<_> = path.iter().rev().map(|(x, y)| (x + 40.0 + (y - 1480.0) * 0.72, *y)).collect();
    path.extend(back);
    art.polygon(&path, "#d9c8a0", 0.85);
    bushes(art, light, 1500.0, 1960.0, 70);
}

pub(crate) fn forest(art: &mut Art, light: &Light) {
    massif(art, light, 980.0, 430.0);
    for (row, (y, r)) in [(960.0, 62.0), (1060.0, 92.0), (1200.0, 132.0), (1400.0, 176.0)].iter().enumerate() {
        let n = (W / r * 1.25) as usize;
        let base = art.shade(*y - r, H, &[(0.0, light.leaf[1], 1.0), (1.0, light.leaf[0], 1.0)]);
        art.rect(0.0, *y, W, H - y, &base);
        for i in 0..n {
            let x = (i as f64 + art.between(-0.3, 0.3)) * W / n as f64;
            let lift = art.between(-34.0, 30.0);
            crown(art, light, x, y + lift, r * art_scale(row, lift));
        }
    }
    meadow(art, light, 1620.0, H);
    for x in [300.0, 1030.0, 2440.0, 2820.0] {
        let dx = art.between(-70.0, 70.0);
        tree(art, light, x + dx, 1790.0 + dx * 0.4, 190.0);
    }
}

fn art_scale(row: usize, lift: f64) -> f64 {
    1.0 + lift * 0.002 + row as f64 * 0.03
}

/// Rows that run to one point on the horizon; `each` dresses a spot on a row.
fn rows(art: &mut Art, top: f64, vanish: f64, gap: f64, mut each: impl FnMut(&mut Art, usize, f64, f64, f64)) {
    let depth = H - top;
    let n = (W * 9.0 / gap) as i64;
    let mut spots = Vec::new();
    for row in -n / 2..=n / 2 {
        let mut z = 1.0f64;
        while z < 16.0 {
            let y = top + depth * 1.05 / z;
            // Far away every second row is enough for the eye.
            if z < 6.0 || row % 2 == 0 {
                spots.push((y, vanish + row as f64 * gap / z, z, row));
            }
            z *= 1.045;
        }
    }
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (y, x, z, row) in spots {
        if (-80.0..W + 80.0).contains(&x) {
            each(art, row.unsigned_abs() as usize, x, y, 1.0 / z);
        }
    }
}

fn soil(art: &mut Art, top: f64, far: &str, near: &str) {
    let paint = art.shade(top, H, &[(0.0, far, 1.0), (0.5, near, 1.0), (1.0, near, 1.0)]);
    art.rect(0.0, top, W, H - top, &paint);
}

pub(crate) fn crops(art: &mut Art, light: &Light, top: f64, vanish: f64) {
    soil(art, top, "#9c8a62", "#6a5138");
    rows(art, top, vanish, 250.0, |art, row, x, y, s| {
        let (r, o) = (92.0 * s, 0.95);
        let dx = art.between(-8.0, 8.0) * s;
        art.ellipse(x + dx, y + r * 0.34, r * 1.1, r * 0.3, "#2c2418", 0.35);
        for (tone, lift, scale) in [(light.leaf[0], 0.0, 1.0), (light.leaf[2], -0.16, 0.78), (if row % 2 == 0 { light.leaf[3] } else { light.field[2] }, -0.26, 0.46)] {
            art.ellipse(x + dx, y + r * lift, r * scale, r * scale * 0.66, tone, o);
        }
    });
}

pub(crate) fn paddies(art: &mut Art, light: &Light) {
    water::far_hills(art, light, 984.0);
    wood_line(art, light, 990.0);
    let vanish = art.between(900.0, 2100.0);
    soil(art, 984.0, light.field[2], light.field[0]);
    rows(art, 984.0, vanish, 92.0, |art, _, x, y, s| {
        let tall = 120.0 * s;
        for _ in 0..2 {
            let lean = art.between(-30.0, 30.0) * s;
            let tone = art.pick(&[light.field[0], light.field[1], light.field[2], light.leaf[2]]);
            let dx = art.between(-24.0, 24.0) * s;
            art.line(&[(x + dx, y), (x + dx + lean, y - tall)], tone, 11.0 * s + 0.8, 0.85);
        }
    });
    // One ridge between the fields leads the eye in.
    art.polygon(&[(vanish - 6.0, 986.0), (vanish + 8.0, 986.0), (vanish + 760.0, H), (vanish + 330.0, H)], light.leaf[1], 0.75);
    art.polygon(&[(vanish - 2.0, 986.0), (vanish + 4.0, 986.0), (vanish + 640.0, H), (vanish + 450.0, H)], "#b9a473", 0.85);
}

/// A far line of woods on the horizon.
pub(crate) fn wood_line(art: &mut Art, light: &Light, y: f64) {
    for i in 0..150 {
        let x = f64::from(i) * 20.6 + art.between(-10.0, 10.0);
        let r = art.between(14.0, 38.0);
        art.ellipse(x, y - r * 0.4, r, r * 0.8, light.leaf[(i % 2) as usize], 0.9);
    }
}

pub(crate) fn flowers(art: &mut Art, light: &Light) {
    water::far_hills(art, light, 984.0);
    wood_line(art, light, 988.0);
    let (vanish, pick) = (art.between(1000.0, 2000.0), art.chance());
    let tones: [&str; 3] = if pick < 0.4 { ["#f2c72e", "#e3a91d", "#fbe27a"] } else if pick < 0.75 { ["#d9799c", "#c25580", "#f1b7c9"] } else { ["#7d76bd", "#5f59a5", "#b9b4de"] };
    soil(art, 984.0, light.field[2], light.leaf[1]);
    rows(art, 984.0, vanish, 120.0, |art, row, x, y, s| {
        let stem = 110.0 * s;
        for _ in 0..3 {
            let (dx, dy) = (art.between(-56.0, 56.0) * s, art.between(-46.0, 20.0) * s);
            let (px, py) = (x + dx, y + dy);
            art.line(&[(px, py), (px + dx * 0.1, py - stem)], light.leaf[2], 5.0 * s + 0.6, 0.8);
            let tone = if row % 7 == 0 { light.leaf[3] } else { art.pick(&tones) };
            art.ellipse(px + dx * 0.1, py - stem, 25.0 * s + 1.0, 20.0 * s + 0.8, tone, 0.96);
            art.ellipse(px + dx * 0.1 - 4.0 * s, py - stem - 5.0 * s, 10.0 * s, 7.0 * s, tones[2], 0.9);
        }
    });
}

pub(crate) fn orchard(art: &mut Art, light: &Light) {
    water::far_hills(art, light, 1120.0);
    meadow(art, light, 1110.0, H);
    let vanish = art.between(1200.0, 1800.0);
    let fruit: [&str; 2] = if art.chance() < 0.5 { ["#e8cf7a", "#d9b95a"] } else { ["#c8473c", "#de7a4f"] };
    for z in [7.0, 5.0, 3.6, 2.6, 1.9, 1.4] {
        let foot = 1110.0 + 1000.0 / z;
        for lane in [-2.5f64, -1.5, -0.55, 0.55, 1.5, 2.5] {
            let (x, r) = (vanish + lane * 1500.0 / z, 400.0 / z);
            if !(-300.0..W + 300.0).contains(&x) {
                continue;
            }
            tree(art, light, x, foot, r);
            for _ in 0..26 {
                let (a, d, size) = (art.between(0.0, 6.283), art.chance().sqrt() * 0.9, r * art.between(0.05, 0.075));
                let (fx, fy) = (x + r * d * a.cos(), foot - r * 1.5 + r * d * a.sin() * 0.75);
                art.ellipse(fx, fy, size, size, fruit[0], 0.95);
                art.ellipse(fx - size * 0.3, fy - size * 0.3, size * 0.4, size * 0.4, fruit[1], 0.8);
            }
        }
    }
}
