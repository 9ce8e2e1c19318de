//! Three laptops work apart and exchange bundles: whatever they did, in whatever order and grouping, they end up equal, and their counts add up.
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tenjicho_desk::model::record::{Event, Kind, Partner, PlanItem, Space};
use tenjicho_desk::store::{Fingerprint, Merge, Press, Store};

/// One thing done on one of three laptops.
#[derive(Clone, Debug)]
enum Deed {
    Title(u8, u8),
    Year(u8, i32),
    Period(u8, u8),
    AddContent(u8, u8),
    DropContent(u8, u8),
    Furnish(u8, u8, u8),
    Partner(u8, u8, u8),
    RemovePartner(u8, u8),
    Undo(u8),
    Count(u8, i32, u8),
    Uncount(u8),
    /// The second laptop takes in the first one's bundle in the middle of things.
    Meet(u8, u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0..3u8;
    prop_oneof![
        3 => (who.clone(), 0..4u8).prop_map(|(w, n)| Deed::Title(w, n)),
        1 => (who.clone(), 2020..2023).prop_map(|(w, n)| Deed::Year(w, n)),
        2 => (who.clone(), 1..5u8).prop_map(|(w, n)| Deed::Period(w, n)),
        3 => (who.clone(), 0..6u8).prop_map(|(w, n)| Deed::AddContent(w, n)),
        2 => (who.clone(), 0..6u8).prop_map(|(w, n)| Deed::DropContent(w, n)),
        2 => (who.clone(), 0..3u8, 0..3u8).prop_map(|(w, i, n)| Deed::Furnish(w, i, n)),
        3 => (who.clone(), 0..4u8, 0..4u8).prop_map(|(w, p, n)| Deed::Partner(w, p, n)),
        2 => (who.clone(), 0..4u8).prop_map(|(w, p)| Deed::RemovePartner(w, p)),
        2 => who.clone().prop_map(Deed::Undo),
        4 => (who.clone(), 1..5i32, 9..12u8).prop_map(|(w, n, h)| Deed::Count(w, n, h)),
        2 => who.clone().prop_map(Deed::Uncount),
        1 => (who.clone(), who).prop_map(|(a, b)| Deed::Meet(a, b)),
    ]
}

const EVENT: &str = "event1";
const SPACE: &str = "space1";
const DOOR: &str = "door1";

struct Laptop {
    folder: tempfile::TempDir,
    store: Store,
}

impl Laptop {
    async fn new() -> Self {
        // In memory where there is such a folder: nothing here is about disks, and 200 histories wait for none.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        Self { folder, store }
    }

    async fn out(&self) -> PathBuf {
        let path = self.folder.path().join("持ち出し.tenji");
        self.store.bundle_out(&path, None).await.unwrap();
        path
    }

    async fn take(&self, bundle: &std::path::Path) -> Merge {
        self.store.bundle_in(bundle, None).await.unwrap()
    }

    async fn set(&self, kind: Kind, id: &str, set: serde_json::Value) {
        self.store.edit("変更", |tx| tx.set(kind, id, set)).await.unwrap();
    }

    async fn contents(&self) -> Vec<String> {
        self.store.find::<Event>(EVENT).await.unwrap().unwrap().contents
    }

    /// Does it, and answers by how much the visitors grew.
    async fn act(&self, deed: &Deed) -> i64 {
        match deed {
            Deed::Title(_, n) => self.set(Kind::Event, EVENT, json!({ "title": format!("題{n}") })).await,
            Deed::Year(_, year) => self.set(Kind::Event, EVENT, json!({ "fiscal_year": year })).await,
            Deed::Period(_, n) => self.set(Kind::Event, EVENT, json!({"period": {"from": format!("2025-11-0{n}"), "to": "2025-11-09", "precision": "day"}})).await,
            Deed::AddContent(_, n) => {
                let mut contents = self.contents().await;
                contents.insert(usize::from(*n).min(contents.len()), format!("内容{n}"));
                self.set(Kind::Event, EVENT, json!({ "contents": contents })).await;
            }
            Deed::DropContent(_, n) => {
                let mut contents = self.contents().await;
                if !contents.is_empty() {
                    contents.remove(usize::from(*n) % contents.len());
                }
                self.set(Kind::Event, EVENT, json!({ "contents": contents })).await;
            }
            Deed::Furnish(_, i, n) => {
                let mut plan = self.store.find::<Space>(SPACE).await.unwrap().unwrap().plan;
                match plan.get_mut(usize::from(*i)) {
                    Some(item) => item.x_m = f64::from(*n) + 0.1,
                    None => plan.push(PlanItem { kind: "power".into(), x_m: f64::from(*n), ..Default::default() }),
                }
                self.set(Kind::Space, SPACE, json!({ "plan": plan })).await;
            }
            Deed::Partner(_, p, n) => {
                let (id, name) = (format!("m13000{p}"), format!("市{n}"));
                let partner = Partner { id: id.clone(), name: name.clone(), ..Default::default() };
                if self.store.get(Kind::Partner, &id).await.unwrap().is_some() {
                    self.set(Kind::Partner, &id, json!({ "name": name })).await;
                } else {
                    self.store.edit("連携先を追加", |tx| tx.add(&partner)).await.unwrap();
                }
            }
            Deed::RemovePartner(_, p) => {
                let id = format!("m13000{p}");
                if self.store.get(Kind::Partner, &id).await.unwrap().is_some() {
                    self.store.edit("連携先を削除", |tx| Ok(tx.remove(Kind::Partner, &id))).await.unwrap();
                }
            }
            // Refused where a later change stands in the way; then nothing is changed.
            Deed::Undo(_) => drop(self.store.undo(None).await),
            Deed::Count(_, n, hour) => {
                let at = format!("2025-11-08T{hour:02}:30:00").parse().unwrap();
                let press = Press { project: EVENT.into(), door: DOOR.into(), category: "adult".into(), delta: *n, at };
                if let Ok(tally) = self.store.count(press).await {
                    return tally.delta;
                }
            }
            Deed::Uncount(_) => return self.store.uncount(EVENT, DOOR, "2025-11-08T15:00:00".parse().unwrap()).await.map_or(0, |t| t.delta),
            Deed::Meet(..) => {}
        }
        0
    }

    async fn total(&self) -> i64 {
        self.store.day_sums(EVENT).await.unwrap().iter().map(|s| s.total).sum()
    }
}

fn same(what: &str, a: &Fingerprint, b: &Fingerprint) {
    let differ: BTreeMap<_, _> = a.iter().filter(|(table, print)| b[*table] != **print).collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
}

async fn begin() -> [Laptop; 3] {
    let laptops = [Laptop::new().await, Laptop::new().await, Laptop::new().await];
    let first = laptops[0].store.edit("はじめ", |tx| {
        tx.create_as(Kind::Event, EVENT, json!({"title": "題", "contents": ["内容a", "内容b"]}))?;
        tx.create_as(Kind::Door, DOOR, json!({"project": EVENT, "name": "南口"}))?;
        tx.create_as(Kind::Space, SPACE, json!({"name": "広場", "plan": [{"kind": "door", "label": "", "x_m": 1.0, "y_m": 0.0, "w_m": 1.0, "d_m": 0.0}]}))
    });
    first.await.unwrap();
    let bundle = laptops[0].out().await;
    laptops[1].take(&bundle).await;
    laptops[2].take(&bundle).await;
    // What was made before is no step of the others, and is not to be taken back here.
    laptops
}

async fn history(deeds: &[Deed]) {
    let [a, b, c] = begin().await;
    let laptops = [&a, &b, &c];
    let mut visitors = 0;
    for deed in deeds {
        let who = match deed {
            Deed::Meet(x, y) => {
                let bundle = laptops[usize::from(*x)].out().await;
                laptops[usize::from(*y)].take(&bundle).await;
                continue;
            }
            // Taking back the very beginning would leave nothing to work on.
            Deed::Undo(0) if a.store.history("", 2).await.unwrap().steps.iter().filter(|s| !s.undone).count() < 2 => continue,
            Deed::Title(w, _) | Deed::Year(w, _) | Deed::Period(w, _) | Deed::AddContent(w, _) | Deed::DropContent(w, _) | Deed::Furnish(w, ..) => w,
            Deed::Partner(w, ..) | Deed::RemovePartner(w, _) | Deed::Undo(w) | Deed::Count(w, ..) | Deed::Uncount(w) => w,
        };
        visitors += laptops[usize::from(*who)].act(deed).await;
    }
    let (from_a, from_b, from_c) = (a.out().await, b.out().await, c.out().await);
    a.take(&from_b).await;
    a.take(&from_c).await;
    b.take(&from_c).await;
    b.take(&from_a).await;
    // Grouped otherwise: the third takes what the first has made of all three.
    c.take(&a.out().await).await;
    let print = a.store.fingerprint().await.unwrap();
    same("another order", &print, &b.store.fingerprint().await.unwrap());
    same("another grouping", &print, &c.store.fingerprint().await.unwrap());
    assert!(a.take(&c.out().await).await.already);
    same("twice", &print, &a.store.fingerprint().await.unwrap());
    assert_eq!(a.total().await, visitors);
    c.store.rebuild().await.unwrap();
    same("rebuilt", &print, &c.store.fingerprint().await.unwrap());
}

#[test]
fn any_history_on_three_laptops_ends_equal() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = Config { cases: 200, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let run = runner.run(&proptest::collection::vec(deed(), 1..14), |deeds| {
        runtime.block_on(history(&deeds));
        Ok(())
    });
    run.unwrap();
}

#[tokio::test]
async fn the_same_field_set_apart_is_asked_on_both_and_settled_for_both() {
    let [a, b, _] = begin().await;
    a.act(&Deed::Title(0, 1)).await;
    a.act(&Deed::Year(0, 2025)).await;
    b.act(&Deed::Title(1, 2)).await;
    let (from_a, from_b) = (a.out().await, b.out().await);
    assert_eq!(a.take(&from_b).await.conflicts, 1);
    assert_eq!(b.take(&from_a).await.conflicts, 1);
    let asked = a.store.conflicts().await.unwrap();
    assert_eq!(asked, b.store.conflicts().await.unwrap());
    assert_eq!((asked[0].field.as_str(), &asked[0].values), ("title", &vec![json!("題1"), json!("題2")]));
    // The other field merged by itself.
    assert_eq!(b.store.find::<Event>(EVENT).await.unwrap().unwrap().fiscal_year, 2025);
    let chosen = asked[0].chosen.clone();
    a.store.settle(&asked[0].id, &chosen, &[]).await.unwrap();
    b.take(&a.out().await).await;
    assert!(a.store.conflicts().await.unwrap().is_empty());
    assert!(b.store.conflicts().await.unwrap().is_empty());
    assert_eq!(json!(b.store.find::<Event>(EVENT).await.unwrap().unwrap().title), chosen);
}

#[tokio::test]
async fn additions_to_one_list_are_both_kept() {
    let [a, b, _] = begin().await;
    a.set(Kind::Event, EVENT, json!({"contents": ["内容a", "内容b", "ステージ"]})).await;
    b.set(Kind::Event, EVENT, json!({"contents": ["マルシェ", "内容a", "内容b"]})).await;
    a.take(&b.out().await).await;
    assert_eq!(a.contents().await, ["マルシェ", "内容a", "内容b", "ステージ"]);
    assert!(a.store.conflicts().await.unwrap().is_empty());
    // The same element set apart is asked.
    b.take(&a.out().await).await;
    a.set(Kind::Event, EVENT, json!({"contents": ["マルシェ", "内容1", "内容b", "ステージ"]})).await;
    b.set(Kind::Event, EVENT, json!({"contents": ["マルシェ", "内容2", "内容b", "ステージ"]})).await;
    a.take(&b.out().await).await;
    assert_eq!(a.store.conflicts().await.unwrap()[0].values.len(), 2);
}

#[tokio::test]
async fn a_removal_beside_an_edit_stays_a_removal_everywhere() {
    let [a, b, _] = begin().await;
    a.act(&Deed::Partner(0, 1, 1)).await;
    b.take(&a.out().await).await;
    a.act(&Deed::RemovePartner(0, 1)).await;
    b.act(&Deed::Partner(1, 1, 2)).await;
    let (from_a, from_b) = (a.out().await, b.out().await);
    a.take(&from_b).await;
    b.take(&from_a).await;
    same("removed", &a.store.fingerprint().await.unwrap(), &b.store.fingerprint().await.unwrap());
    assert!(b.store.get(Kind::Partner, "m130001").await.unwrap().is_none());
    // Nothing is lost: taking the removal back brings the record with the other's edit.
    a.store.undo(None).await.unwrap();
    assert_eq!(a.store.find::<Partner>("m130001").await.unwrap().unwrap().name, "市2");
}

#[tokio::test]
async fn one_key_with_two_contents_is_quarantined_and_counts_once_on_all() {
    let laptops = begin().await;
    let [a, b, c] = &laptops;
    a.act(&Deed::Count(0, 3, 9)).await;
    // A copied laptop before its identity changed: the same key, another number.
    let forged = forge(&a.out().await, a.folder.path(), |line| line.replace(",3,null]", ",4,null]"));
    assert_eq!(b.take(&forged).await.tallies, 1);
    let from_b = b.out().await;
    assert_eq!(a.take(&from_b).await.quarantined, 1);
    assert_eq!(b.take(&a.out().await).await.quarantined, 1);
    c.take(&b.out().await).await;
    assert!(b.take(&c.out().await).await.already);
    let totals = [a.total().await, b.total().await, c.total().await];
    assert!(totals == [3, 3, 3] || totals == [4, 4, 4], "{totals:?}");
    let print = a.store.fingerprint().await.unwrap();
    same("b", &print, &b.store.fingerprint().await.unwrap());
    same("c", &print, &c.store.fingerprint().await.unwrap());
    assert_eq!(c.store.quarantined().await.unwrap(), 1);
    c.store.rebuild().await.unwrap();
    same("rebuilt", &print, &c.store.fingerprint().await.unwrap());
}

/// The same bundle with other tallies, as whole as the first.
fn forge(bundle: &std::path::Path, folder: &std::path::Path, change: impl Fn(String) -> String) -> PathBuf {
    use tenjicho_desk::exchange::bundle;
    let into = tempfile::tempdir_in(folder).unwrap();
    let mut parts = bundle::read(bundle, None, into.path()).unwrap();
    let text = change(std::fs::read_to_string(&parts.tallies).unwrap());
    std::fs::write(&parts.tallies, text).unwrap();
    parts.manifest.tallies = bundle::measure(&parts.tallies, 1).unwrap();
    let out = folder.join("forged.tenji");
    bundle::write(&out, None, &parts).unwrap();
    out
}
