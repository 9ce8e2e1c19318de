//! The workspace as a whole: what it is, its backups, the bundle that two laptops exchange, and small texts read.
use super::wire_types::*;
use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::announcement::Announcement;
use crate::model::date::{Reading, fiscal_year_of};
use crate::store;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Key under which 設定 names this laptop: the name lives with the identity, not with the small memories.
const DEVICE_NAME: &str = "device_name";
/// Key of the setting that marks the sample.
pub(crate) const SAMPLE: &str = "sample";

pub(super) async fn info(desk: &Arc<Desk>, _: Nothing) -> Result<Info> {
    let store = &desk.store;
    let (device, device_name) = store.device().await?;
    let today = super::today();
    let latest = store.history("", 1).await?.steps.into_iter().next();
    Ok(Info {
        folder: store.folder().display().to_string(),
        version: env!("CARGO_PKG_VERSION").into(),
        device,
        device_name,
        sample: store.setting(SAMPLE).await?.is_some_and(|v| v == true),
        fonts_ok: desk.press.fonts_missing().is_none(),
        fonts_folder: desk.press.fonts_folder().display().to_string(),
        last_backup: store.backups().await?.into_iter().map(|b| b.at).max(),
        database_bytes: store.database_bytes() as f64,
        photos: store.count_by(crate::model::record::Kind::Photo, "partner").await?.iter().map(|(_, n)| *n as i32).sum(),
        conflicts: store.conflicts().await?.len() as i32,
        today: today.to_string(),
        fiscal_year: fiscal_year_of(today),
        saved_at: latest.map(|s| s.at),
    })
}

pub(super) async fn setting(desk: &Arc<Desk>, ask: SettingAsk) -> Result<Setting> {
    if ask.key == DEVICE_NAME {
        return device_name(desk, ask.value).await;
    }
    if let Some(value) = &ask.value {
        desk.store.set_setting(&ask.key, value).await?;
    }
    Ok(Setting { value: desk.store.setting(&ask.key).await? })
}

/// Names this laptop, as the tallies and the reports of a merge show it.
async fn device_name(desk: &Desk, value: Option<Value>) -> Result<Setting> {
    if let Some(value) = value {
        let name = value.as_str().unwrap_or_default().trim();
        if name.is_empty() || name.chars().count() > 40 {
            return Err(Fault::new(FaultKind::BadField, "端末の名前は1字から40字までです", "受付ノート1のように、2台を見分けられる名前にしてください"));
        }
        desk.store.name_device(name).await?;
        desk.announce("settings");
    }
    Ok(Setting { value: Some(Value::String(desk.store.device().await?.1)) })
}

pub(super) async fn dates(_: &Arc<Desk>, ask: TextAsk) -> Result<Reading> {
    Ok(crate::model::date::parse(&ask.text))
}

pub(super) async fn announcement(_: &Arc<Desk>, ask: TextAsk) -> Result<Announcement> {
    Ok(crate::model::announcement::read(&ask.text))
}

pub(super) async fn backup(desk: &Arc<Desk>, ask: BackupAsk) -> Result<Backups> {
    desk.store.backup(ask.path.as_deref().map(Path::new), "手動").await?;
    backups(desk, Nothing {}).await
}

pub(super) async fn backups(desk: &Arc<Desk>, _: Nothing) -> Result<Backups> {
    let line = |b: store::Backup| BackupLine { path: b.path.display().to_string(), at: b.at, bytes: b.bytes as f64, reason: b.reason };
    Ok(Backups {
        backups: desk.store.backups().await?.into_iter().map(line).collect(),
        folder: desk.store.backup_folder().display().to_string(),
    })
}

pub(super) async fn restore(desk: &Arc<Desk>, ask: RestoreAsk) -> Result<Info> {
    desk.store.restore(Path::new(&ask.path)).await?;
    desk.press.forget();
    info(desk, Nothing {}).await
}

/// An open workspace has nothing to recover; a closed one is answered by [`crate::Closed`].
pub(super) async fn recovery(desk: &Arc<Desk>, _: Nothing) -> Result<Recovery> {
    Ok(Recovery { folder: desk.store.folder().display().to_string(), ..Recovery::default() })
}

pub(super) async fn recover(_: &Arc<Desk>, _: RecoverAsk) -> Result<Recovered> {
    Err(Fault::new(FaultKind::BadCall, "作業データは開いています", "控えの時点に戻すには「この時点に戻す」（restore）を使ってください"))
}

pub(super) async fn bundle_out(desk: &Arc<Desk>, ask: BundleOutAsk) -> Result<BundleOut> {
    let sent = desk.store.bundle_out(Path::new(&ask.path), ask.passphrase.as_deref()).await?;
    Ok(BundleOut { path: ask.path, bytes: sent.bytes as f64, chunks: sent.chunks as i32, tallies: sent.tallies as i32, photos: sent.photos as i32 })
}

pub(super) async fn bundle_in(desk: &Arc<Desk>, ask: BundleInAsk) -> Result<Merged> {
    let merge = desk.store.bundle_in(Path::new(&ask.path), ask.passphrase.as_deref()).await?;
    Ok(Merged {
        chunks: merge.chunks as i32,
        tallies: merge.tallies as i32,
        photos: merge.photos as i32,
        quarantined: merge.quarantined as i32,
        conflicts: merge.conflicts as i32,
        already: merge.already,
        from_device: merge.from_device,
        backup: merge.backup.display().to_string(),
    })
}
