//! Writing a file so that it is there whole or not at all, and reading one with words a coordinator understands.
use crate::fault::{Fault, FaultKind, Result};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes beside the target first and then takes its place, so that nobody ever sees half a file.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    place(path, bytes, true)
}

/// The same for what can be made again at any time (pages, pictures in small): whole, but not waited for until it is on the disk.
pub fn write_again(path: &Path, bytes: &[u8]) -> Result<()> {
    place(path, bytes, false)
}

fn place(path: &Path, bytes: &[u8], durable: bool) -> Result<()> {
    written(path, |file| {
        let all = file.write_all(bytes).and_then(|()| if durable { file.sync_all() } else { Ok(()) });
        all.map_err(|e| cannot_write(path, &e))
    })
}

/// A file filled piece by piece, so that a large one is never held whole: there when `fill` is done, and not at all if it fails.
pub fn written<T>(path: &Path, fill: impl FnOnce(&mut std::fs::File) -> Result<T>) -> Result<T> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("file");
    let part = folder.join(format!(".{name}.{:08x}.part", rand::random::<u32>()));
    let filled = std::fs::File::create(&part).map_err(|e| cannot_write(path, &e)).and_then(|mut file| fill(&mut file));
    let done = filled.and_then(|value| std::fs::rename(&part, path).map(|()| value).map_err(|e| cannot_write(path, &e)));
    if done.is_err() {
        // The target is as it was; what is left of the part is of no use.
        let _ = std::fs::remove_file(&part);
    }
    done
}

/// Hashes (BLAKE3) what goes by on its way into a file.
pub struct Hashed<'f> {
    file: &'f mut std::fs::File,
    hash: blake3::Hasher,
}

impl<'f> Hashed<'f> {
    pub fn new(file: &'f mut std::fs::File) -> Self {
        Self { file, hash: blake3::Hasher::new() }
    }

    pub fn hash(&self) -> String {
        self.hash.finalize().to_hex().to_string()
    }
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

pub fn read(path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_into(path, &mut bytes)?;
    Ok(bytes)
}

/// Reads the whole file in place of what `bytes` held.
pub fn read_into(path: &Path, bytes: &mut Vec<u8>) -> Result<()> {
    use std::io::Read;
    bytes.clear();
    let read = std::fs::File::open(path).and_then(|mut file| {
        // A byte more than there is, so that the end is seen without growing.
        bytes.reserve_exact(file.metadata().map_or(0, |m| m.len() as usize + 1));
        file.read_to_end(bytes)
    });
    read.map(drop).map_err(|e| {
        let hint = match e.kind() {
            std::io::ErrorKind::NotFound => "ファイルの場所と名前をお確かめください",
            std::io::ErrorKind::PermissionDenied => "ファイルを開く権限があるかお確かめください",
            _ => "ほかのアプリで開いていないかお確かめください",
        };
        Fault::new(FaultKind::BadFile, format!("「{}」を読めません", path.display()), hint)
    })
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Fault {
    let hint = match error.kind() {
        std::io::ErrorKind::PermissionDenied => "書き込めるフォルダーを選んでください",
        std::io::ErrorKind::StorageFull => "空き容量を増やしてください",
        _ => "保存先のフォルダーをお確かめください",
    };
    Fault::new(FaultKind::CannotWrite, format!("「{}」に書き込めません", path.display()), hint)
}

/// File systems end a name at 255 bytes; what is written first bears 15 more.
const LONGEST_NAME: usize = 180;

/// A name that every system takes: 「/」 and its like become 「_」, and it is not too long. Its ending is put behind it, not given with it.
pub fn safe_name(name: &str) -> String {
    shortened(name, LONGEST_NAME)
}

/// The same for a part of a name, of at most so many bytes.
pub fn shortened(name: &str, most: usize) -> String {
    let mut safe = String::new();
    for c in name.trim().chars().map(|c| if c.is_control() || "\\/:*?\"<>|".contains(c) { '_' } else { c }) {
        if safe.len() + c.len_utf8() > most {
            break;
        }
        safe.push(c);
    }
    let safe = safe.trim_end_matches(['.', ' ']).to_owned();
    if safe.is_empty() { "無題".into() } else { safe }
}

/// The path with a number before its ending while another file bears it already in this batch.
pub fn unused(path: PathBuf, taken: &mut std::collections::BTreeSet<PathBuf>) -> PathBuf {
    let mut candidate = path.clone();
    let mut n = 2;
    while !taken.insert(candidate.clone()) {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("file");
        let ending = path.extension().and_then(|s| s.to_str()).map(|e| format!(".{e}")).unwrap_or_default();
        candidate = path.with_file_name(format!("{stem}_{n}{ending}"));
        n += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_and_short_enough_on_every_system() {
        assert_eq!(safe_name(" 海/山:川?. "), "海_山_川_");
        assert_eq!(safe_name(""), "無題");
        assert_eq!((safe_name(&"展".repeat(90)).chars().count(), shortened("𠮷野家", 5).as_str()), (60, "𠮷"));
    }
}
