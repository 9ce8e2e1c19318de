//! What people have built: lighthouse, harbour, train, town, pagoda, runway, bridge, hall.
use super::light::Light;
use super::water::{far_hills, headland, water};
use super::{Art, H, W, land};

pub(crate) fn lighthouse_coast(art: &mut Art, light: &Light) {
    far_hills_low(art, light, 1290.0);
    water(art, light, 1288.0, H);
    headland(art, light, 1560.0, 1130.0, 1660.0);
    keeper_house(art, light, 2370.0, 1180.0);
    lighthouse(art, light, 2190.0, 1172.0, 900.0);
}

fn far_hills_low(art: &mut Art, light: &Light, y: f64) {
    let ridge = art.ridge(y - 16.0, 44.0, 0.5, 120);
    let faded: Vec<_> = ridge.into_iter().map(|(x, h)| (x, if x < 900.0 { h } else { h + (x - 900.0) * 0.06 })).collect();
    art.under(&faded, y, light.hills[0]);
}

/// White tower, lit from the left: shaft, gallery, lantern, dome.
fn lighthouse(art: &mut Art, light: &Light, x: f64, foot: f64, tall: f64) {
    let w = light.wall;
    let (base, neck, top) = (104.0, 66.0, foot - tall * 0.78);
    let shade = art.across(x - base, x + base, &[(0.0, w[1], 1.0), (0.22, w[0], 1.0), (0.62, w[1], 1.0), (1.0, w[2], 1.0)]);
    art.polygon(&[(x - base, foot + 14.0), (x - neck, top), (x + neck, top), (x + base, foot + 14.0)], &shade, 1.0);
    for (t, h) in [(0.18, 30.0), (0.44, 28.0), (0.70, 26.0)] {
        let y = foot - tall * 0.78 * t;
        art.rect(x - 14.0, y - h, 26.0, h * 1.5, "#3b4552");
        art.rect(x - 18.0, y + h * 0.5, 34.0, 5.0, w[2]);
    }
    for (dy, half, high, tone) in [(0.0, neck + 6.0, 16.0, w[2]), (-20.0, neck + 30.0, 20.0, w[0]), (-26.0, neck + 34.0, 8.0, w[2])] {
        art.rect(x - half, top + dy, half * 2.0, high, tone);
    }
    for i in 0..=16 {
        let px = x - neck - 30.0 + f64::from(i) * (neck * 2.0 + 60.0) / 16.0;
        art.rect(px - 1.5, top - 78.0, 3.0, 54.0, w[1]);
    }
    art.rect(x - neck - 32.0, top - 80.0, neck * 2.0 + 64.0, 5.0, w[0]);
    let glass = art.across(x - 50.0, x + 50.0, &[(0.0, "#8d7d5a", 1.0), (0.35, "#ffe9b0", 1.0), (1.0, "#6d6a5e", 1.0)]);
    art.rect(x - 48.0, top - 130.0, 96.0, 110.0, &glass);
    for i in 0..=5 {
        art.rect(x - 48.0 + f64::from(i) * 19.2 - 2.0, top - 130.0, 4.0, 110.0, w[1]);
    }
    art.rect(x - 58.0, top - 142.0, 116.0, 14.0, w[1]);
    art.put(&format!("<path d=\"M{} {} Q{x} {} {} {} Z\" fill=\"{}\"/>", x - 56.0, top - 142.0, top - 246.0, x + 56.0, top - 142.0, w[0]));
    art.put(&format!("<path d=\"M{x} {} Q{} {} {} {} L{x} {} Z\" fill=\"{}\" opacity=\"0.55\"/>", top - 192.0, x + 40.0, top - 182.0, x + 56.0, top - 142.0, top - 142.0, w[2]));
    art.ellipse(x, top - 200.0, 11.0, 11.0, w[1], 1.0);
    art.rect(x - 1.5, top - 262.0, 3.0, 62.0, w[2]);
}

fn keeper_house(art: &mut Art, light: &Light, x: f64, foot: f64) {
    let w = light.wall;
    art.rect(x - 40.0, foot - 110.0, 300.0, 122.0, w[1]);
    art.polygon(&[(x - 54.0, foot - 104.0), (x - 30.0, foot - 150.0), (x + 250.0, foot - 150.0), (x + 274.0, foot - 104.0)], light.roof[0], 1.0);
    for i in 0..5 {
        art.rect(x - 12.0 + f64::from(i) * 52.0, foot - 84.0, 26.0, 34.0, "#4b5663");
    }
}

pub(crate) fn house(art: &mut Art, light: &Light, x: f64, foot: f64, w: f64) {
    let (h, wall) = (w * 0.52, light.wall);
    let roof = art.pick(&[light.roof[0], light.roof[1], light.roof[2]]);
    art.rect(x, foot - h, w * 0.62, h, wall[0]);
    art.rect(x + w * 0.62, foot - h, w * 0.38, h, wall[2]);
    art.polygon(&[(x - w * 0.06, foot - h), (x + w * 0.14, foot - h * 1.5), (x + w * 0.52, foot - h * 1.5), (x + w * 0.68, foot - h)], roof, 1.0);
    art.polygon(&[(x + w * 0.52, foot - h * 1.5), (x + w * 0.68, foot - h), (x + w * 1.05, foot - h), (x + w * 0.88, foot - h * 1.45)], light.roof[2], 1.0);
    for i in 0..2 {
        art.rect(x + w * (0.1 + 0.27 * f64::from(i)), foot - h * 0.7, w * 0.14, h * 0.34, "#5e6f7d");
    }
}

fn boat(art: &mut Art, light: &Light, x: f64, y: f64, s: f64) {
    art.ellipse(x, y + 8.0 * s, 120.0 * s, 9.0 * s, light.sea[2], 0.5);
    art.polygon(&[(x - 110.0 * s, y - 40.0 * s), (x + 120.0 * s, y - 52.0 * s), (x + 86.0 * s, y + 6.0 * s), (x - 90.0 * s, y + 6.0 * s)], light.wall[0], 1.0);
    art.polygon(&[(x - 98.0 * s, y - 14.0 * s), (x + 100.0 * s, y - 18.0 * s), (x + 86.0 * s, y + 6.0 * s), (x - 90.0 * s, y + 6.0 * s)], "#2d5f86", 1.0);
    art.rect(x - 46.0 * s, y - 96.0 * s, 74.0 * s, 54.0 * s, light.wall[1]);
    art.rect(x - 38.0 * s, y - 86.0 * s, 58.0 * s, 18.0 * s, "#3c4f60");
    art.rect(x + 44.0 * s, y - 176.0 * s, 4.0 * s, 132.0 * s, "#6d6a63");
    art.line(&[(x + 46.0 * s, y - 170.0 * s), (x - 80.0 * s, y - 46.0 * s)], "#6d6a63", 1.6 * s, 0.8);
}

pub(crate) fn harbour(art: &mut Art, light: &Light) {
    land::massif(art, light, 1150.0, 360.0);
    for _ in 0..46 {
        let (x, w) = (art.between(-20.0, W), art.between(60.0, 130.0));
        let foot = 1186.0 - art.between(0.0, 70.0);
        house(art, light, x, foot, w);
    }
    art.rect(0.0, 1176.0, W, 34.0, light.stone[1]);
    art.rect(0.0, 1204.0, W, 10.0, light.stone[2]);
    water(art, light, 1212.0, H);
    for (x, y, s) in [(520.0, 1300.0, 0.9), (900.0, 1330.0, 1.1), (1500.0, 1310.0, 0.95), (2480.0, 1330.0, 1.05), (1980.0, 1480.0, 1.9), (820.0, 1690.0, 2.5)] {
        let dx = art.between(-110.0, 110.0);
        boat(art, light, x + dx, y, s);
    }
}

pub(crate) fn cabbage_train(art: &mut Art, light: &Light) {
    far_hills(art, light, 984.0);
    land::wood_line(art, light, 986.0);
    land::crops(art, light, 1040.0, 1500.0);
    art.rect(0.0, 984.0, W, 62.0, light.field[2]);
    art.rect(0.0, 1034.0, W, 14.0, light.stone[2]);
    train(art, light, 620.0, 1036.0, 860.0);
    train(art, light, 1500.0, 1036.0, 860.0);
    for i in 0..7 {
        let x = 120.0 + f64::from(i) * 460.0;
        art.rect(x, 720.0, 9.0, 320.0, "#5b5148");
        art.rect(x - 50.0, 752.0, 110.0, 7.0, "#5b5148");
    }
    for y in [742.0, 768.0] {
        art.line(&[(0.0, y), (W * 0.5, y + 14.0), (W, y)], "#4c4a4a", 3.0, 0.8);
    }
}

/// One car with a red skirt and a cream upper half.
fn train(art: &mut Art, light: &Light, x: f64, rail: f64, long: f64) {
    art.rect(x + 60.0, rail - 24.0, long - 120.0, 18.0, "#3a3733");
    for i in 0..4 {
        art.ellipse(x + 110.0 + f64::from(i % 2) * 90.0 + f64::from(i / 2) * (long - 310.0), rail - 12.0, 24.0, 24.0, "#2d2b2a", 1.0);
    }
    let body = art.shade(rail - 250.0, rail - 20.0, &[(0.0, "#f6ead0", 1.0), (1.0, "#e2d0aa", 1.0)]);
    art.put(&format!("<rect x=\"{x}\" y=\"{}\" width=\"{long}\" height=\"216\" rx=\"20\" fill=\"{body}\"/>", rail - 236.0));
    art.rect(x, rail - 104.0, long, 78.0, "#b3372c");
    art.rect(x, rail - 34.0, long, 14.0, "#7d241d");
    art.rect(x - 4.0, rail - 246.0, long + 8.0, 16.0, light.roof[0]);
    for i in 0..10 {
        let wx = x + 34.0 + f64::from(i) * (long - 60.0) / 10.0;
        if i % 4 == 1 {
            art.rect(wx - 2.0, rail - 204.0, 56.0, 178.0, "#d8c49c");
            art.rect(wx + 8.0, rail - 196.0, 36.0, 74.0, "#41566a");
        } else {
            art.rect(wx, rail - 200.0, 60.0, 76.0, "#4b6377");
            art.polygon(&[(wx, rail - 124.0), (wx + 26.0, rail - 200.0), (wx + 44.0, rail - 200.0), (wx + 18.0, rail - 124.0)], "#a9c3d3", 0.5);
        }
    }
    art.line(&[(x + long * 0.3, rail - 248.0), (x + long * 0.34, rail - 282.0), (x + long * 0.28, rail - 300.0)], "#403c3a", 6.0, 1.0);
}

/// A block with lit and dark side and rows of windows.
fn block(art: &mut Art, light: &Light, x: f64, foot: f64, w: f64, h: f64, tone: usize) {
    let wall = light.wall;
    let face = art.shade(foot - h, foot, &[(0.0, wall[tone], 1.0), (1.0, wall[(tone + 1).min(2)], 1.0)]);
    art.rect(x, foot - h, w * 0.72, h, &face);
    art.rect(x + w * 0.72, foot - h, w * 0.28, h, light.hills[2]);
    let (cols, floors) = ((w * 0.72 / 24.0) as i32, (h / 30.0) as i32);
    for c in 0..cols {
        for f in 0..floors {
            let o = art.between(0.3, 0.85);
            let glass = if art.chance() > 0.86 { light.glint } else { "#5b7388" };
            let (wx, wy) = (x + 9.0 + f64::from(c) * 24.0, foot - h + 12.0 + f64::from(f) * 30.0);
            art.put(&format!("<rect x=\"{wx:.0}\" y=\"{wy:.0}\" width=\"14\" height=\"15\" fill=\"{glass}\" opacity=\"{o:.2}\"/>"));
        }
    }
}

fn town(art: &mut Art, light: &Light, foot: f64, n: usize, low: f64, high: f64) {
    let mut xs: Vec<f64> = (0..n).map(|i| -80.0 + i as f64 * (W + 160.0) / n as f64).collect();
    let shuffled: Vec<f64> = xs.iter().map(|x| x + art.between(-60.0, 60.0)).collect();
    xs.copy_from_slice(&shuffled);
    for (i, x) in xs.into_iter().enumerate() {
        let (w, h) = (art.between(110.0, 250.0), art.between(low, high));
        block(art, light, x, foot, w, h, i % 2);
    }
}

pub(crate) fn skyline(art: &mut Art, light: &Light) {
    town(art, light, 1230.0, 13, 220.0, 640.0);
    let haze = art.shade(700.0, 1240.0, &[(0.0, light.sky[3], 0.0), (1.0, light.sky[3], 0.55)]);
    art.rect(0.0, 700.0, W, 540.0, &haze);
    town(art, light, 1330.0, 10, 160.0, 420.0);
    land::bushes(art, light, 1320.0, 1440.0, 40);
    land::meadow(art, light, 1400.0, H);
    art.polygon(&[(1380.0, 1400.0), (1560.0, 1400.0), (2360.0, H), (700.0, H)], "#d8d2c4", 0.95);
    for i in 0..7 {
        let t = (f64::from(i) + 0.2) / 6.0;
        for side in [-1.0, 1.0] {
            let foot = 1410.0 + 560.0 * t * t;
            land::tree(art, light, 1490.0 + side * (170.0 + 900.0 * t * t), foot, 44.0 + 150.0 * t * t);
        }
    }
}

pub(crate) fn suburb(art: &mut Art, light: &Light) {
    far_hills(art, light, 1120.0);
    for (y, w, n) in [(1150.0, 90.0, 34), (1230.0, 130.0, 24), (1340.0, 190.0, 17)] {
        for i in 0..n {
            let x = -60.0 + f64::from(i) * (W + 120.0) / f64::from(n) + art.between(-20.0, 20.0);
            if art.chance() < 0.24 {
                land::tree(art, light, x + w * 0.4, y + 8.0, w * 0.42);
            } else {
                let size = w * art.between(0.85, 1.15);
                house(art, light, x, y, size);
            }
        }
        let hedge = art.shade(y, y + 60.0, &[(0.0, light.leaf[2], 1.0), (1.0, light.leaf[1], 1.0)]);
        art.rect(0.0, y, W, 70.0, &hedge);
    }
    land::meadow(art, light, 1390.0, H);
    for x in [240.0, 760.0, 2330.0, 2800.0] {
        let dx = art.between(-60.0, 60.0);
        land::tree(art, light, x + dx, 1760.0, 210.0);
    }
}

pub(crate) fn bayside(art: &mut Art, light: &Light) {
    town(art, light, 1182.0, 15, 60.0, 330.0);
    let haze = art.shade(880.0, 1186.0, &[(0.0, light.sky[3], 0.0), (1.0, light.sky[3], 0.5)]);
    art.rect(0.0, 880.0, W, 306.0, &haze);
    for x in [420.0, 640.0, 2360.0] {
        art.line(&[(x, 1182.0), (x + 30.0, 860.0), (x + 190.0, 800.0)], "#b1483b", 9.0, 0.85);
        art.line(&[(x + 70.0, 1182.0), (x + 30.0, 860.0)], "#b1483b", 9.0, 0.85);
        art.line(&[(x - 60.0, 880.0), (x + 190.0, 800.0)], "#8f3a31", 5.0, 0.8);
    }
    water(art, light, 1182.0, H);
    boat(art, light, 1880.0, 1420.0, 1.7);
    boat(art, light, 1100.0, 1290.0, 0.7);
}

pub(crate) fn pagoda(art: &mut Art, light: &Light) {
    land::massif(art, light, 1160.0, 300.0);
    for i in 0..26 {
        let x = f64::from(i) * 122.0;
        let (r, dy) = (art.between(90.0, 150.0), art.between(-60.0, 30.0));
        land::crown(art, light, x, 1230.0 + dy, r);
    }
    land::meadow(art, light, 1330.0, H);
    let (x, mut y, mut half) = (1960.0, 1400.0, 210.0);
    for i in 0..3 {
        let h = 170.0 - f64::from(i) * 18.0;
        art.rect(x - half, y - h, half * 2.0, h, "#a8442f");
        art.rect(x - half, y - h, half * 0.6, h, "#c45c40");
        for k in 0..6 {
            art.rect(x - half + f64::from(k) * half * 0.4 - 5.0, y - h, 12.0, h, "#7b2e22");
        }
        art.rect(x - half * 0.28, y - h * 0.8, half * 0.56, h * 0.8, "#4a2a22");
        art.rect(x - half - 40.0, y - h - 10.0, half * 2.0 + 80.0, 16.0, "#e5d3ad");
        let eave = half + 170.0;
        art.put(&format!(
            "<path d=\"M{} {} Q{} {} {} {} L{} {} Q{} {} {} {} Q{x} {} {} {}Z\" fill=\"{}\"/>",
            x - eave, y - h - 22.0, x - eave * 0.5, y - h - 40.0, x - half * 0.66, y - h - 128.0, x + half * 0.66, y - h - 128.0,
            x + eave * 0.5, y - h - 40.0, x + eave, y - h - 22.0, y - h + 18.0, x - eave, y - h - 22.0, light.roof[2]
        ));
        y -= h + 112.0;
        half *= 0.82;
    }
    art.rect(x - 8.0, y - 220.0, 16.0, 250.0, "#6e5a3a");
    for k in 0..7 {
        art.ellipse(x, y - 30.0 - f64::from(k) * 24.0, 34.0 - f64::from(k) * 3.0, 7.0, "#8c7448", 1.0);
    }
    art.polygon(&[(1850.0, 1400.0), (2070.0, 1400.0), (2560.0, H), (1120.0, H)], "#d5cbb6", 0.95);
    for i in 0..9 {
        let t = f64::from(i) / 8.0;
        let ly = 1420.0 + 560.0 * t * t;
        art.line(&[(1850.0 - 690.0 * t * t, ly), (2070.0 + 470.0 * t * t, ly)], "#b8ac94", 2.0 + 5.0 * t, 0.7);
    }
    for dx in [300.0, 900.0, 2620.0] {
        let r = art.between(170.0, 220.0);
        land::tree(art, light, dx, 1760.0, r);
    }
}

pub(crate) fn runway(art: &mut Art, light: &Light) {
    far_hills(art, light, 1124.0);
    land::wood_line(art, light, 1126.0);
    land::meadow(art, light, 1120.0, H);
    art.polygon(&[(1380.0, 1150.0), (1500.0, 1150.0), (2700.0, H), (420.0, H)], "#8d9094", 1.0);
    for i in 0..7 {
        let (z0, z1) = (1.0 + f64::from(i) * 0.9, 1.35 + f64::from(i) * 0.9);
        let at = |z: f64| (1150.0 + 850.0 / (z * z).max(1.0), 34.0 / (z * z));
        let ((y0, w0), (y1, w1)) = (at(z0), at(z1));
        art.polygon(&[(1450.0 - w1, y1), (1450.0 + w1, y1), (1490.0 + w0, y0), (1490.0 - w0, y0)], "#f4f4f0", 0.95);
    }
    aeroplane(art, light, 1900.0, 560.0);
}

fn aeroplane(art: &mut Art, light: &Light, x: f64, y: f64) {
    let w = light.wall;
    let skin = art.shade(y - 60.0, y + 60.0, &[(0.0, w[0], 1.0), (0.6, w[0], 1.0), (1.0, w[2], 1.0)]);
    art.polygon(&[(x + 330.0, y - 40.0), (x + 470.0, y - 190.0), (x + 520.0, y - 190.0), (x + 470.0, y - 30.0)], "#2b5f93", 1.0);
    art.put(&format!(
        "<path d=\"M{} {} Q{} {} {} {} L{} {} L{} {} Q{} {} {} {}Z\" fill=\"{skin}\"/>",
        x - 520.0, y + 46.0, x - 500.0, y - 36.0, x - 380.0, y - 44.0, x + 330.0, y - 44.0, x + 520.0, y - 26.0, x + 200.0, y + 58.0, x - 430.0, y + 70.0
    ));
    art.polygon(&[(x - 60.0, y + 20.0), (x + 130.0, y + 20.0), (x + 330.0, y + 190.0), (x + 250.0, y + 196.0)], w[2], 1.0);
    art.polygon(&[(x + 360.0, y - 20.0), (x + 480.0, y - 16.0), (x + 560.0, y + 40.0), (x + 510.0, y + 44.0)], w[2], 1.0);
    art.ellipse(x + 40.0, y + 92.0, 66.0, 30.0, w[1], 1.0);
    art.ellipse(x - 14.0, y + 92.0, 14.0, 27.0, "#4b535c", 1.0);
    for i in 0..26 {
        art.ellipse(x - 340.0 + f64::from(i) * 25.0, y - 12.0, 6.0, 8.0, "#3f5266", 0.9);
    }
    art.polygon(&[(x - 486.0, y - 6.0), (x - 450.0, y - 30.0), (x - 410.0, y - 30.0), (x - 420.0, y - 6.0)], "#3f5266", 1.0);
}

pub(crate) fn bridge(art: &mut Art, light: &Light) {
    far_hills(art, light, 1120.0);
    town(art, light, 1140.0, 14, 40.0, 170.0);
    water(art, light, 1140.0, H);
    let deck = 1010.0;
    for x in [760.0, 2240.0] {
        for dx in [-26.0, 26.0] {
            art.rect(x + dx - 11.0, 420.0, 22.0, 780.0, light.wall[1]);
        }
        for y in [440.0, 640.0, 840.0] {
            art.rect(x - 34.0, y, 68.0, 18.0, light.wall[2]);
        }
        for i in 1..=15 {
            let reach = f64::from(i) * 46.0;
            for side in [-1.0, 1.0] {
                art.line(&[(x, 460.0 + f64::from(i) * 9.0), (x + side * reach, deck)], light.wall[0], 3.0, 0.75);
            }
        }
    }
    art.rect(-10.0, deck, W + 20.0, 26.0, light.wall[1]);
    art.rect(-10.0, deck + 26.0, W + 20.0, 12.0, light.roof[2]);
    boat(art, light, 1500.0, 1420.0, 1.3);
}

/// Tents and boxes on a ground before low hills: a place where help arrives.
pub(crate) fn dispatch(art: &mut Art, light: &Light) {
    land::massif(art, light, 1140.0, 330.0);
    land::wood_line(art, light, 1150.0);
    art.rect(300.0, 900.0, 1500.0, 290.0, light.wall[0]);
    art.rect(300.0, 880.0, 1500.0, 28.0, light.roof[0]);
    for i in 0..11 {
        art.rect(350.0 + f64::from(i) * 130.0, 950.0, 84.0, 80.0, "#6d8496");
        art.rect(350.0 + f64::from(i) * 130.0, 1070.0, 84.0, 80.0, "#6d8496");
    }
    let ground = art.shade(1180.0, H, &[(0.0, "#d8ccb0", 1.0), (1.0, "#b9a582", 1.0)]);
    art.rect(0.0, 1180.0, W, H - 1180.0, &ground);
    for (x, s) in [(1980.0, 1.0), (2460.0, 1.1), (620.0, 1.35), (1330.0, 1.5)] {
        let foot = 1340.0 + (s - 1.0) * 620.0;
        art.polygon(&[(x - 220.0 * s, foot - 190.0 * s), (x - 120.0 * s, foot - 300.0 * s), (x + 120.0 * s, foot - 300.0 * s), (x + 220.0 * s, foot - 190.0 * s)], light.wall[0], 1.0);
        art.polygon(&[(x + 60.0 * s, foot - 300.0 * s), (x + 120.0 * s, foot - 300.0 * s), (x + 220.0 * s, foot - 190.0 * s), (x + 80.0 * s, foot - 190.0 * s)], light.wall[2], 0.8);
        for dx in [-206.0, -70.0, 70.0, 206.0] {
            art.rect(x + dx * s - 5.0, foot - 190.0 * s, 10.0, 196.0 * s, "#767b80");
        }
        for k in 0..5 {
            let (bx, h) = (x - 170.0 * s + f64::from(k) * 74.0 * s, art.between(44.0, 84.0) * s);
            art.rect(bx, foot - h, 62.0 * s, h, "#b98f5d");
            art.rect(bx + 26.0 * s, foot - h, 9.0 * s, h, "#d8b987");
        }
    }
    for _ in 0..700 {
        let (x, t) = (art.between(0.0, W), art.chance());
        let o = art.between(0.05, 0.2);
        art.ellipse(x, 1190.0 + t * 810.0, 6.0 + 20.0 * t, 2.0 + 4.0 * t, "#7d6a4a", o);
    }
}

/// An entrance hall with panels on the wall, light from the left.
pub(crate) fn hall(art: &mut Art, light: &Light) {
    let wall = art.across(0.0, W, &[(0.0, "#f8f5ee", 1.0), (0.6, "#e9e3d6", 1.0), (1.0, "#d3cabb", 1.0)]);
    art.rect(0.0, 0.0, W, 1400.0, &wall);
    let floor = art.shade(1400.0, H, &[(0.0, "#c9bda8", 1.0), (1.0, "#a8987f", 1.0)]);
    art.rect(0.0, 1400.0, W, 600.0, &floor);
    art.polygon(&[(0.0, 0.0), (W, 0.0), (W, 150.0), (0.0, 230.0)], "#ece8df", 1.0);
    for i in 0..6 {
        let x = 330.0 + f64::from(i) * 420.0;
        let (head, tone) = (light.sky[(i % 2) as usize], light.sea[(i % 3) as usize]);
        art.rect(x + 10.0, 470.0, 300.0, 425.0, "#8f8676");
        art.rect(x, 456.0, 300.0, 425.0, "#ffffff");
        art.rect(x, 456.0, 300.0, 92.0, head);
        art.rect(x, 548.0, 300.0, 126.0, tone);
        for k in 0..7 {
            art.rect(x + 22.0, 700.0 + f64::from(k) * 20.0, if k == 6 { 110.0 } else { 160.0 }, 6.0, "#8b8b88");
        }
        let pool = art.glow(&[(0.0, "#fff8e4", 0.55), (1.0, "#fff8e4", 0.0)]);
        art.ellipse(x + 150.0, 560.0, 300.0, 400.0, &pool, 0.8);
    }
    for i in 0..12 {
        let x = -600.0 + f64::from(i) * 380.0;
        art.line(&[(W * 0.5 + (x - W * 0.5) * 0.6, 1400.0), (x, H)], "#94866f", 3.0, 0.5);
    }
    art.polygon(&[(0.0, 230.0), (130.0, 218.0), (130.0, 1420.0), (0.0, 1560.0)], "#bcd3dd", 0.9);
    art.polygon(&[(130.0, 1420.0), (0.0, 1560.0), (700.0, H), (1150.0, H)], "#fff6df", 0.35);
}
