//! Bundles that are cut off, altered, locked, swollen or from another time: each gets a clear sentence, and nothing is merged.
use serde_json::json;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tenjicho_desk::exchange::bundle::{self, Manifest};
use tenjicho_desk::fault::FaultKind;
use tenjicho_desk::model::record::{Kind, Photo};
use tenjicho_desk::store::{Filter, Store};
use zip::write::SimpleFileOptions;

struct Office {
    folder: tempfile::TempDir,
    store: Store,
}

impl Office {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        store.edit("会場を追加", |tx| tx.create(Kind::Venue, json!({"name": "東京区政会館"}))).await.unwrap();
        Self { folder, store }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn bundle(&self) -> PathBuf {
        let path = self.path("元.tenji");
        self.store.bundle_out(&path, None).await.unwrap();
        path
    }

    /// Refused with this kind and word, with nothing changed and nothing left behind.
    async fn refuses(&self, bundle: &Path, passphrase: Option<&str>, kind: FaultKind, word: &str) {
        let before = self.store.fingerprint().await.unwrap();
        let fault = self.store.bundle_in(bundle, passphrase).await.unwrap_err();
        assert_eq!(fault.kind, kind, "{fault}");
        assert!(fault.message.contains(word), "{fault}");
        assert!(!fault.hint.is_empty());
        assert_eq!(before, self.store.fingerprint().await.unwrap());
        let left = std::fs::read_dir(self.folder.path()).unwrap().flatten().any(|e| e.file_name().to_string_lossy().starts_with(".exchange"));
        assert!(!left, "work in progress was left behind");
        // And the office goes on working.
        self.store.edit("会場を追加", |tx| tx.create(Kind::Venue, json!({"name": "次"}))).await.unwrap();
        self.store.undo(None).await.unwrap();
    }
}

/// The entries of a zip, to be written again otherwise.
fn entries(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut all = vec![];
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).unwrap();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        all.push((entry.name().unwrap().into_owned(), bytes));
    }
    all
}

fn zipped(path: &Path, entries: &[(String, Vec<u8>)]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in entries {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn with_manifest(entries: &mut [(String, Vec<u8>)], change: impl FnOnce(&mut Manifest)) {
    let entry = entries.iter_mut().find(|(n, _)| n == "manifest.json").unwrap();
    let mut manifest: Manifest = serde_json::from_slice(&entry.1).unwrap();
    change(&mut manifest);
    entry.1 = serde_json::to_vec(&manifest).unwrap();
}

#[tokio::test]
async fn a_cut_off_file_is_refused_wherever_it_is_cut() {
    let (from, to) = (Office::new().await, Office::new().await);
    let whole = std::fs::read(from.bundle().await).unwrap();
    let cut = to.path("切れた.tenji");
    for length in [0, 3, whole.len() / 3, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&cut, &whole[..length]).unwrap();
        to.refuses(&cut, None, FaultKind::BadFile, "使えません").await;
    }
    to.refuses(&to.path("ない.tenji"), None, FaultKind::BadFile, "開けません").await;
}

#[tokio::test]
async fn every_altered_byte_is_noticed() {
    let (from, to) = (Office::new().await, Office::new().await);
    let original = entries(&from.bundle().await);
    for name in ["chunks.bin", "tallies.jsonl"] {
        let mut altered = original.clone();
        let bytes = &mut altered.iter_mut().find(|(n, _)| n == name).unwrap().1;
        match bytes.last_mut() {
            Some(last) => *last ^= 1,
            None => bytes.push(b'x'),
        }
        zipped(&to.path("改.tenji"), &altered);
        to.refuses(&to.path("改.tenji"), None, FaultKind::BadFile, "目録と合いません").await;
    }
    // The forger also corrects the manifest: the chunk itself no longer is one.
    let mut altered = original.clone();
    let bytes = &mut altered.iter_mut().find(|(n, _)| n == "chunks.bin").unwrap().1;
    *bytes.last_mut().unwrap() ^= 1;
    let hash = blake3::hash(bytes).to_hex().to_string();
    with_manifest(&mut altered, |m| m.chunks.hash = hash);
    zipped(&to.path("改.tenji"), &altered);
    to.refuses(&to.path("改.tenji"), None, FaultKind::BadFile, "変更の記録を読めません").await;
}

#[tokio::test]
async fn names_that_lead_elsewhere_are_refused() {
    let (from, to) = (Office::new().await, Office::new().await);
    let original = entries(&from.bundle().await);
    for name in ["../外へ.txt", "/etc/外へ", "photos/../../外へ", "photos/ABC", "chunks.bin/../x", "別の.db"] {
        let mut more = original.clone();
        more.push((name.to_owned(), b"x".to_vec()));
        zipped(&to.path("道.tenji"), &more);
        to.refuses(&to.path("道.tenji"), None, FaultKind::BadFile, "知らない名前").await;
    }
    assert!(!to.folder.path().parent().unwrap().join("外へ.txt").exists());
}

#[tokio::test]
async fn a_swollen_file_is_refused_before_it_is_unpacked() {
    let (from, to) = (Office::new().await, Office::new().await);
    let original = entries(&from.bundle().await);
    let zeros = vec![0; 100 << 20];
    let mut bomb = original.clone();
    bomb.iter_mut().find(|(n, _)| n == "tallies.jsonl").unwrap().1 = zeros.clone();
    with_manifest(&mut bomb, |m| m.tallies = bundle::measure(Path::new("/dev/null"), 0).map(|p| bundle::Part { bytes: 100 << 20, hash: blake3::hash(&zeros).to_hex().to_string(), ..p }).unwrap());
    zipped(&to.path("爆弾.tenji"), &bomb);
    to.refuses(&to.path("爆弾.tenji"), None, FaultKind::BadFile, "大きすぎます").await;
    // One that lies about its size is cut off at what it said.
    with_manifest(&mut bomb, |m| m.tallies.bytes = 10);
    zipped(&to.path("爆弾.tenji"), &bomb);
    to.refuses(&to.path("爆弾.tenji"), None, FaultKind::BadFile, "目録と合いません").await;
}

#[tokio::test]
async fn a_newer_form_and_another_program_are_told_apart() {
    let (from, to) = (Office::new().await, Office::new().await);
    let mut newer = entries(&from.bundle().await);
    with_manifest(&mut newer, |m| m.format = bundle::FORMAT + 1);
    zipped(&to.path("新.tenji"), &newer);
    to.refuses(&to.path("新.tenji"), None, FaultKind::BadFile, "新しい版").await;
    with_manifest(&mut newer, |m| (m.format, m.app) = (1, "another".into()));
    zipped(&to.path("他.tenji"), &newer);
    to.refuses(&to.path("他.tenji"), None, FaultKind::BadFile, "展示帖のファイルではありません").await;
}

#[tokio::test]
async fn a_passphrase_is_asked_for_and_must_be_right() {
    let (from, to) = (Office::new().await, Office::new().await);
    let locked = from.path("鍵.tenji");
    from.store.bundle_out(&locked, Some("さくら 2025")).await.unwrap();
    assert!(!std::fs::read(&locked).unwrap().windows(6).any(|w| w == b"chunks"));
    to.refuses(&locked, None, FaultKind::Passphrase, "合言葉がかかっています").await;
    to.refuses(&locked, Some("さくら2025"), FaultKind::Passphrase, "合言葉が違います").await;
    let whole = std::fs::read(&locked).unwrap();
    std::fs::write(to.path("切.tenji"), &whole[..whole.len() - 5]).unwrap();
    to.refuses(&to.path("切.tenji"), Some("さくら 2025"), FaultKind::BadFile, "使えません").await;
    assert!(to.store.bundle_in(&locked, Some("さくら 2025")).await.unwrap().chunks > 0);
    assert_eq!(to.store.list(Kind::Venue, &Filter::all()).await.unwrap().total, 2);
}

#[tokio::test]
async fn photos_go_along_and_are_kept_once() {
    let (from, to) = (Office::new().await, Office::new().await);
    let picture = from.path("写真.jpg");
    std::fs::write(&picture, b"not really a picture, but bytes are bytes").unwrap();
    let kept = from.store.keep_photo(&picture).await.unwrap();
    assert_eq!(kept, from.store.keep_photo(&picture).await.unwrap());
    from.store.edit("写真を追加", |tx| tx.add(&Photo { hash: kept.hash.clone(), ..Default::default() })).await.unwrap();
    let bundle = from.bundle().await;
    assert_eq!(to.store.bundle_in(&bundle, None).await.unwrap().photos, 1);
    assert_eq!(std::fs::read(to.store.photo_path(&kept.hash).unwrap()).unwrap(), std::fs::read(&picture).unwrap());
    let again = to.store.bundle_in(&bundle, None).await.unwrap();
    assert_eq!((again.photos, again.already), (0, true));
    assert!(to.store.photo_path("../写真.jpg").is_none());
}
