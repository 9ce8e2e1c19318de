//! A program that is killed while it saves loses nothing that it had acknowledged. The child is this very test binary.
use serde_json::json;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tenjicho_desk::model::record::{Kind, PlanRow};
use tenjicho_desk::store::{Filter, Press, Store};

const FOLDER: &str = "TENJICHO_TEST_KILL_FOLDER";
const KILLS: usize = 100;

/// The child's part: saves and counts without end, and says what is acknowledged. Without the folder it is nobody's child.
#[test]
fn saves_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(Path::new(&folder)).await.unwrap();
        let project = match store.list(Kind::Event, &Filter::all()).await.unwrap().records.first() {
            Some(event) => event["id"].as_str().unwrap().to_owned(),
            None => {
                let made = store.edit("はじめ", |tx| {
                    tx.create_as(Kind::Event, "event1", json!({"title": "止められる日"}))?;
                    tx.create_as(Kind::Door, "door1", json!({"project": "event1", "name": "南口"}))
                });
                made.await.unwrap();
                "event1".into()
            }
        };
        for n in 0.. {
            let id = store.edit("計画を追加", |tx| tx.create(Kind::PlanRow, json!({"title": format!("計画{n}"), "order": n}))).await.unwrap().value;
            say(&format!("ack record {id}"));
            store.edit("順を変更", |tx| tx.set(Kind::PlanRow, &id, json!({"note": "保存済み"}))).await.unwrap();
            say(&format!("ack note {id}"));
            let at = "2025-11-08T10:00:00".parse().unwrap();
            let tally = store.count(Press { project: project.clone(), door: "door1".into(), category: "adult".into(), delta: 1, at }).await.unwrap();
            say(&format!("ack tally {}/{}", tally.device, tally.seq));
        }
    });
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

fn start(folder: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "saves_until_it_is_killed", "--nocapture"]).env(FOLDER, folder).stdout(Stdio::piped()).stderr(Stdio::null());
    child.spawn().unwrap()
}

/// Kills the child after a while and answers what it had acknowledged.
fn kill_after(folder: &Path, acks: usize, more: Duration) -> Vec<String> {
    let mut child = start(folder);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).filter_map(|l| l.split_once("ack ").map(|(_, a)| a.to_owned()));
    let mut heard: Vec<String> = lines.by_ref().take(acks).collect();
    std::thread::sleep(more);
    child.kill().unwrap();
    child.wait().unwrap();
    heard.extend(lines);
    heard
}

#[derive(Default)]
struct Acknowledged {
    records: HashSet<String>,
    notes: HashSet<String>,
    tallies: HashSet<String>,
}

impl Acknowledged {
    fn hear(&mut self, lines: Vec<String>) {
        for line in lines {
            match line.split_once(' ') {
                Some(("record", id)) => self.records.insert(id.into()),
                Some(("note", id)) => self.notes.insert(id.into()),
                Some(("tally", key)) => self.tallies.insert(key.into()),
                _ => panic!("{line}"),
            };
        }
    }

    async fn all_there(&self, store: &Store) {
        let rows = store.all::<PlanRow>(&Filter::all()).await.unwrap();
        let there: HashSet<&str> = rows.iter().map(|r| r.id.as_str()).collect();
        let noted: HashSet<&str> = rows.iter().filter(|r| r.note == "保存済み").map(|r| r.id.as_str()).collect();
        assert!(self.records.iter().all(|id| there.contains(id.as_str())), "an acknowledged record is gone");
        assert!(self.notes.iter().all(|id| noted.contains(id.as_str())), "an acknowledged change is gone");
        let counted: i64 = store.day_sums("event1").await.unwrap().iter().map(|s| s.presses).sum();
        assert!(counted >= self.tallies.len() as i64, "an acknowledged press is gone");
    }
}

#[test]
fn a_hundred_kills_lose_no_acknowledged_write() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Acknowledged::default();
    let begun = Instant::now();
    for n in 0..KILLS {
        // Now and then before the first word, in the midst of opening.
        let (acks, more) = if n % 10 == 0 { (0, Duration::from_millis(n as u64 % 37)) } else { (1 + n * 7 % 12, Duration::from_micros(n as u64 * 997 % 9000)) };
        acknowledged.hear(kill_after(folder.path(), acks, more));
        runtime.block_on(async {
            let store = Store::open(folder.path()).await.unwrap();
            acknowledged.all_there(&store).await;
            if n % 20 == 19 {
                assert_eq!(store.integrity().await.unwrap(), "ok");
                let before = store.fingerprint().await.unwrap();
                store.rebuild().await.unwrap();
                assert_eq!(before, store.fingerprint().await.unwrap(), "the projection is not what the chunks say");
            }
            store.close().await;
        });
    }
    assert!(acknowledged.records.len() > KILLS && acknowledged.tallies.len() > KILLS / 2);
    println!("{KILLS} kills, {} records, {} presses in {:?}", acknowledged.records.len(), acknowledged.tallies.len(), begun.elapsed());
}

#[test]
fn a_first_start_that_is_killed_can_be_started_again() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for n in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        kill_after(folder.path(), 0, Duration::from_millis(2 + 3 * n));
        runtime.block_on(async {
            let store = Store::open(folder.path()).await.unwrap();
            assert_eq!(store.integrity().await.unwrap(), "ok");
        });
    }
}
