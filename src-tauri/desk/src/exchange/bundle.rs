//! The bundle that carries one laptop's work to another: a zip of change chunks, tallies and photos, optionally locked by a passphrase.
//!
//! ```text
//! manifest.json     format, version, sender; count, size and blake3 of each part
//! chunks.bin        for each chunk: u16 length and name of its document, u32 length and bytes (big-endian)
//! tallies.jsonl     one JSON list a line
//! photos/<blake3>   as they are
//! ```
//! Nothing in a bundle is believed: names must be of this list, sizes are bounded before anything is unpacked, and every part must have the hash
//! that the manifest says. Only a bundle that is right as a whole is handed on.
use crate::fault::{Fault, FaultKind, Result};
use age::secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The form this version writes; it reads this and older ones.
pub const FORMAT: u32 = 1;

const MANIFEST: &str = "manifest.json";
const CHUNKS: &str = "chunks.bin";
const TALLIES: &str = "tallies.jsonl";
const PHOTOS: &str = "photos/";

const MOST_FILES: usize = 60_000;
const LARGEST_MANIFEST: u64 = 16 << 20;
const LARGEST_CHUNKS: u64 = 2 << 30;
const LARGEST_TALLIES: u64 = 4 << 30;
const LARGEST_PHOTO: u64 = 200 << 20;
/// What unpacks to more than this many times the file, beyond the allowance, is a bomb.
const MOST_INFLATED: u64 = 200;
const INFLATE_ALLOWANCE: u64 = 64 << 20;
/// scrypt's work: 64 MB and a fraction of a second; a file that asks for much more is refused.
const WORK: u8 = 16;
const MOST_WORK: u8 = 18;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub app: String,
    pub format: u32,
    pub version: String,
    pub device: String,
    pub device_name: String,
    pub made_at: String,
    pub chunks: Part,
    pub tallies: Part,
    pub photos: Vec<Photo>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub count: u64,
    pub bytes: u64,
    pub hash: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    pub hash: String,
    pub bytes: u64,
}

/// The parts as files, before packing and after unpacking.
#[derive(Clone, Debug)]
pub struct Parts {
    pub manifest: Manifest,
    pub chunks: PathBuf,
    pub tallies: PathBuf,
    /// One for each photo of the manifest, in order.
    pub photos: Vec<PathBuf>,
}

fn broken(why: &str) -> Fault {
    Fault::new(FaultKind::BadFile, format!("この持ち出しファイルは使えません（{why}）"), "もう一度書き出してもらってください。手もとの作業データは変わっていません")
}

fn unwritten(path: &Path, e: impl std::fmt::Display) -> Fault {
    tracing::error!(error = %e, "bundle");
    Fault::new(FaultKind::CannotWrite, format!("{} に書き出せません", path.display()), "保存先のフォルダー、権限、ディスクの空きをお確かめください")
}

// ── Out ─────────────────────────────────────────────────────────────────────────────────────────────

/// Packs the parts into one file, which appears under its name only when it is whole. Answers its size.
pub fn write(path: &Path, passphrase: Option<&str>, parts: &Parts) -> Result<u64> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let err = |e: std::io::Error| unwritten(path, e);
    let mut packed = tempfile::Builder::new().prefix(".tenjicho-").tempfile_in(folder).map_err(err)?;
    pack(packed.as_file_mut(), parts).map_err(|e| unwritten(path, e))?;
    if let Some(passphrase) = passphrase.filter(|p| !p.is_empty()) {
        let locked = tempfile::Builder::new().prefix(".tenjicho-").tempfile_in(folder).map_err(err)?;
        packed.as_file_mut().seek(SeekFrom::Start(0)).map_err(err)?;
        lock(packed.as_file_mut(), locked.as_file(), passphrase).map_err(|e| unwritten(path, e))?;
        packed = locked;
    }
    packed.as_file().sync_all().map_err(err)?;
    let bytes = packed.as_file().metadata().map_err(err)?.len();
    packed.persist(path).map_err(|e| unwritten(path, e.error))?;
    Ok(bytes)
}

fn pack(file: &mut File, parts: &Parts) -> Result<(), zip::result::ZipError> {
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    // Photos are compressed already.
    let as_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file(MANIFEST, packed)?;
    zip.write_all(&serde_json::to_vec_pretty(&parts.manifest).map_err(std::io::Error::other)?)?;
    for (name, path) in [(CHUNKS, &parts.chunks), (TALLIES, &parts.tallies)] {
        zip.start_file(name, packed)?;
        std::io::copy(&mut File::open(path)?, &mut zip)?;
    }
    for (photo, path) in parts.manifest.photos.iter().zip(&parts.photos) {
        zip.start_file(format!("{PHOTOS}{}", photo.hash), as_is)?;
        std::io::copy(&mut File::open(path)?, &mut zip)?;
    }
    zip.finish()?.flush()?;
    Ok(())
}

fn lock(from: &mut File, to: &File, passphrase: &str) -> std::io::Result<()> {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).map_err(std::io::Error::other)?;
    let mut out = encryptor.wrap_output(BufWriter::new(to))?;
    std::io::copy(from, &mut out)?;
    out.finish()?.flush()
}

/// Count, size and hash of a file.
pub fn measure(path: &Path, count: u64) -> std::io::Result<Part> {
    let mut hasher = blake3::Hasher::new();
    let bytes = std::io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(Part { count, bytes, hash: hasher.finalize().to_hex().to_string() })
}

/// Writes one chunk of `chunks.bin`.
pub fn write_chunk(out: &mut impl Write, document: &str, bytes: &[u8]) -> std::io::Result<()> {
    out.write_all(&(document.len() as u16).to_be_bytes())?;
    out.write_all(document.as_bytes())?;
    out.write_all(&(bytes.len() as u32).to_be_bytes())?;
    out.write_all(bytes)
}

// ── In ──────────────────────────────────────────────────────────────────────────────────────────────

/// Unpacks a bundle into an empty folder and checks all of it.
pub fn read(path: &Path, passphrase: Option<&str>, into: &Path) -> Result<Parts> {
    let mut file = File::open(path).map_err(|e| {
        tracing::error!(error = %e, "bundle");
        Fault::new(FaultKind::BadFile, format!("{} を開けません", path.display()), "ファイルの場所と権限をお確かめください")
    })?;
    let mut head = [0; 21];
    let n = read_up_to(&mut file, &mut head).map_err(|_| broken("読み取れません"))?;
    file.seek(SeekFrom::Start(0)).map_err(|_| broken("読み取れません"))?;
    if &head[..n] == b"age-encryption.org/v1" {
        let passphrase = passphrase.filter(|p| !p.is_empty());
        let passphrase = passphrase.ok_or_else(|| Fault::new(FaultKind::Passphrase, "このファイルには合言葉がかかっています", "書き出した人に合言葉を聞いて、入れてください"))?;
        file = unlock(file, passphrase, into)?;
    }
    let length = file.metadata().map_err(|_| broken("読み取れません"))?.len();
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| broken("途中で切れているか、形が違います"))?;
    check_names(&zip)?;
    let manifest = read_manifest(&mut zip)?;
    check_sizes(&manifest, length)?;
    unpack(&mut zip, manifest, into)
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut n = 0;
    while n < buffer.len() {
        match file.read(&mut buffer[n..])? {
            0 => break,
            more => n += more,
        }
    }
    Ok(n)
}

fn unlock(file: File, passphrase: &str, into: &Path) -> Result<File> {
    use age::DecryptError::{DecryptionFailed, ExcessiveWork, KeyDecryptionFailed, NoMatchingKeys};
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    identity.set_max_work_factor(MOST_WORK);
    let opened = age::Decryptor::new_buffered(BufReader::new(file)).and_then(|d| d.decrypt(std::iter::once(&identity as &dyn age::Identity)));
    let mut reader = opened.map_err(|e| match e {
        DecryptionFailed | KeyDecryptionFailed | NoMatchingKeys => Fault::new(FaultKind::Passphrase, "合言葉が違います", "大文字と小文字、全角と半角をお確かめください"),
        ExcessiveWork { .. } => broken("合言葉の鍵が重すぎます"),
        _ => broken("合言葉の部分が壊れています"),
    })?;
    let plain = into.join("plain.zip");
    let mut out = File::options().create_new(true).read(true).write(true).open(&plain).map_err(|e| unwritten(&plain, e))?;
    // Every piece is authenticated; a cut-off or altered file ends here.
    std::io::copy(&mut reader, &mut out).map_err(|e| if e.kind() == std::io::ErrorKind::StorageFull { unwritten(&plain, e) } else { broken("途中で切れているか、書き換えられています") })?;
    out.seek(SeekFrom::Start(0)).map_err(|e| unwritten(&plain, e))?;
    Ok(out)
}

fn check_names<R: Read + Seek>(zip: &ZipArchive<R>) -> Result<()> {
    if zip.len() > MOST_FILES {
        return Err(broken("中のファイルが多すぎます"));
    }
    for name in zip.file_names_raw() {
        let known = [MANIFEST, CHUNKS, TALLIES].iter().any(|k| k.as_bytes() == name);
        let photo = name.strip_prefix(PHOTOS.as_bytes()).is_some_and(|h| h.len() == 64 && h.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')));
        if !known && !photo {
            return Err(broken("知らない名前のファイルが入っています"));
        }
    }
    Ok(())
}

fn read_manifest<R: Read + Seek>(zip: &mut ZipArchive<R>) -> Result<Manifest> {
    let mut text = vec![];
    let entry = zip.by_name(MANIFEST).map_err(|_| broken("目録がありません"))?;
    entry.take(LARGEST_MANIFEST + 1).read_to_end(&mut text).map_err(|_| broken("目録を読めません"))?;
    if text.len() as u64 > LARGEST_MANIFEST {
        return Err(broken("目録が大きすぎます"));
    }
    // The version first: a newer manifest may have another form.
    #[derive(Deserialize)]
    struct Version {
        app: String,
        format: u32,
    }
    let version: Version = serde_json::from_slice(&text).map_err(|_| broken("目録を読めません"))?;
    if version.app != "tenjicho" {
        return Err(broken("展示帖のファイルではありません"));
    }
    if version.format > FORMAT {
        return Err(Fault::new(FaultKind::BadFile, "この持ち出しファイルは、新しい版の展示帖で作られています", "展示帖を新しい版にしてから取り込んでください"));
    }
    serde_json::from_slice(&text).map_err(|_| broken("目録を読めません"))
}

fn check_sizes(manifest: &Manifest, length: u64) -> Result<()> {
    let photos = manifest.photos.iter().map(|p| p.bytes);
    let too_large = manifest.chunks.bytes > LARGEST_CHUNKS || manifest.tallies.bytes > LARGEST_TALLIES || photos.clone().any(|b| b > LARGEST_PHOTO) || manifest.photos.len() > MOST_FILES;
    let whole = manifest.chunks.bytes.saturating_add(manifest.tallies.bytes).saturating_add(photos.fold(0, u64::saturating_add));
    if too_large || whole > length.saturating_mul(MOST_INFLATED).saturating_add(INFLATE_ALLOWANCE) {
        return Err(broken("広げると大きすぎます"));
    }
    Ok(())
}

fn unpack<R: Read + Seek>(zip: &mut ZipArchive<R>, manifest: Manifest, into: &Path) -> Result<Parts> {
    let chunks = into.join("chunks");
    take_out(zip, CHUNKS, manifest.chunks.bytes, &manifest.chunks.hash, &chunks)?;
    let tallies = into.join("tallies");
    take_out(zip, TALLIES, manifest.tallies.bytes, &manifest.tallies.hash, &tallies)?;
    let mut photos = vec![];
    for (i, photo) in manifest.photos.iter().enumerate() {
        // Our own name, never one from the file.
        let to = into.join(format!("photo-{i}"));
        take_out(zip, &format!("{PHOTOS}{}", photo.hash), photo.bytes, &photo.hash, &to)?;
        photos.push(to);
    }
    Ok(Parts { manifest, chunks, tallies, photos })
}

/// Unpacks one entry, not a byte more than the manifest says, and compares the hash.
fn take_out<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str, bytes: u64, hash: &str, to: &Path) -> Result<()> {
    let mut entry = zip.by_name(name).map_err(|_| broken("目録にあるファイルが入っていません"))?.take(bytes + 1);
    let mut out = File::options().create_new(true).write(true).open(to).map_err(|e| unwritten(to, e))?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 256 << 10];
    let mut total = 0;
    loop {
        let n = entry.read(&mut buffer).map_err(|_| broken("途中で切れているか、壊れています"))?;
        if n == 0 {
            break;
        }
        total += n as u64;
        hasher.update(&buffer[..n]);
        out.write_all(&buffer[..n]).map_err(|e| unwritten(to, e))?;
    }
    if total != bytes || hasher.finalize().to_hex().as_str() != hash {
        return Err(broken("中身が目録と合いません"));
    }
    Ok(())
}

/// Reads `chunks.bin` one by one: the document's name and the chunk. No chunk is larger than `largest`.
pub fn chunks(path: &Path, largest: u32) -> Result<impl Iterator<Item = Result<(String, Vec<u8>)>>> {
    let mut file = BufReader::new(File::open(path).map_err(|e| unwritten(path, e))?);
    let wrong = |_| broken("変更の記録を読めません");
    let mut next = move || -> Result<Option<(String, Vec<u8>)>> {
        let mut length = [0; 2];
        match file.read(&mut length[..1]).map_err(wrong)? {
            0 => return Ok(None),
            _ => file.read_exact(&mut length[1..]).map_err(wrong)?,
        }
        let mut name = vec![0; u16::from_be_bytes(length).into()];
        file.read_exact(&mut name).map_err(wrong)?;
        let mut length = [0; 4];
        file.read_exact(&mut length).map_err(wrong)?;
        let length = u32::from_be_bytes(length);
        if length > largest {
            return Err(broken("変更の記録が大きすぎます"));
        }
        let mut bytes = vec![0; length as usize];
        file.read_exact(&mut bytes).map_err(wrong)?;
        Ok(Some((String::from_utf8(name).map_err(|_| broken("変更の記録を読めません"))?, bytes)))
    };
    Ok(std::iter::from_fn(move || next().transpose()))
}
