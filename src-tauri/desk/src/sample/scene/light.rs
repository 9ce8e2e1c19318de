//! The hour of a scene: sky, sun, clouds, and the colours that this light gives to water, leaves and stone.
use super::{Art, H, W};

pub(crate) struct Light {
    pub sky: [&'static str; 4],
    pub sun: Option<(f64, f64, &'static str)>,
    pub cloud: &'static str,
    pub sea: [&'static str; 3],
    pub glint: &'static str,
    /// Far to near.
    pub hills: [&'static str; 4],
    pub leaf: [&'static str; 4],
    pub field: [&'static str; 3],
    pub stone: [&'static str; 3],
    pub wall: [&'static str; 3],
    pub roof: [&'static str; 3],
}

impl Light {
    pub fn of(kind: &str, seed: u64) -> Self {
        match kind {
            "lighthouse" => Self::dawn(),
            "bayside" | "bridge" => if seed % 2 == 0 { Self::dusk() } else { Self::dawn() },
            "hall" | "dispatch" | "runway" | "suburb" => Self::day(),
            "skyline" => if seed % 3 == 0 { Self::dusk() } else { Self::day() },
            _ => match seed % 3 {
                0 => Self::day(),
                1 => Self::gold(),
                _ => Self::day(),
            },
        }
    }

    fn day() -> Self {
        Light {
            sky: ["#4f93c4", "#86bbdb", "#bddcea", "#eaf3f2"],
            sun: None,
            cloud: "#ffffff",
            sea: ["#9cc8d2", "#4b93a8", "#20627f"],
            glint: "#f4fbfa",
            hills: ["#a9c4cf", "#86aab0", "#5f8d83", "#3f7059"],
            leaf: ["#2f5a3c", "#47764a", "#6b9656", "#93b369"],
            field: ["#5f8f4b", "#8bb05a", "#b5cb7c"],
            stone: ["#d9d0bd", "#ab9f8b", "#776d60"],
            wall: ["#f7f4ec", "#dfdbd0", "#b9b8b3"],
            roof: ["#5b6670", "#7f4a3c", "#48525d"],
        }
    }

    fn gold() -> Self {
        Light {
            sky: ["#6a9dbd", "#a9c6cf", "#efdcb6", "#fbe9c6"],
            sun: Some((2120.0, 560.0, "#fff4d4")),
            cloud: "#fff3de",
            sea: ["#e2cfae", "#7fa3a5", "#2f6377"],
            glint: "#fff3d6",
            hills: ["#c3bfae", "#9ba994", "#6f8a6b", "#4c6a4a"],
            leaf: ["#3c5331", "#5f7a3c", "#8c9a4a", "#bcb765"],
            field: ["#7d8f42", "#adac52", "#d3c473"],
            stone: ["#e3d2b1", "#b79c78", "#7d674f"],
            wall: ["#fdf3de", "#e6d7bb", "#b9a98e"],
            roof: ["#61605f", "#8b4d38", "#4d4d52"],
        }
    }

    fn dawn() -> Self {
        Light {
            sky: ["#2f5d86", "#6e9bb8", "#f0c79a", "#fbe0b4"],
            sun: Some((760.0, 1120.0, "#fff3cf")),
            cloud: "#ffe6cd",
            sea: ["#d9b68f", "#5d8798", "#204c69"],
            glint: "#ffeccb",
            hills: ["#a7a7ac", "#7f8b93", "#58707a", "#3a5356"],
            leaf: ["#2b4a34", "#476a3d", "#71884a", "#a3a35a"],
            field: ["#5d7440", "#8a9450", "#b8ab66"],
            stone: ["#a58a72", "#705c50", "#443a38"],
            wall: ["#fff6e8", "#e4d6c8", "#9fa3ab"],
            roof: ["#5a6673", "#7f4b3d", "#3f4a57"],
        }
    }

    fn dusk() -> Self {
        Light {
            sky: ["#243b63", "#4f6590", "#c98f8d", "#f2bf8e"],
            sun: Some((2150.0, 1080.0, "#ffe2b0")),
            cloud: "#e9b8a4",
            sea: ["#c99a86", "#4d5f80", "#1e2f4e"],
            glint: "#ffd9a6",
            hills: ["#8f87a0", "#6b6d8c", "#494f6f", "#2f3852"],
            leaf: ["#1f2f33", "#2f4540", "#4d5f4a", "#7a7a55"],
            field: ["#3f4f43", "#626a4c", "#8c8358"],
            stone: ["#8f7a78", "#5f5460", "#383545"],
            wall: ["#d8c9c4", "#a59ba6", "#666682"],
            roof: ["#3a4058", "#5d3f48", "#2c3248"],
        }
    }

    /// Sky, sun and clouds down to the horizon.
    pub fn sky(&self, art: &mut Art, horizon: f64) {
        let s = self.sky;
        let paint = art.shade(0.0, horizon, &[(0.0, s[0], 1.0), (0.42, s[1], 1.0), (0.84, s[2], 1.0), (1.0, s[3], 1.0)]);
        art.rect(0.0, 0.0, W, H, &paint);
        if let Some((x, y, colour)) = self.sun {
            let halo = art.glow(&[(0.0, colour, 0.85), (0.18, colour, 0.42), (1.0, colour, 0.0)]);
            art.ellipse(x, y, 760.0, 620.0, &halo, 1.0);
            art.ellipse(x, y, 74.0, 74.0, colour, 1.0);
        }
        let soft = art.glow(&[(0.0, self.cloud, 0.75), (0.45, self.cloud, 0.34), (1.0, self.cloud, 0.0)]);
        for band in 0..5 {
            let (x0, y0) = (art.between(-200.0, W), horizon * art.between(0.08, 0.74));
            let long = art.between(420.0, 1100.0);
            for _ in 0..26 {
                let t = art.between(-1.0, 1.0);
                let (rx, ry) = (art.between(90.0, 300.0), art.between(10.0, 34.0) + band as f64 * 3.0);
                let (x, y) = (x0 + t * long, y0 + art.between(-34.0, 34.0) * (1.0 - t.abs()));
                art.ellipse(x, y, rx, ry, &soft, 0.55);
            }
        }
    }
}
