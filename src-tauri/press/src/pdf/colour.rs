//! Ink to PDF colour, veils to shadings, and the two profiles that a file may need: sRGB and the printing condition.
use super::{fault, Mode, PdfFault, PdfFaultKind, PdfOptions};
use crate::page::{Ink, Stop};
use crate::picture::{icc_fits, Colour};
use lopdf::{Dictionary, Object};
use std::sync::{Arc, OnceLock};

/// 0–1, rounded so that the file stays short and the same everywhere.
pub fn components(ink: &Ink, mode: Mode) -> Vec<f64> {
    let short = |value: f32| (f64::from(value).clamp(0.0, 1.0) * 1000.0).round() / 1000.0;
    if mode.cmyk() {
        return ink.cmyk.iter().map(|percent| short(percent / 100.0)).collect();
    }
    ink.srgb.iter().map(|byte| short(f32::from(*byte) / 255.0)).collect()
}

/// Axial shading (ISO 32000-1, 8.7.4.5.3) in the colours of the mode; opacity is left to the mask.
pub fn shading(coords: [f64; 4], stops: &[Stop], mode: Mode) -> Dictionary {
    let space = if mode.cmyk() { "DeviceCMYK" } else { "DeviceRGB" };
    axial(space, coords, &stops.iter().map(|stop| (stop.at, components(&stop.ink, mode))).collect::<Vec<_>>())
}

/// The opacities of the stops as grey.
pub fn grey_shading(coords: [f64; 4], stops: &[Stop], opacity: f32) -> Dictionary {
    axial("DeviceGray", coords, &stops.iter().map(|stop| (stop.at, vec![f64::from((stop.opacity * opacity).clamp(0.0, 1.0))])).collect::<Vec<_>>())
}

fn axial(space: &str, coords: [f64; 4], stops: &[(f32, Vec<f64>)]) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("ShadingType", 2);
    dict.set("ColorSpace", Object::Name(space.into()));
    dict.set("Coords", reals(&coords));
    dict.set("Extend", Object::Array(vec![true.into(), true.into()]));
    dict.set("Function", function(stops));
    dict
}

/// One straight piece, or several stitched together.
fn function(stops: &[(f32, Vec<f64>)]) -> Dictionary {
    let straight = |from: &[f64], to: &[f64]| {
        let mut dict = Dictionary::new();
        dict.set("FunctionType", 2);
        dict.set("Domain", reals(&[0.0, 1.0]));
        dict.set("C0", reals(from));
        dict.set("C1", reals(to));
        dict.set("N", 1);
        dict
    };
    let mut line: Vec<(f32, &[f64])> = stops.iter().map(|(at, colour)| (at.clamp(0.0, 1.0), &colour[..])).collect();
    line.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) {
        if first.0 > 0.0 {
            line.insert(0, (0.0, first.1));
        }
        if last.0 < 1.0 {
            line.push((1.0, last.1));
        }
    }
    // Two stops on one place make a step; a piece without length is no domain.
    let pieces: Vec<_> = line.windows(2).filter(|pair| pair[1].0 > pair[0].0).collect();
    if let [only] = pieces[..] {
        return straight(only[0].1, only[1].1);
    }
    let mut dict = Dictionary::new();
    dict.set("FunctionType", 3);
    dict.set("Domain", reals(&[0.0, 1.0]));
    dict.set("Functions", Object::Array(pieces.iter().map(|pair| straight(pair[0].1, pair[1].1).into()).collect()));
    dict.set("Bounds", reals(&pieces.iter().skip(1).map(|pair| f64::from(pair[0].0)).collect::<Vec<_>>()));
    dict.set("Encode", reals(&pieces.iter().flat_map(|_| [0.0, 1.0]).collect::<Vec<_>>()));
    dict
}

pub fn reals(values: &[f64]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value as f32)).collect())
}

/// The printing condition that a PDF/X file is made for.
pub struct Intent {
    /// Its name in the registry, or the profile's own.
    pub name: String,
    /// In words.
    pub condition: String,
    /// In the registry of the ICC, so that the name alone says all.
    pub registered: bool,
    pub profile: Option<Profile>,
}

/// ICC bytes, deflated where they do not change from file to file.
#[derive(Clone)]
pub enum Profile {
    Plain(Arc<[u8]>),
    /// Deflated once a process.
    Deflated(&'static [u8]),
}

impl Intent {
    pub fn choose(options: &PdfOptions) -> Result<Option<Self>, PdfFault> {
        if options.mode.pdfx().is_none() {
            return Ok(None);
        }
        let Some(icc) = &options.output_intent else { return Ok(Some(Self::of_the_house(options.mode))) };
        // Output profile of a printer (ICC.1, 7.2.5), four colours.
        if !icc_fits(icc, Colour::Cmyk) || icc.get(12..16) != Some(b"prtr") {
            return Err(fault(
                PdfFaultKind::OutputIntent,
                "出力インテントのICCプロファイルが、CMYK印刷用のものではありません。",
                "印刷会社が指定するプロファイル(Japan Color 2011 Coated など)を選んでください。",
            ));
        }
        let own = description(icc).filter(|name| !name.is_empty()).unwrap_or_else(|| "Custom".into());
        let known = REGISTERED.iter().find(|(words, _)| own.contains(words));
        let name = known.map_or(own.clone(), |(_, name)| (*name).to_owned());
        Ok(Some(Self { name, condition: own, registered: known.is_some(), profile: Some(Profile::Plain(icc.clone())) }))
    }

    /// X-1a names Japan's usual condition and needs no profile then (ISO 15930-1, clause 6); X-4 must carry one.
    fn of_the_house(mode: Mode) -> Self {
        match mode {
            Mode::X1a => Self { name: "JC200103".into(), condition: "Japan Color 2001 Coated".into(), registered: true, profile: None },
            _ => Self {
                name: "FOGRA39".into(),
                condition: "Coated FOGRA39 (ISO 12647-2:2004)".into(),
                registered: true,
                profile: Some(Profile::Deflated(coated_deflated())),
            },
        }
    }
}

/// Conditions of the ICC's registry that Japanese firms ask for, by the words in the profile's name.
const REGISTERED: &[(&str, &str)] = &[
    ("Japan Color 2001 Coated", "JC200103"),
    ("Japan Color 2001 Uncoated", "JC200104"),
    ("Japan Color 2002 Newspaper", "JCN2002"),
    ("Japan Color 2003 Web Coated", "JCW2003"),
    ("Japan Color 2011 Coated", "JC201103"),
    ("FOGRA39", "FOGRA39"),
];

/// The profile that ships: photos go through it to CMYK where no other is given, and X-4 files carry it.
pub fn coated() -> Arc<[u8]> {
    static PROFILE: OnceLock<Arc<[u8]>> = OnceLock::new();
    PROFILE.get_or_init(|| include_bytes!("../../../../assets/icc/coated-fogra39l.icc").as_slice().into()).clone()
}

fn coated_deflated() -> &'static [u8] {
    static DEFLATED: OnceLock<Vec<u8>> = OnceLock::new();
    DEFLATED.get_or_init(|| super::file::deflate(&coated()))
}

/// The profile's own name, from its `desc` tag: text (version 2) or the first of several languages (version 4).
fn description(icc: &[u8]) -> Option<String> {
    let word = |at: usize| icc.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize);
    let count = word(128)?.min(100);
    let entry = (0..count).map(|i| 132 + 12 * i).find(|at| icc.get(*at..*at + 4) == Some(b"desc"))?;
    let start = word(entry + 4)?;
    match icc.get(start..start + 4)? {
        b"desc" => {
            let length = word(start + 8)?;
            let text = icc.get(start + 12..start + 12 + length)?;
            Some(String::from_utf8_lossy(text).trim_end_matches('\0').to_owned())
        }
        b"mluc" => {
            let (length, offset) = (word(start + 20)?, word(start + 24)?);
            let text = icc.get(start + offset..start + offset + length)?;
            let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            Some(String::from_utf16_lossy(&units))
        }
        _ => None,
    }
}

/// A small sRGB profile (IEC 61966-2-1; ICC version 2, matrix and one curve), for photos that carry none.
pub fn srgb() -> Arc<[u8]> {
    static PROFILE: OnceLock<Arc<[u8]>> = OnceLock::new();
    PROFILE.get_or_init(|| build_srgb().into()).clone()
}

fn build_srgb() -> Vec<u8> {
    let fixed = |value: f64| ((value * 65_536.0).round() as i32).to_be_bytes();
    let xyz = |values: [f64; 3]| {
        let mut tag = b"XYZ \0\0\0\0".to_vec();
        values.iter().for_each(|value| tag.extend(fixed(*value)));
        tag
    };
    let text = b"sRGB\0";
    let mut desc = b"desc\0\0\0\0".to_vec();
    desc.extend((text.len() as u32).to_be_bytes());
    desc.extend(text);
    // No Unicode name, no Macintosh name.
    desc.extend([0; 4 + 4 + 2 + 1 + 67]);
    let curve = {
        let mut tag = b"curv\0\0\0\0\0\0\x01\0".to_vec();
        for step in 0..256 {
            let value = f64::from(step) / 255.0;
            let linear = if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
            tag.extend(((linear * 65_535.0).round() as u16).to_be_bytes());
        }
        tag
    };
    // Primaries adapted to D50 (Bradford), as in the profile of the standard.
    let tags: [(&[u8; 4], Vec<u8>); 7] = [
        (b"desc", desc),
        (b"cprt", b"text\0\0\0\0CC0\0".to_vec()),
        (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
        (b"rXYZ", xyz([0.43607, 0.22249, 0.01392])),
        (b"gXYZ", xyz([0.38515, 0.71687, 0.09708])),
        (b"bXYZ", xyz([0.14307, 0.06061, 0.71410])),
        (b"rTRC", curve),
    ];
    let shared = [b"gTRC", b"bTRC"];
    let mut table = ((tags.len() + shared.len()) as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let base = 128 + 4 + 12 * (tags.len() + shared.len());
    let mut last = (0u32, 0u32);
    for (name, body) in &tags {
        last = ((base + data.len()) as u32, body.len() as u32);
        table.extend(name.iter().copied().chain(last.0.to_be_bytes()).chain(last.1.to_be_bytes()));
        data.extend(body);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    for name in shared {
        table.extend(name.iter().copied().chain(last.0.to_be_bytes()).chain(last.1.to_be_bytes()));
    }
    let mut head = ((base + data.len()) as u32).to_be_bytes().to_vec();
    head.extend(b"\0\0\0\0\x02\x10\0\0mntrRGB XYZ ");
    head.extend([0x07, 0xea, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    head.extend(b"acsp");
    head.resize(68, 0);
    [0.9642, 1.0, 0.8249].iter().for_each(|value| head.extend(fixed(*value)));
    head.resize(128, 0);
    [head, table, data].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_small_profile_is_a_whole_rgb_profile() {
        let profile = srgb();
        assert!(icc_fits(&profile, Colour::Rgb));
        assert_eq!(description(&profile).as_deref(), Some("sRGB"));
        assert!(profile.len() < 1200, "{}", profile.len());
    }
}
