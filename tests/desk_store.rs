//! The store by itself: steps, undo, the projection, counting, opening what is broken.
use serde_json::json;
use tenjicho_desk::fault::FaultKind;
use tenjicho_desk::model::record::{Door, Kind, Partner};
use tenjicho_desk::store::{Filter, Press, Store};

async fn fresh() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    (folder, store)
}

async fn event(store: &Store) -> (String, String) {
    let made = store.edit("イベントを追加", |tx| {
        let event = tx.create(Kind::Event, json!({"title": "魅力発信イベント", "fiscal_year": 2025}))?;
        let door = tx.create(Kind::Door, json!({"project": event, "name": "南口", "order": 1}))?;
        Ok((event, door))
    });
    made.await.unwrap().value
}

fn noon() -> chrono::NaiveDateTime {
    "2025-11-08T12:10:00".parse().unwrap()
}

fn press(project: &str, door: &str, delta: i32) -> Press {
    Press { project: project.into(), door: door.into(), category: "adult".into(), delta, at: noon() }
}

async fn same_after_rebuild(store: &Store) {
    let before = store.fingerprint().await.unwrap();
    store.rebuild().await.unwrap();
    let after = store.fingerprint().await.unwrap();
    for (table, print) in &before {
        assert_eq!(print, &after[table], "{table} differs after a rebuild");
    }
}

#[tokio::test]
async fn what_is_saved_is_read_back_typed_and_after_reopening() {
    let (folder, store) = fresh().await;
    let (event, door) = event(&store).await;
    assert_eq!(store.find::<Door>(&door).await.unwrap().unwrap().name, "南口");
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    let doors = store.all::<Door>(&Filter::of("project", event.as_str())).await.unwrap();
    assert_eq!(doors.len(), 1);
    same_after_rebuild(&store).await;
}

#[tokio::test]
async fn a_step_is_undone_and_done_again_field_by_field() {
    let (_folder, store) = fresh().await;
    let (event, door) = event(&store).await;
    let renamed = store.edit("名前を変更", |tx| tx.set(Kind::Door, &door, json!({"name": "北口"}))).await.unwrap().step.unwrap();
    let ordered = store.edit("順を変更", |tx| tx.set(Kind::Door, &door, json!({"order": 5}))).await.unwrap().step.unwrap();
    // Any step, not only the last.
    store.undo(Some(&renamed.id)).await.unwrap();
    let now = store.find::<Door>(&door).await.unwrap().unwrap();
    assert_eq!((now.name.as_str(), now.order), ("南口", 5));
    assert_eq!(store.redo(None).await.unwrap().unwrap().id, renamed.id);
    assert_eq!(store.find::<Door>(&door).await.unwrap().unwrap().name, "北口");
    store.edit("名前を変更", |tx| tx.set(Kind::Door, &door, json!({"name": "東口"}))).await.unwrap();
    let fault = store.undo(Some(&renamed.id)).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Conflict);
    assert!(fault.message.contains("「名前」"), "{fault}");
    for _ in 0..4 {
        store.undo(None).await.unwrap();
    }
    assert!(store.get(Kind::Event, &event).await.unwrap().is_none());
    assert!(store.undo(None).await.unwrap().is_none());
    for _ in 0..4 {
        assert!(store.redo(None).await.unwrap().is_some());
    }
    assert!(store.redo(None).await.unwrap().is_none());
    assert_eq!(store.find::<Door>(&door).await.unwrap().unwrap().name, "東口");
    assert!(store.history(&event, 10).await.unwrap().steps.iter().any(|s| s.id == ordered.id));
    same_after_rebuild(&store).await;
}

#[tokio::test]
async fn a_new_step_ends_the_way_forward() {
    let (_folder, store) = fresh().await;
    let (_, door) = event(&store).await;
    for name in ["北口", "東口"] {
        store.edit("名前を変更", |tx| tx.set(Kind::Door, &door, json!({ "name": name }))).await.unwrap();
    }
    store.undo(None).await.unwrap();
    store.undo(None).await.unwrap();
    store.edit("順を変更", |tx| tx.set(Kind::Door, &door, json!({"order": 3}))).await.unwrap();
    assert!(store.redo(None).await.unwrap().is_none());
}

#[tokio::test]
async fn a_wrong_field_is_named_and_nothing_is_written() {
    let (_folder, store) = fresh().await;
    let (event, _) = event(&store).await;
    let before = store.fingerprint().await.unwrap();
    for (set, word) in [(json!({"fiscal_year": "令和"}), "fiscal_year"), (json!({"titel": "x"}), "titel"), (json!({"period": {"from": 3}}), "period.from")] {
        let fault = store.edit("変更", |tx| tx.set(Kind::Event, &event, set).map(|()| tx.remove(Kind::Event, "nobody"))).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::BadField);
        assert!(fault.to_string().contains(word), "{fault}");
    }
    let fault = store.edit("変更", |tx| { tx.set(Kind::Event, &event, json!({"title": "新"}))?; tx.remove(Kind::Event, "nobody"); Ok(()) }).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotFound);
    assert_eq!(before, store.fingerprint().await.unwrap());
}

#[tokio::test]
async fn a_change_is_announced_after_commit_and_a_non_change_not_at_all() {
    let (_folder, store) = fresh().await;
    let (event, door) = event(&store).await;
    let mut heard = store.changes();
    assert!(store.edit("同じ名前", |tx| tx.set(Kind::Door, &door, json!({"name": "南口"}))).await.unwrap().step.is_none());
    assert!(heard.try_recv().is_err());
    store.edit("名前を変更", |tx| tx.set(Kind::Door, &door, json!({"name": "北口"}))).await.unwrap();
    let changed = heard.try_recv().unwrap();
    assert_eq!((changed.kinds, changed.projects), (vec![Kind::Door], vec![event]));
}

#[tokio::test]
async fn a_removed_record_leaves_the_tables_and_comes_back_whole() {
    let (_folder, store) = fresh().await;
    let (_, door) = event(&store).await;
    store.edit("入口を削除", |tx| { tx.remove(Kind::Door, &door); Ok(()) }).await.unwrap();
    assert!(store.get(Kind::Door, &door).await.unwrap().is_none());
    assert!(store.search("南口", 5).await.unwrap().is_empty());
    store.undo(None).await.unwrap();
    assert_eq!(store.find::<Door>(&door).await.unwrap().unwrap().name, "南口");
}

#[tokio::test]
async fn words_are_found_whatever_their_width_and_kana() {
    let (_folder, store) = fresh().await;
    store.edit("連携先を追加", |tx| tx.add(&Partner { id: "m133825".into(), name: "御蔵島村".into(), kana: "みくらじまむら".into(), ..Default::default() })).await.unwrap();
    for text in ["ﾐｸﾗｼﾞﾏ", "ミクラ", "みくら むら", "御蔵"] {
        assert_eq!(store.search(text, 5).await.unwrap().len(), 1, "{text}");
    }
    assert_eq!(store.search("%", 5).await.unwrap().len(), 0);
}

#[tokio::test]
async fn presses_add_up_and_are_taken_back_by_another_row() {
    let (folder, store) = fresh().await;
    let (event, door) = event(&store).await;
    for _ in 0..3 {
        store.count(press(&event, &door, 1)).await.unwrap();
    }
    let back = store.uncount(&event, &door, noon()).await.unwrap();
    assert_eq!((back.seq, back.delta, back.compensates), (4, -1, Some(3)));
    assert_eq!(store.uncount(&event, &door, noon()).await.unwrap().compensates, Some(2));
    let sums = store.day_sums(&event).await.unwrap();
    assert_eq!((sums[0].total, sums[0].presses), (1, 1));
    assert_eq!(store.hour_sums(&event, "2025-11-08").await.unwrap()[0].total, 1);
    assert_eq!(store.recent_tallies(&event, "2025-11-08", 2).await.unwrap().len(), 2);
    assert_eq!(store.count(press(&event, "nowhere", 1)).await.unwrap_err().kind, FaultKind::NotFound);
    let device = store.device().await.unwrap().0;
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.device().await.unwrap().0, device, "the same laptop keeps its identity");
    same_after_rebuild(&store).await;
}

#[tokio::test]
async fn settings_are_remembered_and_forgotten() {
    let (_folder, store) = fresh().await;
    store.set_setting("room", &json!("event")).await.unwrap();
    assert_eq!(store.setting("room").await.unwrap(), Some(json!("event")));
    store.set_setting("room", &json!(null)).await.unwrap();
    assert_eq!(store.setting("room").await.unwrap(), None);
}
