//! Opening a workspace: a damaged, foreign or newer one is refused unchanged; two processes and copies are safe; a backup brings everything back.
use serde_json::json;
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::path::Path;
use tenjicho_desk::fault::FaultKind;
use tenjicho_desk::{Closed, Desk};
use tenjicho_desk::model::record::{Kind, Venue};
use tenjicho_desk::store::{Filter, MIGRATIONS, Press, Store};

async fn made(folder: &Path) -> Store {
    let store = Store::open(folder).await.unwrap();
    let rows = store.edit("会場を追加", |tx| {
        tx.create_as(Kind::Event, "event1", json!({"title": "魅力発信イベント"}))?;
        tx.create_as(Kind::Door, "door1", json!({"project": "event1", "name": "南口"}))?;
        (0..200).try_for_each(|n| tx.create(Kind::Venue, json!({"name": format!("会場{n}")})).map(drop))
    });
    rows.await.unwrap();
    count(&store).await;
    store
}

async fn count(store: &Store) {
    let at = "2025-11-08T10:00:00".parse().unwrap();
    store.count(Press { project: "event1".into(), door: "door1".into(), category: "adult".into(), delta: 1, at }).await.unwrap();
}

async fn raw(folder: &Path) -> sqlx::SqliteConnection {
    SqliteConnectOptions::new().filename(folder.join("tenjicho.db")).connect().await.unwrap()
}

async fn refused(folder: &Path, word: &str) {
    let file = folder.join("tenjicho.db");
    let before = std::fs::read(&file).unwrap();
    let fault = Store::open(folder).await.err().expect("it should not open");
    assert_eq!(fault.kind, FaultKind::Workspace, "{fault}");
    assert!(fault.message.contains(word), "{fault}");
    assert!(!fault.hint.is_empty());
    assert!(before == std::fs::read(&file).unwrap(), "the file was changed");
}

#[tokio::test]
async fn what_cannot_be_trusted_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path()).await.close().await;
    let file = folder.path().join("tenjicho.db");
    let whole = std::fs::read(&file).unwrap();

    std::fs::write(&file, b"not a database at all, only a note that somebody saved under this name, a hundred bytes long or more.").unwrap();
    refused(folder.path(), "壊れています").await;
    std::fs::write(&file, &whole[..60]).unwrap();
    refused(folder.path(), "途中で切れています").await;
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    refused(folder.path(), "壊れています").await;
    // Pages in the middle overwritten, as by a failing disk.
    let mut torn = whole.clone();
    for page in (8..torn.len() / 4096).step_by(3) {
        torn[page * 4096..page * 4096 + 512].fill(0xA5);
    }
    std::fs::write(&file, &torn).unwrap();
    refused(folder.path(), "壊れています").await;
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    std::fs::write(&file, &newer).unwrap();
    refused(folder.path(), "新しい版").await;
    let mut foreign = whole.clone();
    foreign[68..72].copy_from_slice(b"GPKG");
    std::fs::write(&file, &foreign).unwrap();
    refused(folder.path(), "展示帖の作業データではありません").await;

    std::fs::write(&file, &whole).unwrap();
    assert_eq!(Store::open(folder.path()).await.unwrap().list(Kind::Venue, &Filter::all()).await.unwrap().total, 200);
}

#[tokio::test]
async fn a_broken_workspace_is_put_aside_and_replaced_by_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let store = made(folder.path()).await;
    let then = store.fingerprint().await.unwrap();
    let backup = store.backup(None, "手動").await.unwrap();
    store.close().await;
    std::fs::write(folder.path().join("tenjicho.db"), b"gone").unwrap();
    refused(folder.path(), "途中で切れています").await;
    let aside = Store::recover(folder.path(), &backup.path).await.unwrap();
    assert_eq!(std::fs::read(aside.join("tenjicho.db")).unwrap(), b"gone");
    assert_eq!(Store::open(folder.path()).await.unwrap().fingerprint().await.unwrap(), then);
}

#[tokio::test]
async fn a_closed_workspace_says_what_comes_back_and_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = folder.path().join("fonts");
    let store = made(folder.path()).await;
    let then = store.fingerprint().await.unwrap();
    store.backup(None, "手動").await.unwrap();
    store.close().await;
    std::fs::write(folder.path().join("backups/tenjicho-99990101-000000000-merge.db"), b"half a backup").unwrap();
    let file = folder.path().join("tenjicho.db");
    let whole = std::fs::read(&file).unwrap();
    let closed = async || Closed::new(folder.path(), &fonts, Desk::open(folder.path(), &fonts).await.err().expect("it is closed"));

    // A newer one is sound: nothing is offered.
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&99u32.to_be_bytes());
    std::fs::write(&file, &newer).unwrap();
    assert!(!closed().await.recovery().await.damaged);
    assert!(closed().await.call("recover", json!({ "path": "x.db" })).await.is_err());

    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let closed = closed().await;
    assert!(closed.call("info", json!({})).await.err().unwrap().message.contains("壊れています"));
    let told = closed.recovery().await;
    assert!(told.closed && told.damaged);
    assert_eq!(told.backups.len(), 1, "half a backup is no offer");
    assert_eq!((told.backups[0].events, told.backups[0].tallies, told.backups[0].last_label.as_str()), (1, 1, "会場を追加"));
    let (recovered, desk) = closed.call("recover", json!({ "path": told.backups[0].path })).await.ok().unwrap();
    assert_eq!(desk.expect("open again").store.fingerprint().await.unwrap(), then);
    let aside = Path::new(recovered["aside"].as_str().unwrap()).join("tenjicho.db");
    assert_eq!(std::fs::read(aside).unwrap(), whole[..whole.len() / 2], "the damaged file is kept whole");
}

#[tokio::test]
async fn a_file_in_the_place_of_the_folder_gets_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("作業");
    std::fs::write(&place, "x").unwrap();
    let fault = Store::open(&place).await.err().unwrap();
    assert!(matches!(fault.kind, FaultKind::CannotWrite | FaultKind::Workspace), "{fault}");
}

#[tokio::test]
async fn two_openings_write_side_by_side_and_see_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let one = made(folder.path()).await;
    let two = Store::open(folder.path()).await.unwrap();
    let work = |store: Store, name: &'static str| async move {
        for n in 0..15 {
            store.edit("会場を追加", |tx| tx.create(Kind::Venue, json!({"name": format!("{name}{n}")}))).await.unwrap();
            store.edit("名前を変更", |tx| tx.set(Kind::Event, "event1", json!({"title": format!("{name}{n}")}))).await.unwrap();
            count(&store).await;
        }
        store
    };
    let (one, two) = tokio::join!(work(one, "一"), work(two, "二"));
    assert_eq!(one.list(Kind::Venue, &Filter::all()).await.unwrap().total, 230);
    assert_eq!(two.day_sums("event1").await.unwrap().iter().map(|s| s.total).sum::<i64>(), 31);
    assert!(one.conflicts().await.unwrap().is_empty(), "they wrote one after the other");
    let before = one.fingerprint().await.unwrap();
    two.rebuild().await.unwrap();
    assert_eq!(before, one.fingerprint().await.unwrap());
}

#[tokio::test]
async fn a_copied_folder_and_a_database_put_back_by_hand_get_a_new_identity() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = made(folder.path()).await;
    let device = store.device().await.unwrap().0;
    let backup = store.backup(None, "手動").await.unwrap();
    store.close().await;
    for name in ["tenjicho.db", "laptop.txt"] {
        std::fs::copy(folder.path().join(name), other.path().join(name)).unwrap();
    }
    let copy = Store::open(other.path()).await.unwrap();
    assert_ne!(copy.device().await.unwrap().0, device);
    std::fs::copy(&backup.path, folder.path().join("tenjicho.db")).unwrap();
    let back = Store::open(folder.path()).await.unwrap();
    assert_ne!(back.device().await.unwrap().0, device);
    count(&back).await;
}

#[tokio::test]
async fn a_restore_brings_back_what_was_and_what_came_between_is_kept_aside() {
    let folder = tempfile::tempdir().unwrap();
    let store = made(folder.path()).await;
    let then = store.fingerprint().await.unwrap();
    let device = store.device().await.unwrap().0;
    let backup = store.backup(None, "手動").await.unwrap();
    let other = Store::open(folder.path()).await.unwrap();
    other.edit("会場を追加", |tx| tx.create(Kind::Venue, json!({"name": "あとから"}))).await.unwrap();
    count(&store).await;
    let aside = store.restore(&backup.path).await.unwrap();
    assert_eq!(then, store.fingerprint().await.unwrap());
    assert_ne!(store.device().await.unwrap().0, device);
    // The other opening notices, and builds on what was restored.
    let id = other.edit("会場を追加", |tx| tx.create(Kind::Venue, json!({"name": "戻したあと"}))).await.unwrap().value;
    assert!(store.find::<Venue>(&id).await.unwrap().is_some());
    count(&other).await;
    let now = store.fingerprint().await.unwrap();
    store.rebuild().await.unwrap();
    assert_eq!(now, store.fingerprint().await.unwrap());
    // And back again to what was put aside.
    store.restore(&aside.path).await.unwrap();
    assert_eq!(store.search("あとから", 5).await.unwrap().len(), 1);
    assert_eq!(store.backups().await.unwrap().len(), 3);
    assert_eq!(store.restore(&folder.path().join("laptop.txt")).await.unwrap_err().kind, FaultKind::Workspace);
    let mut conn = raw(folder.path()).await;
    assert!(sqlx::raw_sql("DELETE FROM tally").execute(&mut conn).await.is_err(), "the guards are back");
}

/// Enough automatic copies that the next one makes the oldest give way.
fn fill_with_copies(folder: &Path, like: &Path) -> std::path::PathBuf {
    let named = |day: u32| folder.join(format!("backups/tenjicho-202501{day:02}-090000000-merge.db"));
    for day in 1..=12 {
        std::fs::copy(like, named(day)).unwrap();
    }
    named(1)
}

#[tokio::test]
async fn the_oldest_copy_can_be_gone_back_to_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let store = made(folder.path()).await;
    let then = store.fingerprint().await.unwrap();
    let by_hand = store.backup(None, "手動").await.unwrap();
    let named = folder.path().join("backups/tenjicho-名簿の確定前.db");
    std::fs::copy(&by_hand.path, &named).unwrap();
    let oldest = fill_with_copies(folder.path(), &by_hand.path);
    store.edit("会場を追加", |tx| tx.create(Kind::Venue, json!({"name": "あとから"}))).await.unwrap();
    store.restore(&oldest).await.unwrap();
    assert_eq!(store.fingerprint().await.unwrap(), then);
    assert!([&oldest, &by_hand.path, &named].iter().all(|p| p.exists()), "what is needed, and what a person asked for or named");
}

#[tokio::test]
async fn copies_of_a_folder_that_was_moved_are_still_offered() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (folder.path().join("こちら"), folder.path().join("あちら"));
    let store = made(&here).await;
    store.backup(None, "手動").await.unwrap();
    assert_eq!(store.backups().await.unwrap().len(), 1, "each once");
    store.close().await;
    std::fs::rename(&here, &there).unwrap();
    let backups = Store::open(&there).await.unwrap().backups().await.unwrap();
    assert_eq!(backups.len(), 1);
    assert!(backups[0].path.starts_with(&there) && !backups[0].at.is_empty() && backups[0].reason == "自分で作成", "{backups:?}");
}

#[tokio::test]
async fn a_database_that_is_gone_is_not_replaced_by_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let fonts = folder.path().join("fonts");
    let store = made(folder.path()).await;
    let then = store.fingerprint().await.unwrap();
    store.backup(None, "手動").await.unwrap();
    store.close().await;
    for name in ["tenjicho.db", "tenjicho.db-wal", "tenjicho.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let fault = Store::open(folder.path()).await.err().expect("it should not open");
    assert!(fault.kind == FaultKind::Workspace && fault.message.contains("なくなっています"), "{fault}");
    assert!(!folder.path().join("tenjicho.db").exists());
    let closed = Closed::new(folder.path(), &fonts, fault);
    let told = closed.recovery().await;
    assert!(told.damaged && told.backups.len() == 1, "{told:?}");
    let (_, desk) = closed.recover(Path::new(&told.backups[0].path)).await.unwrap();
    assert_eq!(desk.store.fingerprint().await.unwrap(), then);
}

/// As an office that had no preflight yet: a laptop with a newer version has sent it a waiver.
async fn without_the_second_migration(folder: &Path) {
    let mut conn = raw(folder).await;
    let columns = ["merge", "row_key", "row_values", "as_made"].map(|c| format!("ALTER TABLE panel DROP COLUMN \"{c}\";")).join("");
    let back = format!("DROP TABLE waiver; DROP TABLE panel_merge; {columns} DELETE FROM setting WHERE key = '.shown'; PRAGMA user_version = 1;");
    sqlx::raw_sql(sqlx::AssertSqlSafe(back)).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

#[tokio::test]
async fn what_a_newer_laptop_had_sent_is_seen_after_the_update() {
    let folder = tempfile::tempdir().unwrap();
    let store = made(folder.path()).await;
    let waiver = json!({"project": "event1", "reason": "印刷会社に確認済み"});
    store.edit("見送る", |tx| tx.create(Kind::Waiver, waiver)).await.unwrap();
    let then = store.fingerprint().await.unwrap();
    store.close().await;
    without_the_second_migration(folder.path()).await;
    let old = folder.path().join("old.db");
    std::fs::copy(folder.path().join("tenjicho.db"), &old).unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.fingerprint().await.unwrap(), then);
    // A copy of that time that is gone back to is brought up in the same way.
    store.edit("会場を追加", |tx| tx.create(Kind::Venue, json!({"name": "あとから"}))).await.unwrap();
    store.restore(&old).await.unwrap();
    assert_eq!(store.fingerprint().await.unwrap(), then);
}

#[tokio::test]
async fn tallies_and_chunks_cannot_be_changed_or_removed() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path()).await.close().await;
    let mut conn = raw(folder.path()).await;
    for sql in ["UPDATE tally SET delta = 9", "DELETE FROM tally", "UPDATE chunk SET document = 'x'", "DELETE FROM chunk"] {
        assert!(sqlx::raw_sql(sql).execute(&mut conn).await.unwrap_err().to_string().contains("never"), "{sql}");
    }
    conn.close().await.unwrap();
}

#[tokio::test]
async fn every_field_of_every_noun_is_a_column_and_no_column_is_more() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let mut conn = raw(folder.path()).await;
    for kind in Kind::ALL {
        let columns = sqlx::query_scalar::<_, String>("SELECT name FROM pragma_table_info(?)").bind(kind.table()).fetch_all(&mut conn).await.unwrap();
        let mut fields = vec!["id"];
        fields.extend(kind.fields());
        assert_eq!(columns, fields, "{}", kind.table());
    }
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut conn).await.unwrap();
    assert!(version.split('.').map(|p| p.parse::<u32>().unwrap()).collect::<Vec<_>>() >= vec![3, 51, 3]);
}

/// Fields of every shape come back as they went in.
#[tokio::test]
async fn every_noun_can_be_saved_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.edit("もと", |tx| tx.create_as(Kind::Event, "event1", json!({"title": "x"}))).await.unwrap();
    for &kind in Kind::ALL {
        let mut set = serde_json::Map::new();
        for field in kind.fields() {
            let samples = [json!("文字"), json!(7), json!(0.1 + 0.2), json!(true), json!(["一", "二"]), json!([{"kind": "door", "label": "口", "x_m": 0.1, "y_m": 1.0, "w_m": 2.5, "d_m": 0.0}]), json!([{"fiscal_year": 2025, "plan": "計", "result": ""}]), json!([{"field": "よみ", "column": "読み"}]), json!([["a", "b"]]), json!({"from": "2025-11-08", "to": "2025-11-09"})];
            let fits = |v: &&serde_json::Value| kind.check(&json!({ *field: *v })).is_ok();
            if let Some(value) = samples.iter().find(fits) {
                set.insert((*field).to_owned(), value.clone());
            }
        }
        if set.contains_key("project") {
            set.insert("project".into(), "event1".into());
        }
        let id = store.edit("追加", |tx| tx.create(kind, set.clone().into())).await.unwrap().value;
        let record = store.get(kind, &id).await.unwrap().unwrap();
        for (field, value) in &set {
            let same = record[field] == *value || record[field].as_f64().is_some_and(|f| Some(f) == value.as_f64());
            assert!(same, "{}.{field}: {value} became {}", kind.table(), record[field]);
        }
        // Nothing differs when the same is saved again.
        assert!(store.edit("同じ", |tx| tx.set(kind, &id, set.clone().into())).await.unwrap().step.is_none(), "{}", kind.table());
    }
    let before = store.fingerprint().await.unwrap();
    store.rebuild().await.unwrap();
    assert_eq!(before, store.fingerprint().await.unwrap());
}

/// Released migrations by name and blake3. A line here is added with a release and never changed: databases out there were made by these bytes.
const LOCKED: &[(&str, &str)] = &[("0001_office", "eb3864a66cbd365152d53eff763d07a56b29a3239c13ca48c6e757d7f4783e12")];

#[test]
fn a_released_migration_is_never_edited_by_a_byte() {
    assert_eq!(MIGRATIONS.iter().map(|m| m.0).collect::<Vec<_>>(), (1..=MIGRATIONS.len() as i64).collect::<Vec<_>>());
    assert!(MIGRATIONS.iter().all(|(_, _, sql)| !sql.contains('\r')));
    for (name, hash) in LOCKED {
        let (_, _, sql) = MIGRATIONS.iter().find(|m| m.1 == *name).expect("a released migration is gone");
        assert_eq!(blake3::hash(sql.as_bytes()).to_hex().as_str(), *hash, "{name} was edited; write a new migration instead");
    }
}
