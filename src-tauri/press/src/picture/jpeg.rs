//! JPEG by its markers (ITU-T T.81 annex B): size, colour, profile, orientation, and whether the file is whole.
use super::{icc_fits, Colour, Flaw, Format, PictureInfo};
use std::ops::Range;

#[derive(Clone, Debug)]
pub struct Head {
    pub width: u32,
    pub height: u32,
    pub components: u8,
    /// Has Adobe's APP14 segment, after which CMYK is stored inverted.
    pub adobe: bool,
    pub orientation: u8,
    /// ICC parts by their number: (number, bytes).
    parts: Vec<(u8, Range<usize>)>,
    part_count: u8,
}

impl Head {
    pub fn colour(&self) -> Colour {
        match self.components {
            1 => Colour::Gray,
            4 => Colour::Cmyk,
            _ => Colour::Rgb,
        }
    }
    pub fn info(&self, bytes: usize) -> PictureInfo {
        let turned = self.orientation >= 5;
        let (width, height) = if turned { (self.height, self.width) } else { (self.width, self.height) };
        PictureInfo {
            width,
            height,
            format: Format::Jpeg,
            colour: self.colour(),
            orientation: self.orientation,
            icc: !self.parts.is_empty(),
            bytes: bytes as u64,
        }
    }
    pub fn icc(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut parts = self.parts.clone();
        parts.sort_by_key(|(number, _)| *number);
        let in_order = parts.iter().enumerate().all(|(i, (number, _))| usize::from(*number) == i + 1);
        if !in_order || parts.len() != usize::from(self.part_count) {
            return None;
        }
        let profile: Vec<u8> = parts.iter().flat_map(|(_, range)| bytes[range.clone()].iter().copied()).collect();
        icc_fits(&profile, self.colour()).then_some(profile)
    }
}

/// Walks every marker up to the end of the image. No pixel is decoded and nothing is allocated but the profile's parts.
pub fn read(bytes: &[u8]) -> Result<Head, Flaw> {
    let mut head = Head { width: 0, height: 0, components: 0, adobe: false, orientation: 1, parts: Vec::new(), part_count: 0 };
    let mut at = 2;
    let mut scans = 0;
    loop {
        let marker = next_marker(bytes, &mut at)?;
        match marker {
            0xd9 => break,
            // Markers without a body: TEM, restart.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let body = segment(bytes, &mut at)?;
        match marker {
            0xc0..=0xc2 => frame(&bytes[body], &mut head)?,
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Err(Flaw::Unsupported("特殊な方式のJPEG"));
            }
            0xda => {
                if head.components == 0 {
                    return Err(Flaw::Broken("画像の大きさが書かれていません"));
                }
                scans += 1;
                skip_scan(bytes, &mut at)?;
            }
            0xe1 if bytes[body.clone()].starts_with(b"Exif\0\0") => head.orientation = orientation(&bytes[body.start + 6..body.end]),
            0xe2 if bytes[body.clone()].starts_with(b"ICC_PROFILE\0") && body.len() > 14 => {
                head.part_count = bytes[body.start + 13];
                head.parts.push((bytes[body.start + 12], body.start + 14..body.end));
            }
            0xee if bytes[body.clone()].starts_with(b"Adobe") => head.adobe = true,
            _ => {}
        }
    }
    if scans == 0 {
        return Err(Flaw::Broken("画素がありません"));
    }
    if head.icc(bytes).is_none() {
        head.parts.clear();
    }
    Ok(head)
}

/// The marker at `at`, which must be one; fill bytes are skipped.
fn next_marker(bytes: &[u8], at: &mut usize) -> Result<u8, Flaw> {
    const CUT: Flaw = Flaw::Broken("途中で切れています");
    if *bytes.get(*at).ok_or(CUT)? != 0xff {
        return Err(Flaw::Broken("中身の並びが崩れています"));
    }
    while *bytes.get(*at).ok_or(CUT)? == 0xff {
        *at += 1;
    }
    *at += 1;
    Ok(bytes[*at - 1])
}

fn segment(bytes: &[u8], at: &mut usize) -> Result<Range<usize>, Flaw> {
    let cut = Flaw::Broken("途中で切れています");
    let Some(length) = bytes.get(*at..*at + 2).map(|b| usize::from(u16::from_be_bytes([b[0], b[1]]))) else { return Err(cut) };
    if length < 2 {
        return Err(Flaw::Broken("中身の並びが崩れています"));
    }
    let body = *at + 2..*at + length;
    if body.end > bytes.len() {
        return Err(cut);
    }
    *at = body.end;
    Ok(body)
}

/// Frame header: precision, lines, samples, components.
fn frame(body: &[u8], head: &mut Head) -> Result<(), Flaw> {
    if body.len() < 6 {
        return Err(Flaw::Broken("中身の並びが崩れています"));
    }
    if body[0] != 8 {
        return Err(Flaw::Unsupported("8ビットでないJPEG"));
    }
    head.height = u32::from(u16::from_be_bytes([body[1], body[2]]));
    head.width = u32::from(u16::from_be_bytes([body[3], body[4]]));
    head.components = body[5];
    if head.width == 0 || head.height == 0 {
        return Err(Flaw::Broken("画像の大きさが書かれていません"));
    }
    if !matches!(head.components, 1 | 3 | 4) {
        return Err(Flaw::Unsupported("色の数が特殊なJPEG"));
    }
    Ok(())
}

/// Bytes that are looked at together; larger steps gain nothing more.
const STEP: usize = 1024;

/// Skips entropy-coded data: FF00 and restart markers belong to it, any other marker ends it.
fn skip_scan(bytes: &[u8], at: &mut usize) -> Result<(), Flaw> {
    const CUT: Flaw = Flaw::Broken("途中で切れています");
    loop {
        while bytes.get(*at..*at + STEP + 1).is_some_and(|window| !may_end(window)) {
            *at += STEP;
        }
        let near = *at + STEP;
        while *at < near {
            let Some(found) = memchr::memchr(0xff, &bytes[*at..]) else { return Err(CUT) };
            *at += found;
            match bytes.get(*at + 1) {
                None => return Err(CUT),
                Some(0x00 | 0xd0..=0xd7) => *at += 2,
                Some(0xff) => *at += 1,
                Some(_) => return Ok(()),
            }
        }
    }
}

/// Whether an FF in all but the last byte is followed by something else than 00 or a restart marker. Written without a
/// branch, so that it is done for many bytes at once: an FF comes every 250 bytes, and stopping at each costs five times as much.
fn may_end(window: &[u8]) -> bool {
    let Some((_, after)) = window.split_first() else { return false };
    let found = |(byte, next): (&u8, &u8)| u8::from(*byte == 0xff) & u8::from(*next != 0) & u8::from(*next & 0xf8 != 0xd0);
    window.iter().zip(after).map(found).fold(0, |any, one| any | one) != 0
}

/// EXIF orientation 1–8; 1 when the block is missing or unreadable.
pub fn orientation(tiff: &[u8]) -> u8 {
    let Ok(exif) = exif::Reader::new().read_raw(tiff.to_vec()) else { return 1 };
    exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|value| u8::try_from(value).ok())
        .filter(|value| (1..=8).contains(value))
        .unwrap_or(1)
}
