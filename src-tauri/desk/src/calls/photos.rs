//! Taking in photos: each is looked at first and kept whole or not at all; what is wrong is said file by file.
use super::wire_types::*;
use crate::Desk;
use crate::fault::Result;
use crate::model::record::Photo;
use crate::store::Filter;
use std::path::Path;
use std::sync::Arc;
use tenjicho_press::picture::PictureInfo;

/// A photo that was looked at and stored.
pub(crate) struct Taken {
    pub hash: String,
    pub file_name: String,
    pub info: PictureInfo,
}

pub(super) async fn take_photos(desk: &Arc<Desk>, ask: TakePhotosAsk) -> Result<TakenPhotos> {
    let (mut taken, mut faults) = (Vec::new(), Vec::new());
    for path in &ask.paths {
        match take(desk, Path::new(path)).await {
            Ok(photo) => taken.push(photo),
            Err(fault) => faults.push(FileFault { file: path.clone(), message: fault.message, hint: fault.hint }),
        }
    }
    let mut known = std::collections::BTreeMap::new();
    for photo in &taken {
        let of_hash = desk.store.all::<Photo>(&Filter::of("hash", photo.hash.as_str())).await?;
        if let Some(photo) = of_hash.into_iter().next() {
            known.insert(photo.hash, photo.id);
        }
    }
    let label = format!("写真を{}枚取り込む", taken.len());
    let mut photos = Vec::new();
    desk.store
        .edit(&label, |tx| {
            for photo in &taken {
                let id = match known.get(&photo.hash) {
                    Some(id) => id.clone(),
                    None => tx.add(&record(photo, &ask.partner))?,
                };
                known.insert(photo.hash.clone(), id.clone());
                photos.push(id);
            }
            Ok(())
        })
        .await?;
    Ok(TakenPhotos { photos, hashes: taken.into_iter().map(|t| t.hash).collect(), faults })
}

pub(crate) fn record(photo: &Taken, partner: &str) -> Photo {
    Photo {
        hash: photo.hash.clone(),
        file_name: photo.file_name.clone(),
        width: photo.info.width as i32,
        height: photo.info.height as i32,
        bytes: photo.info.bytes as f64,
        partner: partner.to_owned(),
        ..Photo::default()
    }
}

pub(super) async fn take(desk: &Desk, path: &Path) -> Result<Taken> {
    let file_name = path.file_name().and_then(|n| n.to_str()).unwrap_or("写真").to_owned();
    let (looked, name) = (path.to_owned(), file_name.clone());
    let info = super::panels::in_background(move || crate::pressroom::look_at(&looked, &name)).await?;
    let hash = desk.store.keep_photo(path).await?.hash;
    Ok(Taken { hash, file_name, info })
}
