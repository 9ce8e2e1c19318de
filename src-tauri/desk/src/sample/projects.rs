//! Exhibitions with their tours, events, lectures and what was counted at them, as the facts give them.
use super::facts::{self, Facts};
use super::registry::{space_id, split_venue, venue_id};
use super::{MARK, Sample, exhibition_id, id, partner_id, period};
use crate::model::date::{Period, fiscal_year_of};
use crate::model::deadline::{DeadlineKind, checklist as checklist_of};
use crate::model::holiday::Calendar;
use crate::model::record::{ChecklistItem, EnteredTotal, Event, EventDay, Exhibition, Lecture, TourStop};
use chrono::NaiveDate;

pub(super) fn fill(sample: &mut Sample, facts: &Facts, today: NaiveDate) {
    for exhibition in &facts.exhibitions {
        add_exhibition(sample, facts, exhibition, today);
    }
    for event in &facts.events {
        add_event(sample, facts, event, today);
    }
    for lecture in &facts.lectures {
        add_lecture(sample, lecture, today);
    }
    add_next(sample, facts, today);
}

fn add_exhibition(sample: &mut Sample, facts: &Facts, fact: &facts::Exhibition, today: NaiveDate) {
    let fiscal_year = facts::fiscal_year(&fact.fiscal_year).expect("the facts name real years");
    let project = exhibition_id(fiscal_year, fact.number);
    let space = if fact.space.is_empty() { String::new() } else { space_id(&fact.venue, &fact.space) };
    let note = match &fact.member_count {
        Some(count) => format!("{}町村", count.towns_and_villages),
        None => String::new(),
    };
    sample.add(Exhibition {
        id: project.clone(),
        series: fact.series.clone(),
        fiscal_year,
        number: Some(fact.number),
        title: fact.title.clone(),
        subtitle: fact.subtitle.clone(),
        theme: fact.theme.clone(),
        period: period(&fact.span),
        venue: venue_id(&fact.venue),
        venue_name: fact.venue.clone(),
        space,
        space_name: fact.space.clone(),
        partners: fact.partners.iter().map(|p| partner_id(p)).collect(),
        partner_names: fact.partners.clone(),
        organisers: facts.organisers.clone(),
        contents: fact.contents.clone(),
        panel_themes: fact.panel_themes.clone(),
        credits: fact.credits.clone(),
        status: "closed".into(),
        press_theme: if fact.municipalities.is_empty() { "ai" } else { "umi" }.into(),
        press_paper: "A1".into(),
        note,
        ..Exhibition::default()
    });
    checklist(sample, &project, period(&fact.span).as_ref(), DeadlineKind::Exhibition, today);
    for (order, stop) in fact.touring.iter().enumerate() {
        sample.add(TourStop {
            id: id(&format!("tour {project} {order}")),
            project: project.clone(),
            order: order as i32 + 1,
            venue: venue_id(&stop.venue),
            venue_name: stop.venue.clone(),
            host: stop.host.clone(),
            period: period(&stop.span),
            status: "returned".into(),
            ..TourStop::default()
        });
    }
}

/// What was or is due for a project whose days are known, counted in working days.
fn checklist(sample: &mut Sample, project: &str, held: Option<&Period>, kind: DeadlineKind, today: NaiveDate) {
    for (order, (key, title, due)) in checklist_of(kind, held).into_iter().enumerate() {
        let Some(due) = due else { continue };
        let done = due < today;
        sample.add(ChecklistItem {
            id: id(&format!("due {project} {key}")),
            project: project.into(),
            key,
            title,
            due: due.to_string(),
            done,
            done_on: if done { due.to_string() } else { String::new() },
            note: MARK.into(),
            order: order as i32 + 1,
        });
    }
}

/// An invented exhibition some weeks ahead, so that this year has something that is due.
fn add_next(sample: &mut Sample, facts: &Facts, today: NaiveDate) {
    let calendar = Calendar::japan();
    let (first, last) = (calendar.add_working_days(today, 24), calendar.add_working_days(today, 54));
    let held = Period::days(first, last).ok();
    let project = id("exhibition next");
    let home = &facts.home_venue;
    sample.add(Exhibition {
        id: project.clone(),
        series: "全国連携展示".into(),
        fiscal_year: fiscal_year_of(first),
        title: format!("次回の展示（{MARK}）"),
        period: held.clone(),
        venue: venue_id(&home.name),
        venue_name: home.name.clone(),
        space: space_id(&home.name, &home.space),
        space_name: home.space.clone(),
        organisers: facts.organisers.clone(),
        contents: vec!["パネル".into()],
        status: "plan".into(),
        press_theme: "ai".into(),
        press_paper: "A1".into(),
        note: format!("期限の見かたを試すための{MARK}です。実際の予定ではありません。"),
        ..Exhibition::default()
    });
    checklist(sample, &project, held.as_ref(), DeadlineKind::Exhibition, today);
}

fn add_event(sample: &mut Sample, facts: &Facts, fact: &facts::Event, today: NaiveDate) {
    let project = id(&format!("event {}", fact.title));
    let (venue, space) = split_venue(&fact.venue);
    let held = period(&fact.span);
    let fiscal_year = facts::fiscal_year(&fact.fiscal_year).or_else(|| april_year(&fact.span.from)).expect("the facts give a year");
    let own = fact.host.is_empty();
    sample.add(Event {
        id: project.clone(),
        kind: fact.kind.clone(),
        fiscal_year,
        title: fact.title.clone(),
        period: held,
        venue: if venue.is_empty() { String::new() } else { venue_id(venue) },
        venue_name: venue.into(),
        space: if space.is_empty() { String::new() } else { space_id(venue, space) },
        space_name: space.into(),
        host: fact.host.clone(),
        organisers: if own { facts.organisers.clone() } else { Vec::new() },
        contents: fact.contents.clone(),
        recurring: fact.recurring,
        status: "closed".into(),
        ..Event::default()
    });
    if own {
        checklist(sample, &project, period(&fact.span).as_ref(), DeadlineKind::Event, today);
    }
    let (open, close) = fact.span.hours.split_once('-').unwrap_or_default();
    for date in days(&fact.span) {
        sample.add(EventDay {
            id: id(&format!("day {project} {date}")),
            project: project.clone(),
            date,
            open: open.into(),
            close: close.into(),
            ..EventDay::default()
        });
    }
    if let Some(visitors) = &fact.visitors {
        let counting = if visitors.counting.is_empty() { "unspecified" } else { &visitors.counting };
        sample.add(EnteredTotal {
            id: id(&format!("total {project}")),
            project,
            value: visitors.count,
            counting: counting.into(),
            approximate: visitors.approximate,
            bound: if visitors.approximate { "about" } else { "exact" }.into(),
            source: "公表資料".into(),
            note: format!("{}日間の合計", visitors.days),
            ..EnteredTotal::default()
        });
    }
}

/// Single days of a span known to the day; nothing is invented for a month or a year.
fn days(span: &facts::Span) -> Vec<String> {
    let day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let Some(first) = day(&span.from) else { return Vec::new() };
    let last = day(&span.to).unwrap_or(first);
    first.iter_days().take_while(|d| *d <= last).map(|d| d.to_string()).collect()
}

/// The 年度 of 2018-07 is 2018; a bare year stands for itself.
fn april_year(from: &str) -> Option<i32> {
    let year: i32 = from.get(..4)?.parse().ok()?;
    match from.get(5..7).and_then(|m| m.parse::<u32>().ok()) {
        Some(month) if month < 4 => Some(year - 1),
        _ => Some(year),
    }
}

fn add_lecture(sample: &mut Sample, fact: &facts::Lecture, today: NaiveDate) {
    let fiscal_year = facts::fiscal_year(&fact.fiscal_year).expect("the facts name real years");
    let project = id(&format!("lecture {fiscal_year} {}", fact.number));
    let (title, subtitle) = match fact.title.split_once('～') {
        Some((title, rest)) => (title.to_owned(), format!("～{rest}")),
        None => (fact.title.clone(), String::new()),
    };
    let groups = fact.parts.iter().find_map(|p| p.split_once('（')?.1.strip_suffix("グループ）")?.parse().ok());
    sample.add(Lecture {
        id: project.clone(),
        series: "講演会".into(),
        fiscal_year,
        number: Some(fact.number),
        title,
        subtitle,
        period: period(&fact.span),
        mode: fact.mode.clone(),
        parts: fact.parts.clone(),
        groups,
        status: "closed".into(),
        ..Lecture::default()
    });
    checklist(sample, &project, period(&fact.span).as_ref(), DeadlineKind::Lecture, today);
    if let Some(attendees) = fact.attendees {
        sample.add(EnteredTotal {
            id: id(&format!("total {project}")),
            project,
            value: attendees,
            counting: "unspecified".into(),
            bound: "exact".into(),
            source: "公表資料".into(),
            note: "参加者".into(),
            ..EnteredTotal::default()
        });
    }
}
