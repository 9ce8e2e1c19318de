//! Figures as a Markdown table: medians, ratios to ours, memory and bytes.
use super::Taken;

pub struct Row {
    label: String,
    walls: Vec<f64>,
    peak: f64,
    megabytes: f64,
}

impl Row {
    pub fn new(label: &str) -> Self {
        Self { label: label.to_owned(), walls: Vec::new(), peak: 0.0, megabytes: 0.0 }
    }

    pub fn add(&mut self, taken: Taken, megabytes: f64) {
        self.walls.push(taken.wall);
        self.walls.sort_by(f64::total_cmp);
        self.peak = self.peak.max(taken.megabytes);
        self.megabytes = megabytes;
    }

    fn median(&self) -> Option<f64> {
        let middle = self.walls.len() / 2;
        match self.walls.len() {
            0 => None,
            n if n % 2 == 1 => Some(self.walls[middle]),
            _ => Some((self.walls[middle - 1] + self.walls[middle]) / 2.0),
        }
    }
}

/// The first row is ours; the others are told as so many times it.
pub struct Table {
    pub title: String,
    pub rows: Vec<Row>,
}

impl Table {
    pub fn markdown(&self) -> String {
        let mut out = format!("\n## {}\n\n| | wall s | least–most | ÷ ours | memory MB | bytes MB |\n|---|--:|--:|--:|--:|--:|\n", self.title);
        let ours = self.rows.first().and_then(Row::median).unwrap_or(f64::NAN);
        for row in &self.rows {
            let Some(median) = row.median() else {
                out += &format!("| {} | did not finish | | | | |\n", row.label);
                continue;
            };
            let (least, most) = (row.walls.first().copied().unwrap_or(median), row.walls.last().copied().unwrap_or(median));
            out += &format!("| {} | {median:.3} | {least:.3}–{most:.3} | {:.2} | {:.0} | {:.2} |\n", row.label, median / ours, row.peak, row.megabytes);
        }
        out
    }
}
