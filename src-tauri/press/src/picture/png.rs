//! PNG by its chunks (W3C PNG, clause 5): size, colour, profile, and whether every checksum holds.
use super::{icc_fits, Colour, Flaw, Format, PictureInfo, PngRows};
use std::io::Read;
use std::ops::Range;

#[derive(Clone, Debug)]
pub struct Head {
    width: u32,
    height: u32,
    bits: u8,
    colour_type: u8,
    interlaced: bool,
    /// A `tRNS` chunk makes opaque types transparent.
    keyed: bool,
    orientation: u8,
    palette: Option<Range<usize>>,
    profile: Option<Vec<u8>>,
    data: Vec<Range<usize>>,
}

impl Head {
    fn colour(&self) -> Colour {
        if matches!(self.colour_type, 0 | 4) { Colour::Gray } else { Colour::Rgb }
    }
    pub fn info(&self, bytes: usize) -> PictureInfo {
        let turned = self.orientation >= 5;
        let (width, height) = if turned { (self.height, self.width) } else { (self.width, self.height) };
        PictureInfo {
            width,
            height,
            format: Format::Png,
            colour: self.colour(),
            orientation: self.orientation,
            icc: self.profile.is_some(),
            bytes: bytes as u64,
        }
    }
    pub fn icc(&self, _bytes: &[u8]) -> Option<Vec<u8>> {
        self.profile.clone()
    }
    /// Bytes of all rows with their filter bytes; seven passes when interlaced (clause 8.2).
    fn inflated(&self) -> u64 {
        let channels = match self.colour_type {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        let bits = u64::from(self.bits) * channels;
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        let pass = |x: u64, y: u64, dx: u64, dy: u64| {
            let (columns, rows) = (width.saturating_sub(x).div_ceil(dx), height.saturating_sub(y).div_ceil(dy));
            if columns == 0 { 0 } else { rows * (1 + (columns * bits).div_ceil(8)) }
        };
        if !self.interlaced {
            return pass(0, 0, 1, 1);
        }
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            .into_iter()
            .map(|(x, y, dx, dy)| pass(x, y, dx, dy))
            .sum()
    }
    /// Whether the rows inflate to exactly what the header promises; counted, never kept.
    pub fn whole(&self, bytes: &[u8]) -> bool {
        let promised = self.inflated();
        let parts = self.data.iter().map(|range| &bytes[range.clone()]);
        let mut rows = flate2::read::ZlibDecoder::new(Parts { rest: parts.collect(), at: 0 });
        let mut buffer = [0; 32 * 1024];
        let mut found = 0u64;
        while found <= promised {
            match rows.read(&mut buffer) {
                Ok(0) => return found == promised,
                Ok(count) => found += count as u64,
                Err(_) => return false,
            }
        }
        false
    }
    /// `None` when the pixels need decoding first: transparency, interlace, 16 bits.
    pub fn rows(&self, bytes: &[u8]) -> Option<PngRows> {
        let components = match self.colour_type {
            0 | 3 => 1,
            2 => 3,
            _ => return None,
        };
        if self.interlaced || self.keyed || self.bits == 16 {
            return None;
        }
        let palette = if self.colour_type == 3 { Some(bytes[self.palette.clone()?].to_vec()) } else { None };
        let deflated = self.data.iter().flat_map(|range| bytes[range.clone()].iter().copied()).collect();
        Some(PngRows { width: self.width, height: self.height, bits: self.bits, components, palette, deflated })
    }
}

/// The IDAT chunks one after another.
struct Parts<'a> {
    rest: Vec<&'a [u8]>,
    at: usize,
}
impl Read for Parts<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while let Some(part) = self.rest.get_mut(self.at) {
            let count = part.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            self.at += 1;
        }
        Ok(0)
    }
}

const CUT: Flaw = Flaw::Broken("途中で切れています");
const TORN: Flaw = Flaw::Broken("中身の並びが崩れています");
/// Profiles are below 3 MB in practice; a hostile one must not inflate without end.
const LARGEST_PROFILE: u64 = 4 * 1024 * 1024;

/// Walks every chunk up to IEND. No pixel is inflated.
pub fn read(bytes: &[u8]) -> Result<Head, Flaw> {
    let mut head: Option<Head> = None;
    let mut at = 8;
    loop {
        let lead = bytes.get(at..at + 8).ok_or(CUT)?;
        let length = u32::from_be_bytes([lead[0], lead[1], lead[2], lead[3]]) as usize;
        let name = [lead[4], lead[5], lead[6], lead[7]];
        let body = at + 8..(at + 8).checked_add(length).ok_or(TORN)?;
        let sum = bytes.get(body.end..body.end + 4).ok_or(CUT)?;
        let mut crc = flate2::Crc::new();
        crc.update(&bytes[at + 4..body.end]);
        if crc.sum().to_be_bytes() != sum {
            return Err(Flaw::Broken("検査合計が合いません"));
        }
        at = body.end + 4;
        match (&name, &mut head) {
            (b"IHDR", None) => head = Some(header(&bytes[body])?),
            (_, None) => return Err(TORN),
            (b"IEND", Some(_)) => break,
            (b"PLTE", Some(head)) => head.palette = Some(body),
            (b"tRNS", Some(head)) => head.keyed = true,
            (b"IDAT", Some(head)) => head.data.push(body),
            (b"eXIf", Some(head)) => head.orientation = super::jpeg::orientation(&bytes[body]),
            (b"iCCP", Some(head)) => {
                let colour = head.colour();
                head.profile = inflate_profile(&bytes[body]).filter(|profile| icc_fits(profile, colour));
            }
            _ => {}
        }
    }
    let head = head.ok_or(TORN)?;
    if head.data.is_empty() {
        return Err(Flaw::Broken("画素がありません"));
    }
    if head.colour_type == 3 && head.palette.is_none() {
        return Err(Flaw::Broken("色の表がありません"));
    }
    Ok(head)
}

fn header(body: &[u8]) -> Result<Head, Flaw> {
    let [w0, w1, w2, w3, h0, h1, h2, h3, bits, colour_type, _, _, interlace] = *body else { return Err(TORN) };
    let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    if width == 0 || height == 0 {
        return Err(Flaw::Broken("画像の大きさが書かれていません"));
    }
    let fits = match colour_type {
        0 => matches!(bits, 1 | 2 | 4 | 8 | 16),
        3 => matches!(bits, 1 | 2 | 4 | 8),
        2 | 4 | 6 => matches!(bits, 8 | 16),
        _ => false,
    };
    if !fits {
        return Err(Flaw::Broken("色の種類が正しくありません"));
    }
    Ok(Head {
        width,
        height,
        bits,
        colour_type,
        interlaced: interlace != 0,
        keyed: false,
        orientation: 1,
        palette: None,
        profile: None,
        data: Vec::new(),
    })
}

/// `iCCP`: name, zero, method, deflated profile.
fn inflate_profile(body: &[u8]) -> Option<Vec<u8>> {
    let end = body.iter().take(80).position(|b| *b == 0)?;
    let mut profile = Vec::new();
    flate2::read::ZlibDecoder::new(body.get(end + 2..)?).take(LARGEST_PROFILE).read_to_end(&mut profile).ok()?;
    Some(profile)
}
