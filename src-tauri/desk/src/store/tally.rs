//! Visitor counts: one immutable row a press, corrected by another row only; sums are read from roll-ups.
use super::{Store, wording::of_sql};
use crate::calls::wire_types::Changed;
use crate::fault::{Fault, FaultKind, Result};
use chrono::{NaiveDateTime, Timelike};
use sqlx::sqlite::SqliteRow;
use sqlx::{Connection, Row, SqliteConnection};

/// What was pressed at a door. 延べ only: everybody counts each time.
#[derive(Clone, Debug)]
pub struct Press {
    pub project: String,
    pub door: String,
    /// adult | child | group
    pub category: String,
    pub delta: i32,
    /// Local time of the venue.
    pub at: NaiveDateTime,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    pub device: String,
    pub seq: i64,
    pub project: String,
    pub door: String,
    /// YYYY-MM-DD
    pub day: String,
    pub hour: i64,
    /// YYYY-MM-DDTHH:MM:SS.mmm
    pub at: String,
    pub category: String,
    pub delta: i64,
    /// The press of the same laptop that this row takes back.
    pub compensates: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySum {
    pub day: String,
    pub door: String,
    pub category: String,
    pub device: String,
    pub total: i64,
    /// Presses that stand.
    pub presses: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourSum {
    pub hour: i64,
    pub door: String,
    pub total: i64,
}

/// A press of more than this is a slip of the hand.
const MOST: i32 = 1000;
/// The list of latest presses looks back so far, and no further.
const LOOK_BACK: i64 = 20_000;

impl Store {
    /// Counts a press. Durable when this returns.
    pub async fn count(&self, press: Press) -> Result<Tally> {
        if press.delta == 0 || press.delta.abs() > MOST {
            return Err(Fault::new(FaultKind::BadField, format!("一度に数えられるのは{MOST}名までです"), "まとまった人数は「入力した人数」に入れてください"));
        }
        if !["adult", "child", "group"].contains(&press.category.as_str()) {
            return Err(Fault::new(FaultKind::BadField, format!("区分「{}」はありません", press.category), "adult（大人）、child（子ども）、group（団体）から選んでください"));
        }
        let mut writer = self.writer.lock().await;
        let mut tx = writer.conn.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
        let known = sqlx::query("SELECT 1 FROM door WHERE id = ? AND project = ?").bind(&press.door).bind(&press.project).fetch_optional(&mut *tx).await.map_err(of_sql)?;
        if known.is_none() {
            return Err(super::wording::not_found(crate::model::record::Kind::Door));
        }
        let (device, seq) = next_key(&mut tx).await?;
        let tally = Tally {
            device,
            seq,
            project: press.project,
            door: press.door,
            day: press.at.format("%Y-%m-%d").to_string(),
            hour: i64::from(press.at.hour()),
            at: stamp(press.at),
            category: press.category,
            delta: i64::from(press.delta),
            compensates: None,
        };
        insert(&mut tx, std::slice::from_ref(&tally)).await?;
        tx.commit().await.map_err(of_sql)?;
        drop(writer);
        self.announce_tallies(&tally.project);
        Ok(tally)
    }

    /// Enters presses that were noted elsewhere, all in one transaction: a paper tally, the sample.
    pub async fn count_all(&self, presses: Vec<Press>) -> Result<()> {
        let Some(project) = presses.first().map(|p| p.project.clone()) else { return Ok(()) };
        let mut writer = self.writer.lock().await;
        let mut tx = writer.conn.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
        let (device, first) = next_key(&mut tx).await?;
        let row = |(n, press): (usize, Press)| Tally {
            device: device.clone(),
            seq: first + n as i64,
            project: press.project,
            door: press.door,
            day: press.at.format("%Y-%m-%d").to_string(),
            hour: i64::from(press.at.hour()),
            at: stamp(press.at),
            category: press.category,
            delta: i64::from(press.delta),
            compensates: None,
        };
        let tallies: Vec<Tally> = presses.into_iter().enumerate().map(row).collect();
        insert(&mut tx, &tallies).await?;
        tx.commit().await.map_err(of_sql)?;
        drop(writer);
        self.announce_tallies(&project);
        Ok(())
    }

    /// Takes back the latest press of this laptop at this door that still stands, by a row of the opposite number.
    pub async fn uncount(&self, project: &str, door: &str, at: NaiveDateTime) -> Result<Tally> {
        let mut writer = self.writer.lock().await;
        let mut tx = writer.conn.begin_with("BEGIN IMMEDIATE").await.map_err(of_sql)?;
        let (device, seq) = next_key(&mut tx).await?;
        let sql = "SELECT * FROM tally t WHERE device = ? AND project = ? AND door = ? AND compensates IS NULL \
                   AND NOT EXISTS (SELECT 1 FROM tally c WHERE c.device = t.device AND c.compensates = t.seq) ORDER BY seq DESC LIMIT 1";
        let row = sqlx::query(sql).bind(&device).bind(project).bind(door).fetch_optional(&mut *tx).await.map_err(of_sql)?;
        let Some(press) = row.as_ref().map(tally) else {
            return Err(Fault::new(FaultKind::NotFound, "この入口で取り消せる入力はありません", "ほかのパソコンで数えた分は、そのパソコンで取り消してください"));
        };
        // It lies in the day and hour of the press, so that each sum is right again.
        let back = Tally { seq, at: stamp(at), delta: -press.delta, compensates: Some(press.seq), ..press };
        insert(&mut tx, std::slice::from_ref(&back)).await?;
        tx.commit().await.map_err(of_sql)?;
        drop(writer);
        self.announce_tallies(project);
        Ok(back)
    }

    /// Sums of a project by day, door, category and laptop.
    pub async fn day_sums(&self, project: &str) -> Result<Vec<DaySum>> {
        let sql = "SELECT day, door, category, device, total, presses FROM tally_day WHERE project = ? ORDER BY day, door, category, device";
        let rows = sqlx::query(sql).bind(project).fetch_all(&self.readers).await.map_err(of_sql)?;
        Ok(rows.iter().map(|r| DaySum { day: r.get(0), door: r.get(1), category: r.get(2), device: r.get(3), total: r.get(4), presses: r.get(5) }).collect())
    }

    /// Sums of one day by hour and door.
    pub async fn hour_sums(&self, project: &str, day: &str) -> Result<Vec<HourSum>> {
        let sql = "SELECT hour, door, total FROM tally_hour WHERE project = ? AND day = ? ORDER BY hour, door";
        let rows = sqlx::query(sql).bind(project).bind(day).fetch_all(&self.readers).await.map_err(of_sql)?;
        Ok(rows.iter().map(|r| HourSum { hour: r.get(0), door: r.get(1), total: r.get(2) }).collect())
    }

    /// The latest presses of a day on all laptops, the newest first.
    pub async fn recent_tallies(&self, project: &str, day: &str, limit: u32) -> Result<Vec<Tally>> {
        let devices = sqlx::query("SELECT DISTINCT device FROM tally_day WHERE project = ? AND day = ?").bind(project).bind(day).fetch_all(&self.readers).await.map_err(of_sql)?;
        let mut found = vec![];
        for device in devices {
            let sql = "SELECT * FROM tally WHERE device = ?1 AND seq > (SELECT max(seq) FROM tally WHERE device = ?1) - ?2 AND project = ?3 AND day = ?4 ORDER BY seq DESC LIMIT ?5";
            let query = sqlx::query(sql).bind(device.get::<String, _>(0)).bind(LOOK_BACK).bind(project).bind(day).bind(limit);
            found.extend(query.fetch_all(&self.readers).await.map_err(of_sql)?.iter().map(tally));
        }
        found.sort_by(|a, b| (&b.at, &b.device, b.seq).cmp(&(&a.at, &a.device, a.seq)));
        found.truncate(limit as usize);
        Ok(found)
    }

    /// Keys of tallies that came with different contents.
    pub async fn quarantined(&self) -> Result<i64> {
        let sql = "SELECT count(*) FROM (SELECT DISTINCT device, seq FROM quarantine)";
        Ok(sqlx::query(sql).fetch_one(&self.readers).await.map_err(of_sql)?.get(0))
    }

    pub(crate) fn announce_tallies(&self, project: &str) {
        self.announce(Changed { kinds: vec![], projects: vec![project.to_owned()], also: vec!["tallies".into()] });
    }
}

fn stamp(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3f").to_string()
}

/// This laptop and its next number. Within the write lock no other process can take the same.
async fn next_key(conn: &mut SqliteConnection) -> Result<(String, i64)> {
    let sql = "SELECT d.id, (SELECT coalesce(max(t.seq), 0) + 1 FROM tally t WHERE t.device = d.id) FROM device d";
    let row = sqlx::query(sql).fetch_one(conn).await.map_err(of_sql)?;
    Ok((row.get(0), row.get(1)))
}

pub(crate) fn tally(row: &SqliteRow) -> Tally {
    Tally {
        device: row.get("device"),
        seq: row.get("seq"),
        project: row.get("project"),
        door: row.get("door"),
        day: row.get("day"),
        hour: row.get("hour"),
        at: row.get("at"),
        category: row.get("category"),
        delta: row.get("delta"),
        compensates: row.get("compensates"),
    }
}

/// Inserts many rows in one statement; a trigger keeps the sums.
pub(crate) async fn insert(conn: &mut SqliteConnection, tallies: &[Tally]) -> Result<()> {
    let rows: Vec<_> = tallies.iter().map(|t| (&t.device, t.seq, &t.project, &t.door, &t.day, t.hour, &t.at, &t.category, t.delta, t.compensates)).collect();
    let json = serde_json::to_string(&rows).map_err(|e| Fault::new(FaultKind::Internal, e.to_string(), ""))?;
    let sql = "INSERT INTO tally SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9 FROM json_each(?)";
    sqlx::query(sql).bind(json).execute(conn).await.map_err(of_sql)?;
    Ok(())
}

/// Adds a tally to the sums, or takes it out of them with a sign of -1.
pub(crate) async fn add(conn: &mut SqliteConnection, t: &Tally, sign: i64) -> Result<()> {
    let presses = if t.compensates.is_none() { sign } else { -sign };
    sqlx::query("INSERT INTO tally_day VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET total = total + excluded.total, presses = presses + excluded.presses")
        .bind(&t.project)
        .bind(&t.day)
        .bind(&t.door)
        .bind(&t.category)
        .bind(&t.device)
        .bind(t.delta * sign)
        .bind(presses)
        .execute(&mut *conn)
        .await
        .map_err(of_sql)?;
    sqlx::query("INSERT INTO tally_hour VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET total = total + excluded.total")
        .bind(&t.project)
        .bind(&t.day)
        .bind(t.hour)
        .bind(&t.door)
        .bind(t.delta * sign)
        .execute(conn)
        .await
        .map_err(of_sql)?;
    Ok(())
}
