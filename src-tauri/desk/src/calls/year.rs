//! A fiscal year at a glance: what stands where on the timeline, what is due, what clashes.
use super::counting::{entered_words, short_day};
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::date::{Overlap, Period, Precision, fiscal_year_of, fiscal_year_words};
use crate::model::holiday::Calendar;
use crate::model::record::{ChecklistItem, EnteredTotal, Event, Exhibition, Kind, Lecture, Support, TourStop, WardProgramme};
use crate::store::Filter;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything that a year is made of, read once.
struct Plan {
    fiscal_year: i32,
    exhibitions: Vec<Exhibition>,
    tours: Vec<TourStop>,
    events: Vec<Event>,
    lectures: Vec<Lecture>,
    supports: Vec<Support>,
    programmes: Vec<WardProgramme>,
    items: Vec<ChecklistItem>,
    totals: Vec<EnteredTotal>,
}

pub(super) async fn year(desk: &Arc<Desk>, ask: YearAsk) -> Result<Year> {
    known_year(ask.fiscal_year)?;
    let all = Filter::all();
    let mut plan = Plan {
        fiscal_year: ask.fiscal_year,
        exhibitions: desk.store.all(&all).await?,
        tours: vec![],
        events: desk.store.all(&all).await?,
        lectures: desk.store.all(&all).await?,
        supports: desk.store.all(&all).await?,
        programmes: desk.store.all(&all).await?,
        items: desk.store.all(&all).await?,
        totals: desk.store.all(&all).await?,
    };
    // The stops of an exhibition that was removed go nowhere.
    plan.tours = desk.store.all::<TourStop>(&all).await?.into_iter().filter(|t| plan.exhibitions.iter().any(|e| e.id == t.project)).collect();
    let today = super::today();
    let dues = plan.dues(today);
    let (first, last) = bounds(ask.fiscal_year);
    Ok(Year {
        fiscal_year: ask.fiscal_year,
        label: fiscal_year_words(ask.fiscal_year),
        bars: plan.bars(&dues),
        undated: plan.undated(),
        due: plan.due(&dues, first, last),
        clashes: plan.clashes(),
        holidays: Calendar::japan().holidays(first, last).into_iter().map(|(date, name)| Holiday { date: date.to_string(), name }).collect(),
        totals: plan.year_totals(),
        years: plan.years(today),
    })
}

/// A year that eras, holidays and the timeline know.
pub(super) fn known_year(fiscal_year: i32) -> Result<()> {
    if (1868..=2200).contains(&fiscal_year) {
        return Ok(());
    }
    Err(Fault::new(FaultKind::BadField, format!("{fiscal_year}年度は扱えません"), "西暦の年度（2026 など）で指定してください"))
}

/// 1 April to 31 March.
fn bounds(fiscal_year: i32) -> (NaiveDate, NaiveDate) {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
    (day(fiscal_year, 4, 1), day(fiscal_year + 1, 3, 31))
}

/// Whether a period can touch the year.
fn within(period: Option<&Period>, fiscal_year: i32) -> bool {
    let (first, last) = bounds(fiscal_year);
    let Some((from, to)) = period.and_then(|p| p.first_day().zip(p.last_day())) else { return false };
    from <= last && first <= to
}

/// 第2回 before the title.
fn titled(number: Option<i32>, title: &str) -> String {
    number.map_or_else(|| title.to_owned(), |n| format!("第{n}回 {title}"))
}

fn joined(venue: &str, space: &str) -> String {
    if space.is_empty() { venue.to_owned() } else { format!("{venue} {space}") }
}

/// A bar with its place in time; nothing is invented for what is known by the year or in words only.
fn bar(kind: Kind, id: &str, title: String, sub: String, period: Option<&Period>, status: &str) -> Bar {
    let mut bar = Bar { kind, id: id.to_owned(), title, sub, status: status.to_owned(), undated: true, precision: "text".into(), ..Bar::default() };
    let Some(period) = period else { return bar };
    bar.label = period.wareki();
    bar.precision = match period.precision() {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Year => "year",
        Precision::FiscalYear => "fiscal_year",
        Precision::Text => "text",
    }
    .into();
    if matches!(period.precision(), Precision::Day | Precision::Month) {
        bar.from = period.first_day().map(|d| d.to_string()).unwrap_or_default();
        bar.to = period.last_day().map(|d| d.to_string()).unwrap_or_default();
        bar.undated = false;
    }
    bar
}

fn programme(w: &WardProgramme) -> Bar {
    bar(Kind::WardProgramme, &w.id, w.title.clone(), w.ward.clone(), w.period.as_ref(), "")
}

impl Plan {
    /// Wards' programmes of which neither year nor days are known; they belong to no year's lane.
    fn undated(&self) -> Vec<Bar> {
        let dated = |w: &WardProgramme| w.fiscal_year.is_some() || w.period.as_ref().is_some_and(|p| p.first_day().is_some());
        self.programmes.iter().filter(|w| !dated(w)).map(programme).collect()
    }

    fn bars(&self, dues: &BTreeMap<String, Vec<Due>>) -> Vec<Bar> {
        let year = self.fiscal_year;
        let mut bars = Vec::new();
        for e in self.exhibitions.iter().filter(|e| e.fiscal_year == year) {
            bars.push(bar(Kind::Exhibition, &e.id, titled(e.number, &e.title), joined(&e.venue_name, &e.space_name), e.period.as_ref(), &e.status));
        }
        for t in self.tours.iter().filter(|t| within(t.period.as_ref(), year)) {
            let title = self.exhibitions.iter().find(|e| e.id == t.project).map_or("", |e| e.title.as_str());
            let mut made = bar(Kind::TourStop, &t.id, format!("巡回｜{}", t.venue_name), title.to_owned(), t.period.as_ref(), &t.status);
            made.result.clone_from(&t.condition);
            bars.push(made);
        }
        for e in self.events.iter().filter(|e| e.fiscal_year == year || (e.recurring && e.fiscal_year < year)) {
            let place = if e.venue_name.is_empty() { e.host.clone() } else { joined(&e.venue_name, &e.space_name) };
            // A recurring event of another year: its day this year is not known.
            let (period, status) = if e.fiscal_year == year { (e.period.as_ref(), e.status.as_str()) } else { (None, "plan") };
            bars.push(bar(Kind::Event, &e.id, titled(e.number, &e.title), place, period, status));
        }
        for l in self.lectures.iter().filter(|l| l.fiscal_year == year) {
            let sub = match l.mode.as_str() {
                "online" => "オンライン".to_owned(),
                "both" => format!("{}・オンライン", l.venue_name),
                _ => l.venue_name.clone(),
            };
            bars.push(bar(Kind::Lecture, &l.id, titled(l.number, &l.title), sub, l.period.as_ref(), &l.status));
        }
        for s in self.supports.iter().filter(|s| s.fiscal_year == Some(year)) {
            bars.push(bar(Kind::Support, &s.id, s.title.clone(), s.prefectures.join("・"), None, ""));
        }
        for w in &self.programmes {
            if w.fiscal_year == Some(year) || (w.fiscal_year.is_none() && within(w.period.as_ref(), year)) {
                bars.push(programme(w));
            }
        }
        for bar in &mut bars {
            bar.deadlines = dues.get(&bar.id).cloned().unwrap_or_default();
            let total = self.totals.iter().find(|t| t.project == bar.id && t.day.is_empty() && t.door.is_empty());
            if let Some(total) = total {
                bar.result = entered_words(total);
            }
        }
        bars
    }

    /// What is due, by project.
    fn dues(&self, today: NaiveDate) -> BTreeMap<String, Vec<Due>> {
        let calendar = Calendar::japan();
        let mut dues: BTreeMap<String, Vec<Due>> = BTreeMap::new();
        for item in &self.items {
            let Ok(date) = NaiveDate::parse_from_str(&item.due, "%Y-%m-%d") else { continue };
            // The items of a project that was removed are due to nobody.
            let Some((project_kind, project_title)) = self.project(&item.project) else { continue };
            dues.entry(item.project.clone()).or_default().push(Due {
                project: item.project.clone(),
                project_kind,
                project_title,
                item: item.id.clone(),
                key: item.key.clone(),
                title: item.title.clone(),
                date: item.due.clone(),
                label: short_day(date),
                done: item.done,
                late_days: if item.done { 0 } else { (today - date).num_days().max(0) as i32 },
                working_days_left: if date > today { calendar.working_days_between(today, date) } else { 0 },
            });
        }
        dues
    }

    fn due(&self, dues: &BTreeMap<String, Vec<Due>>, first: NaiveDate, last: NaiveDate) -> Vec<Due> {
        let (first, last) = (first.to_string(), last.to_string());
        let mut due: Vec<Due> = dues.values().flatten().filter(|d| first <= d.date && d.date <= last).cloned().collect();
        due.sort_by(|a, b| (&a.date, &a.project, &a.key).cmp(&(&b.date, &b.project, &b.key)));
        due
    }

    fn project(&self, id: &str) -> Option<(Kind, String)> {
        let exhibition = self.exhibitions.iter().find(|e| e.id == id).map(|e| (Kind::Exhibition, e.title.clone()));
        let event = || self.events.iter().find(|e| e.id == id).map(|e| (Kind::Event, e.title.clone()));
        let lecture = || self.lectures.iter().find(|l| l.id == id).map(|l| (Kind::Lecture, l.title.clone()));
        exhibition.or_else(event).or_else(lecture)
    }

    fn clashes(&self) -> Vec<Clash> {
        let mut clashes = self.same_hall();
        clashes.extend(self.same_panels());
        clashes.extend(self.same_day());
        clashes
    }

    /// Two things in one hall at the same time.
    fn same_hall(&self) -> Vec<Clash> {
        let held = self.exhibitions.iter().map(|e| (&e.id, &e.title, &e.venue_name, &e.space_name, &e.period));
        let events = self.events.iter().map(|e| (&e.id, &e.title, &e.venue_name, &e.space_name, &e.period));
        let all: Vec<_> = held.chain(events).filter(|(_, _, venue, _, period)| !venue.is_empty() && within(period.as_ref(), self.fiscal_year)).collect();
        let mut clashes = Vec::new();
        for (n, (id, title, venue, space, period)) in all.iter().enumerate() {
            for (other_id, other_title, other_venue, other_space, other) in &all[n + 1..] {
                // An unnamed space may be any of them, so only named ones clash for certain.
                let same = venue == other_venue && space == other_space && !space.is_empty();
                if let (true, Some((from, to))) = (same, shared(period.as_ref(), other.as_ref())) {
                    clashes.push(Clash {
                        title: "会場の重なり".into(),
                        message: format!("「{title}」と「{other_title}」が、{}に{venue} {space}で重なります。", days(from, to)),
                        from: from.to_string(),
                        to: to.to_string(),
                        ids: vec![(*id).clone(), (*other_id).clone()],
                    });
                }
            }
        }
        clashes
    }

    /// One panel set in two places.
    fn same_panels(&self) -> Vec<Clash> {
        let mut clashes = Vec::new();
        for exhibition in &self.exhibitions {
            let stops = self.tours.iter().filter(|t| t.project == exhibition.id).map(|t| (&t.id, &t.period));
            let places: Vec<_> = [(&exhibition.id, &exhibition.period)].into_iter().chain(stops).collect();
            for (n, (id, period)) in places.iter().enumerate() {
                for (other_id, other) in &places[n + 1..] {
                    let Some((from, to)) = shared(period.as_ref(), other.as_ref()) else { continue };
                    if !within(period.as_ref(), self.fiscal_year) {
                        continue;
                    }
                    clashes.push(Clash {
                        title: "パネルの重なり".into(),
                        message: format!("「{}」のパネル一式が、{}に2会場で使われます。", exhibition.title, days(from, to)),
                        from: from.to_string(),
                        to: to.to_string(),
                        ids: vec![(*id).clone(), (*other_id).clone()],
                    });
                }
            }
        }
        clashes
    }

    /// Events and lectures on one day need the same people.
    fn same_day(&self) -> Vec<Clash> {
        let own = self.events.iter().filter(|e| e.host.is_empty()).map(|e| (&e.id, &e.title, &e.period));
        let all: Vec<_> = own.chain(self.lectures.iter().map(|l| (&l.id, &l.title, &l.period))).filter(|(_, _, p)| within(p.as_ref(), self.fiscal_year)).collect();
        let mut clashes = Vec::new();
        for (n, (id, title, period)) in all.iter().enumerate() {
            for (other_id, other_title, other) in &all[n + 1..] {
                let Some((from, to)) = shared(period.as_ref(), other.as_ref()) else { continue };
                clashes.push(Clash {
                    title: "同じ日の催し".into(),
                    message: format!("「{title}」と「{other_title}」が、どちらも{}にあります。", days(from, to)),
                    from: from.to_string(),
                    to: to.to_string(),
                    ids: vec![(*id).clone(), (*other_id).clone()],
                });
            }
        }
        clashes
    }

    fn year_totals(&self) -> Vec<YearTotal> {
        let year = self.fiscal_year;
        let open = |status: &str| status != "closed" && !status.is_empty();
        let exhibitions: Vec<_> = self.exhibitions.iter().filter(|e| e.fiscal_year == year).collect();
        let events: Vec<_> = self.events.iter().filter(|e| e.fiscal_year == year && e.host.is_empty()).collect();
        let lectures: Vec<_> = self.lectures.iter().filter(|l| l.fiscal_year == year).collect();
        let ahead = |n: usize, word: &str| if n == 0 { String::new() } else { format!("うち{word} {n}") };
        // Figures of different meaning are never added, so each event's own words stand side by side.
        let visitors = events.iter().filter_map(|e| self.totals.iter().find(|t| t.project == e.id && t.day.is_empty())).map(entered_words);
        let total = |label: &str, count: usize, note: String| YearTotal { label: label.into(), count: count as i32, note };
        vec![
            total("展示", exhibitions.len(), ahead(exhibitions.iter().filter(|e| open(&e.status)).count(), "開催前")),
            total("イベント", events.len(), visitors.collect::<Vec<_>>().join("、")),
            total("講演会", lectures.len(), ahead(lectures.iter().filter(|l| open(&l.status)).count(), "開催前")),
            total("被災地支援", self.supports.iter().filter(|s| s.fiscal_year == Some(year)).count(), String::new()),
        ]
    }

    /// Years in which something is, with this one and the next.
    fn years(&self, today: NaiveDate) -> Vec<i32> {
        let now = fiscal_year_of(today);
        let known = self.exhibitions.iter().map(|e| e.fiscal_year).chain(self.events.iter().map(|e| e.fiscal_year)).chain(self.lectures.iter().map(|l| l.fiscal_year));
        let mut years: BTreeSet<i32> = known.filter(|y| *y > 1900).collect();
        years.extend([now, now + 1]);
        years.into_iter().rev().collect()
    }
}

/// The days on which both certainly are.
fn shared(a: Option<&Period>, b: Option<&Period>) -> Option<(NaiveDate, NaiveDate)> {
    let (a, b) = (a?, b?);
    if a.overlap(b) != Overlap::Certain {
        return None;
    }
    Some((a.first_day()?.max(b.first_day()?), a.last_day()?.min(b.last_day()?)))
}

fn days(from: NaiveDate, to: NaiveDate) -> String {
    if from == to { short_day(from) } else { format!("{}～{}", short_day(from), short_day(to)) }
}
