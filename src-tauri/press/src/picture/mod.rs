//! Pictures: probing at intake without decoding, and one bounded decoding for screen proxies and proofs.
mod jpeg;
mod kind;
mod png;
mod reduce;

pub use reduce::{decode, encode, proxy, reduce, Reduced};

use std::collections::BTreeMap;
use std::sync::Arc;

/// Pictures by the name that `page::Image` uses.
pub type Images = BTreeMap<String, Picture>;

/// A picture file as it came, with what its header says.
#[derive(Clone, Debug)]
pub struct Picture {
    pub info: PictureInfo,
    pub bytes: Arc<Vec<u8>>,
    head: Head,
}
impl Picture {
    /// Probes `bytes` and keeps them.
    pub fn new(name: &str, bytes: impl Into<Arc<Vec<u8>>>) -> Result<Self, PictureFault> {
        let bytes = bytes.into();
        let (info, head) = probed(name, &bytes)?;
        Ok(Self { info, bytes, head })
    }
    /// The bytes, for another picture to be read into; nothing while someone else holds them.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        Arc::try_unwrap(self.bytes).ok()
    }
}

/// What was found on the way through the file, so that it is walked once.
#[derive(Clone, Debug)]
enum Head {
    Jpeg(jpeg::Head),
    Png(png::Head),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureInfo {
    /// Pixels of the upright picture, EXIF orientation applied.
    pub width: u32,
    pub height: u32,
    pub format: Format,
    pub colour: Colour,
    /// EXIF orientation of the stored pixels, 1–8.
    pub orientation: u8,
    /// Carries an ICC profile that fits its colour.
    pub icc: bool,
    pub bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Gray,
    Rgb,
    Cmyk,
}

/// Larger files are refused before they are read further.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// Pixels; an A0 panel at 300 ppi has 139 million, at 250 ppi 97 million.
pub const MOST_PIXELS: u64 = 120_000_000;

/// Why a picture cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PictureFault {
    pub kind: PictureFaultKind,
    pub message: String,
    pub hint: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFaultKind {
    NotAPicture,
    TooLarge,
    Broken,
    Unsupported,
}
impl PictureFaultKind {
    /// Stable code for programs and tests.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAPicture => "not_a_picture",
            Self::TooLarge => "too_large",
            Self::Broken => "broken",
            Self::Unsupported => "unsupported",
        }
    }
}

/// What the file says about itself, without decoding a pixel: markers and checksums are walked to the end, so that a
/// file cut short is found here and not at the printer's. `name` is only used in sentences.
pub fn probe(name: &str, bytes: &[u8]) -> Result<PictureInfo, PictureFault> {
    probed(name, bytes).map(|(info, _)| info)
}

fn probed(name: &str, bytes: &[u8]) -> Result<(PictureInfo, Head), PictureFault> {
    let say = |kind, message: String, hint: &str| PictureFault { kind, message, hint: hint.to_owned() };
    if bytes.len() > LARGEST_FILE {
        return Err(say(
            PictureFaultKind::TooLarge,
            format!("「{name}」は {} MB あり、上限の {} MB を超えています。", bytes.len() / 1_048_576, LARGEST_FILE / 1_048_576),
            "JPEGで保存し直して、ファイルを小さくしてください。",
        ));
    }
    let found = match kind::of(bytes) {
        kind::Kind::Jpeg => jpeg::read(bytes).map(|head| (head.info(bytes.len()), Head::Jpeg(head))),
        kind::Kind::Png => png::read(bytes).map(|head| (head.info(bytes.len()), Head::Png(head))),
        kind::Kind::Other(what) => {
            return Err(say(
                PictureFaultKind::Unsupported,
                format!("「{name}」は{what}です。使えるのはJPEGとPNGです。"),
                "写真アプリでJPEGに書き出してから、もう一度選んでください。",
            ));
        }
        kind::Kind::NoPicture => {
            return Err(say(
                PictureFaultKind::NotAPicture,
                format!("「{name}」は画像ではありません。"),
                "JPEGかPNGの画像を選んでください。",
            ));
        }
    };
    let (info, head) = found.map_err(|flaw| match flaw {
        Flaw::Broken(why) => say(
            PictureFaultKind::Broken,
            format!("「{name}」は壊れています({why})。"),
            "元の画像をもう一度もらうか、写真アプリで開いて保存し直してください。",
        ),
        Flaw::Unsupported(why) => say(
            PictureFaultKind::Unsupported,
            format!("「{name}」は{why}のため使えません。"),
            "写真アプリで、ふつうのJPEG(RGB、8ビット)に書き出してください。",
        ),
    })?;
    let pixels = u64::from(info.width) * u64::from(info.height);
    if pixels > MOST_PIXELS {
        return Err(say(
            PictureFaultKind::TooLarge,
            format!("「{name}」は {}×{} 画素あり、大きすぎます(上限 1億2千万画素)。", info.width, info.height),
            "長い辺を10,000画素ほどに縮めてから使ってください。A1の印刷には7,000画素で足ります。",
        ));
    }
    if let Head::Png(png) = &head
        && !png.whole(bytes)
    {
        return Err(say(
            PictureFaultKind::Broken,
            format!("「{name}」は壊れています(画素の数が合いません)。"),
            "元の画像をもう一度もらうか、写真アプリで開いて保存し直してください。",
        ));
    }
    Ok((info, head))
}

/// The ICC profile inside the file, if it is whole and fits the picture's colour.
pub fn icc(picture: &Picture) -> Option<Vec<u8>> {
    match &picture.head {
        Head::Jpeg(head) => head.icc(&picture.bytes),
        Head::Png(head) => head.icc(&picture.bytes),
    }
}

/// What a PDF needs to know to carry a JPEG as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JpegLayout {
    /// Stored pixels, before orientation.
    pub width: u32,
    pub height: u32,
    /// Adobe writes CMYK inverted.
    pub inverted: bool,
}

/// `None` if the picture is no JPEG.
pub fn jpeg_layout(picture: &Picture) -> Option<JpegLayout> {
    let Head::Jpeg(head) = &picture.head else { return None };
    Some(JpegLayout { width: head.width, height: head.height, inverted: head.adobe && head.components == 4 })
}

/// The deflated rows of a PNG that a PDF can carry as they are; see `png::Rows`.
pub fn png_rows(picture: &Picture) -> Option<PngRows> {
    let Head::Png(head) = &picture.head else { return None };
    head.rows(&picture.bytes)
}

/// A PNG without transparency and interlace is already what PDF calls FlateDecode with a PNG predictor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PngRows {
    pub width: u32,
    pub height: u32,
    pub bits: u8,
    pub components: u8,
    /// RGB triples when the pixels are indices.
    pub palette: Option<Vec<u8>>,
    pub deflated: Vec<u8>,
}

/// What is wrong inside a file; the sentence around it is made in `probe`.
#[derive(Debug)]
pub(crate) enum Flaw {
    Broken(&'static str),
    Unsupported(&'static str),
}

/// Whether an ICC profile is one for this colour (ICC.1, header: size at 0, colour space at 16, `acsp` at 36).
pub(crate) fn icc_fits(profile: &[u8], colour: Colour) -> bool {
    let space: &[u8] = match colour {
        Colour::Gray => b"GRAY",
        Colour::Rgb => b"RGB ",
        Colour::Cmyk => b"CMYK",
    };
    let size = profile.get(..4).map(|s| u32::from_be_bytes([s[0], s[1], s[2], s[3]]) as usize);
    size.is_some_and(|size| size >= 132 && size <= profile.len())
        && profile.get(16..20) == Some(space)
        && profile.get(36..40) == Some(b"acsp")
        && profile.get(8).is_some_and(|major| *major <= 4)
}

#[cfg(test)]
mod tests;
