//! Opening hours of a day: from a minute to a minute, into the next morning where it is written so.

use super::period::PeriodError;

/// Minutes from midnight. An end at or before the start is the next morning (22時～翌5時).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hours {
    start: u16,
    end: Option<u16>,
}

const DAY: u16 = 24 * 60;

impl Hours {
    /// Start before 24:00; end up to 24:00, or none where only the start is known.
    pub fn new(start: (u16, u16), end: Option<(u16, u16)>) -> Result<Self, PeriodError> {
        let start = minutes(start)?;
        if start >= DAY {
            return Err(PeriodError::Clock);
        }
        let end = end.map(minutes).transpose()?;
        Ok(Self { start, end })
    }

    pub fn start(self) -> (u16, u16) {
        (self.start / 60, self.start % 60)
    }

    pub fn end(self) -> Option<(u16, u16)> {
        self.end.map(|end| (end / 60, end % 60))
    }

    /// Ends after midnight.
    pub fn overnight(self) -> bool {
        self.end.is_some_and(|end| end <= self.start)
    }

    /// Whether both use a common minute of the same day; hours without an end may last to midnight.
    pub fn overlaps(self, other: Hours) -> bool {
        self.start < other.until() && other.start < self.until()
    }

    fn until(self) -> u16 {
        match self.end {
            Some(end) if end <= self.start => end + DAY,
            Some(end) => end,
            None => DAY,
        }
    }

    /// From the earlier start to the later end.
    pub(super) fn around(self, other: Hours) -> Hours {
        let end = match (self.end, other.end) {
            (Some(_), Some(_)) => Some(self.until().max(other.until())).map(|end| if end > DAY { end - DAY } else { end }),
            _ => None,
        };
        Hours { start: self.start.min(other.start), end }
    }

    /// `14:00`, `16:40`: as they go over the wire.
    pub fn wire(self) -> Vec<String> {
        let sign = |(h, m): (u16, u16)| format!("{h:02}:{m:02}");
        std::iter::once(sign(self.start())).chain(self.end().map(sign)).collect()
    }

    /// Reads `14:00` strictly.
    pub(super) fn minute(text: &str) -> Result<(u16, u16), PeriodError> {
        let (h, m) = text.split_once(':').ok_or(PeriodError::Clock)?;
        let number = |part: &str| {
            (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok()).flatten()
        };
        let (Some(h), Some(m)) = (number(h), number(m)) else { return Err(PeriodError::Clock) };
        minutes((h, m)).map(|_| (h, m))
    }
}

fn minutes((h, m): (u16, u16)) -> Result<u16, PeriodError> {
    if h > 24 || m > 59 || (h == 24 && m > 0) { Err(PeriodError::Clock) } else { Ok(h * 60 + m) }
}

/// `14時～16時40分`, `22時～翌5時`, `14時～`.
pub(super) fn words(hours: Hours) -> String {
    let part = |(h, m): (u16, u16)| if m == 0 { format!("{h}時") } else { format!("{h}時{m}分") };
    let next = if hours.overnight() { "翌" } else { "" };
    match hours.end() {
        Some(end) => format!("{}～{next}{}", part(hours.start()), part(end)),
        None => format!("{}～", part(hours.start())),
    }
}
