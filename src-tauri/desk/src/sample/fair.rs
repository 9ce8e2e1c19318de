//! The event of 令和7年度 filled out with an invented roster, floor and programme, so that every room has something to show.
//!
//! Real are the title, the days, the venue and the total of 延べ1,158名; all else bears 見本 in its note.
use super::{MARK, Sample, Tally, fair_id, id, partner_id};
use crate::model::municipality;
use crate::model::record::{Booth, Door, Event, Exhibitor, PlanItem, ProgrammeSlot, RosterEntry, Space};
use serde::Deserialize;
use serde_json::json;

const ROSTER: &str = include_str!("../../../../assets/sample/roster.csv");
const PROGRAMME: &str = include_str!("../../../../assets/sample/programme.csv");
const DAYS: [&str; 2] = ["2025-11-08", "2025-11-09"];
/// Visitors by hour from 10 o'clock, day by day, at the west and the east door: 1,158 together.
const HOURS: [[[i32; 7]; 2]; 2] = [
    [[38, 52, 61, 47, 58, 66, 40], [22, 36, 45, 31, 44, 47, 25]],
    [[33, 47, 55, 44, 53, 58, 30], [19, 31, 40, 29, 41, 45, 21]],
];

pub(super) fn fill(sample: &mut Sample) {
    let project = fair_id();
    let space = id("space fair");
    let venue = super::registry::venue_id("がすてなーに ガスの科学館");
    sample.add(Space {
        id: space.clone(),
        venue,
        name: "会場図".into(),
        width_m: Some(18.0),
        depth_m: Some(28.0),
        height_m: None,
        plan: plan(),
        power_w: Some(15_000),
        note: format!("{MARK}の図。実際の寸法ではありません"),
    });
    let event = sample.records.iter_mut().find(|(_, r)| r["id"] == project.as_str()).expect("the facts name this event");
    event.1["space"] = json!(space);
    event.1["power_w"] = json!(15_000);
    event.1["circuit_w"] = json!(4_500);
    event.1["note"] = json!(format!("名簿、区画、プログラム、入口と時間ごとの人数は{MARK}です。2日間で延べ1,158名は公表された人数です。"));
    debug_assert!(serde_json::from_value::<Event>(event.1.clone()).is_ok());
    booths(sample, &project);
    roster(sample, &project);
    programme(sample, &project);
    visitors(sample, &project);
}

fn plan() -> Vec<PlanItem> {
    let item = |kind: &str, label: &str, x_m, y_m, w_m, d_m| PlanItem { kind: kind.into(), label: label.into(), x_m, y_m, w_m, d_m };
    vec![
        item("stage", "ステージ", 5.0, 0.7, 8.0, 3.3),
        item("pr", "PRコーナー", 11.8, 22.6, 4.7, 3.6),
        item("door", "西口", 2.5, 28.0, 3.0, 0.0),
        item("door", "東口", 12.5, 28.0, 3.0, 0.0),
        item("extinguisher", "消火器", 0.4, 4.3, 0.4, 0.4),
        item("extinguisher", "消火器", 17.2, 4.3, 0.4, 0.4),
        item("extinguisher", "消火器", 0.4, 26.5, 0.4, 0.4),
        item("extinguisher", "消火器", 17.2, 26.5, 0.4, 0.4),
        item("power", "A", 4.0, 9.0, 0.6, 0.6),
        item("power", "A", 4.0, 18.9, 0.6, 0.6),
        item("power", "B", 8.8, 10.1, 0.6, 0.6),
        item("power", "C", 13.6, 9.0, 0.6, 0.6),
        item("power", "C", 13.6, 18.9, 0.6, 0.6),
    ]
}

/// Eight along the west wall, eight in pairs in the middle, eight along the east wall and before the doors.
fn booths(sample: &mut Sample, project: &str) {
    for n in 0..8 {
        let step = f64::from(n);
        let (x_b, y_b) = (6.0 + f64::from(n % 2) * 3.0, 7.4 + f64::from(n / 2) * 3.7);
        let (x_c, y_c) = if n == 7 { (6.0, 22.6) } else { (14.6, 5.6 + step * 2.45) };
        for (section, x, y, d) in [("A", 0.6, 5.6 + step * 2.45, 2.0), ("B", x_b, y_b, 2.4), ("C", x_c, y_c, 2.0)] {
            let code = format!("{section}-{:02}", n + 1);
            sample.add(Booth {
                id: id(&format!("booth {code}")),
                project: project.into(),
                code,
                section: section.into(),
                x_m: Some(x),
                y_m: Some((y * 100.0).round() / 100.0),
                w_m: Some(if section == "B" { 3.0 } else { 2.8 }),
                d_m: Some(d),
                circuit: section.into(),
                pinned: false,
                note: MARK.into(),
            });
        }
    }
}

#[derive(Deserialize)]
struct RosterLine {
    booth: String,
    name: String,
    products: String,
    power_w: Option<i32>,
    circuit: String,
    water: String,
    fire: String,
    tables: i32,
    days: String,
    status: String,
}

fn roster(sample: &mut Sample, project: &str) {
    for (order, line) in csv::Reader::from_reader(ROSTER.as_bytes()).deserialize().enumerate() {
        let line: RosterLine = line.expect("the shipped roster is well-formed");
        let partner = partner_id(&line.name);
        let (name, kana) = match municipality::by_name(&line.name) {
            Some(m) => (m.name.to_owned(), m.kana.to_owned()),
            None => (line.name.clone(), association_kana(&line.name)),
        };
        let exhibitor = id(&format!("exhibitor {}", line.name));
        sample.add(Exhibitor {
            id: exhibitor.clone(),
            partner: partner.clone(),
            name: name.clone(),
            kana: kana.clone(),
            note: MARK.into(),
            ..Exhibitor::default()
        });
        let days: &[&str] = match line.days.as_str() {
            "day1" => &DAYS[..1],
            "day2" => &DAYS[1..],
            _ => &DAYS,
        };
        let fire = !line.fire.is_empty();
        sample.add(RosterEntry {
            id: id(&format!("roster {}", line.booth)),
            project: project.into(),
            order: f64::from(order as i32 + 1),
            booth: line.booth,
            exhibitor,
            partner,
            name,
            kana,
            products: line.products,
            booth_class: if fire { "調理" } else { "物販" }.into(),
            days: days.iter().map(|d| (*d).to_owned()).collect(),
            tables: Some(line.tables),
            chairs: Some(2),
            power_w: line.power_w,
            circuit: line.circuit,
            water: !line.water.is_empty(),
            fire,
            licences: if fire { vec!["臨時出店届".into()] } else { Vec::new() },
            status: line.status,
            note: MARK.into(),
            ..RosterEntry::default()
        });
    }
}

/// よみ of a 市長会 or 町村会.
fn association_kana(name: &str) -> String {
    [("市長会", "しちょうかい"), ("町村会", "ちょうそんかい")]
        .iter()
        .find_map(|(ending, kana)| Some(format!("{}{kana}", municipality::by_name(name.strip_suffix(ending)?)?.kana)))
        .unwrap_or_default()
}

#[derive(Deserialize)]
struct Slot {
    day: String,
    start: String,
    end: String,
    place: String,
    title: String,
    performer: String,
    kind: String,
}

fn programme(sample: &mut Sample, project: &str) {
    for line in csv::Reader::from_reader(PROGRAMME.as_bytes()).deserialize() {
        let slot: Slot = line.expect("the shipped programme is well-formed");
        sample.add(ProgrammeSlot {
            id: id(&format!("slot {} {} {}", slot.day, slot.start, slot.place)),
            project: project.into(),
            day: slot.day,
            start: slot.start,
            end: slot.end,
            place: slot.place,
            title: slot.title,
            performer: slot.performer,
            kind: slot.kind,
            note: MARK.into(),
        });
    }
}

fn visitors(sample: &mut Sample, project: &str) {
    let doors: Vec<String> = ["西口", "東口"].iter().map(|name| id(&format!("door {name}"))).collect();
    for (order, name) in ["西口", "東口"].into_iter().enumerate() {
        sample.add(Door { id: doors[order].clone(), project: project.into(), name: name.into(), order: order as i32 + 1 });
    }
    for (day, hours) in DAYS.iter().zip(HOURS) {
        for (door, counts) in doors.iter().zip(hours) {
            for (hour, visitors) in counts.into_iter().enumerate() {
                presses(&mut sample.tallies, (project, door), &format!("{day}T{:02}", hour + 10), visitors);
            }
        }
    }
}

/// An hour of presses: one group, every sixth a child, the rest adults, spread evenly.
fn presses(tallies: &mut Vec<Tally>, (project, door): (&str, &str), hour: &str, visitors: i32) {
    let group = if visitors > 50 { 8 } else { 4 };
    let singles = visitors - group;
    for n in 0..=singles {
        let second = n * 3_599 / (singles + 1);
        let (category, delta) = match n {
            _ if n == singles / 2 => ("group", group),
            _ if n % 6 == 5 => ("child", 1),
            _ => ("adult", 1),
        };
        let at = format!("{hour}:{:02}:{:02}", second / 60, second % 60);
        tallies.push(Tally { project: project.into(), door: door.into(), at, category, delta });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counted_visitors_are_the_published_ones() {
        let sample = super::super::records(Default::default(), &|_| String::new());
        assert_eq!(sample.tallies.iter().map(|t| t.delta).sum::<i32>(), 1_158);
        assert!(sample.tallies.iter().all(|t| t.project == fair_id()));
    }

    #[test]
    fn what_is_invented_says_so() {
        for (kind, record) in &super::super::records(Default::default(), &|_| String::new()).records {
            use crate::model::record::Kind::*;
            if matches!(kind, Booth | RosterEntry | ProgrammeSlot | Exhibitor) {
                assert!(record["note"].as_str().is_some_and(|n| n.contains(MARK)), "{record}");
            }
        }
    }
}
