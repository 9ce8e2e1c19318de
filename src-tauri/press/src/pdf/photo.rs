//! Pictures in the file: JPEG and plain PNG data go over as they are, turned by the matrix; only the rest is decoded, once.
use super::coat::Coat;
use super::colour::srgb;
use super::flat::CoatedPictures;
use super::separate::{self, Separations};
use super::sheet::Sheet;
use super::{file, Mode, PdfFault, PdfOptions};
use crate::page::{Item, Page};
use crate::picture::{self, Colour, Images, Picture, Reduced};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A proof is looked at on A4, where 120 ppi read well and two photos stay far below 1 MB.
const PROOF_PPI: f64 = 120.0;
/// Pictures are only reduced when they are clearly finer than asked for.
const SLACK: f64 = 1.25;

pub struct Photo {
    /// Resource name.
    pub name: String,
    dict: Dictionary,
    pub data: Data,
    space: Space,
    /// EXIF orientation of the stored pixels.
    orientation: u8,
    pub mask: Option<Mask>,
}

/// Which parts of the picture cover; data deflated.
pub enum Mask {
    /// Grey bytes, one a pixel; 255 covers.
    Soft(Vec<u8>),
    /// Bits of its own size, 0 covers.
    Stencil { width: u32, height: u32, bits: Vec<u8> },
}

pub enum Data {
    Kept(Arc<Vec<u8>>),
    Made(Vec<u8>),
}
impl Data {
    pub fn bytes(&self) -> &[u8] {
        match self {
            Data::Kept(bytes) => bytes,
            Data::Made(bytes) => bytes,
        }
    }
}

enum Space {
    Grey,
    Cmyk,
    /// Number in `Photos::profiles`.
    Profile(usize),
    Palette(usize, Vec<u8>),
}

#[derive(Default)]
pub struct Photos {
    photos: BTreeMap<(String, bool), Photo>,
    /// Profiles that photos share, with their number of colours.
    pub profiles: Vec<(Arc<[u8]>, u8)>,
    pub left_out: Vec<String>,
}

impl Photos {
    /// Pictures of the pages. `separations` is there when all of them must become CMYK; then `coated` says what lies on them.
    pub fn gather(pages: &[Page], sheets: &[Sheet], images: &Images, options: &PdfOptions, coated: &CoatedPictures, separations: Option<&Separations>) -> Result<Self, PdfFault> {
        let mut seen = BTreeMap::new();
        pages.iter().zip(sheets).for_each(|(page, sheet)| pictures(&page.items, &mut seen, sheet.scale));
        let target = if options.mode == Mode::Proof { Some(PROOF_PPI) } else { options.target_ppi };
        let wanted: Vec<Wanted> = seen
            .into_iter()
            .map(|((name, mono), longest)| {
                let veiled = coated.get(name);
                let source = veiled.map_or(name, |veiled| &veiled.source);
                Wanted { name, mono, longest, source, coats: veiled.map_or(&[], |veiled| &veiled.coats) }
            })
            .collect();
        let mut all = Self::default();
        let made = match separations {
            Some(separations) => {
                use rayon::prelude::*;
                let one = |w: &Wanted| images.get(w.source).map(|picture| separated(picture, w, target, separations)).transpose();
                wanted.par_iter().map(|w| Ok(one(w)?.flatten())).collect::<Result<Vec<_>, PdfFault>>()?
            }
            None => wanted.iter().map(|w| images.get(w.source).and_then(|picture| all.make(picture, w.mono, fewer(picture, w.longest, target), options.mode))).collect(),
        };
        for (wanted, made) in wanted.iter().zip(made) {
            let Some(mut photo) = made else {
                if !all.left_out.iter().any(|name| name == wanted.source) {
                    all.left_out.push(wanted.source.to_owned());
                }
                continue;
            };
            photo.name = format!("P{}", all.photos.len());
            all.photos.insert((wanted.name.to_owned(), wanted.mono), photo);
        }
        Ok(all)
    }

    pub fn get(&self, name: &str, mono: bool) -> Option<&Photo> {
        // Keys own their names; a page has few pictures, so the copy does not matter.
        self.photos.get(&(name.to_owned(), mono))
    }
    pub fn iter(&self) -> impl Iterator<Item = &Photo> {
        self.photos.values()
    }
    pub fn kept(&self) -> usize {
        self.iter().filter(|photo| matches!(photo.data, Data::Kept(_))).count()
    }
    pub fn remade(&self) -> usize {
        self.photos.len() - self.kept()
    }

    fn make(&mut self, picture: &Picture, mono: bool, longest: Option<u32>, mode: Mode) -> Option<Photo> {
        if mono || longest.is_some() {
            let quality = if mode == Mode::Proof { 78 } else { 90 };
            return self.reduced(picture, mono, longest.unwrap_or(u32::MAX), quality);
        }
        if let Some((dict, orientation)) = kept(picture) {
            let space = self.space(picture, mode);
            return Some(Photo { name: String::new(), dict, data: Data::Kept(picture.bytes.clone()), space, orientation, mask: None });
        }
        match picture::png_rows(picture) {
            Some(rows) => Some(self.rows(picture, rows, mode)),
            None => self.decoded(picture),
        }
    }

    /// PNG rows are FlateDecode with predictor 15 already.
    fn rows(&mut self, picture: &Picture, rows: picture::PngRows, mode: Mode) -> Photo {
        let mut dict = head(rows.width, rows.height, rows.bits, "FlateDecode");
        let mut parms = Dictionary::new();
        parms.set("Predictor", 15);
        parms.set("Colors", i64::from(rows.components));
        parms.set("BitsPerComponent", i64::from(rows.bits));
        parms.set("Columns", i64::from(rows.width));
        dict.set("DecodeParms", parms);
        let space = match (self.space(picture, mode), rows.palette) {
            (Space::Profile(number), Some(palette)) => Space::Palette(number, palette),
            (space, _) => space,
        };
        let orientation = picture.info.orientation;
        Photo { name: String::new(), dict, data: Data::Made(rows.deflated), space, orientation, mask: None }
    }

    /// JPEG of fewer pixels, or of the black alone.
    fn reduced(&mut self, picture: &Picture, mono: bool, longest: u32, quality: u8) -> Option<Photo> {
        let mut small = picture::decode(&picture.bytes, longest).ok()?;
        if mono {
            small = small.into_grey();
        }
        let space = self.space_of(&small);
        let mask = small.alpha.take().map(|alpha| Mask::Soft(file::deflate(&alpha)));
        // The profile goes into the PDF once, not into every JPEG.
        small.icc = None;
        let jpeg = picture::encode(&small, quality).ok()?;
        let dict = head(small.width, small.height, 8, "DCTDecode");
        Some(Photo { name: String::new(), dict, data: Data::Made(jpeg), space, orientation: 1, mask })
    }

    /// Whole pixels, for a PNG with transparency, interlace or 16 bits.
    fn decoded(&mut self, picture: &Picture) -> Option<Photo> {
        let whole = picture::decode(&picture.bytes, u32::MAX).ok()?;
        let space = self.space_of(&whole);
        let dict = head(whole.width, whole.height, 8, "FlateDecode");
        let mask = whole.alpha.as_ref().map(|alpha| Mask::Soft(file::deflate(alpha)));
        let data = Data::Made(file::deflate(&whole.pixels));
        Some(Photo { name: String::new(), dict, data, space, orientation: 1, mask })
    }

    fn space_of(&mut self, small: &Reduced) -> Space {
        match (&small.icc, small.components) {
            (Some(icc), n) => self.profile(icc.clone().into(), n),
            (None, 1) => Space::Grey,
            (None, _) => self.profile(srgb(), 3),
        }
    }

    fn space(&mut self, picture: &Picture, mode: Mode) -> Space {
        let icc = if picture.info.icc { picture::icc(picture) } else { None };
        match (picture.info.colour, icc) {
            (Colour::Gray, Some(icc)) => self.profile(icc.into(), 1),
            (Colour::Gray, None) => Space::Grey,
            (Colour::Rgb, Some(icc)) => self.profile(icc.into(), 3),
            (Colour::Rgb, None) => self.profile(srgb(), 3),
            // A CMYK profile of its own would be converted a second time by the printer's.
            (Colour::Cmyk, _) if mode == Mode::X4 => Space::Cmyk,
            (Colour::Cmyk, Some(icc)) => self.profile(icc.into(), 4),
            (Colour::Cmyk, None) => Space::Cmyk,
        }
    }

    fn profile(&mut self, icc: Arc<[u8]>, colours: u8) -> Space {
        let known = self.profiles.iter().position(|(bytes, _)| *bytes == icc);
        let number = known.unwrap_or_else(|| {
            self.profiles.push((icc, colours));
            self.profiles.len() - 1
        });
        Space::Profile(number)
    }
}

impl Photo {
    /// From the unit square of the stored picture to that of the upright one, both y upwards.
    pub fn upright(&self, x: f64, y: f64) -> (f64, f64) {
        let (u, v) = (x, 1.0 - y);
        let (across, down) = match self.orientation {
            2 => (1.0 - u, v),
            3 => (1.0 - u, 1.0 - v),
            4 => (u, 1.0 - v),
            5 => (v, u),
            6 => (1.0 - v, u),
            7 => (1.0 - v, 1.0 - u),
            8 => (v, 1.0 - u),
            _ => (u, v),
        };
        (across, 1.0 - down)
    }
    pub fn transparent(&self) -> bool {
        matches!(self.mask, Some(Mask::Soft(_)))
    }
    /// Dictionary of the image, its profile and mask being objects `profiles` and `mask`.
    pub fn dictionary(&self, profiles: &[ObjectId], mask: Option<ObjectId>) -> Dictionary {
        let icc = |number: usize| Object::Array(vec![Object::Name(b"ICCBased".to_vec()), Object::Reference(profiles[number])]);
        let mut dict = self.dict.clone();
        let space = match &self.space {
            Space::Grey => Object::Name(b"DeviceGray".to_vec()),
            Space::Cmyk => Object::Name(b"DeviceCMYK".to_vec()),
            Space::Profile(number) => icc(*number),
            Space::Palette(number, colours) => Object::Array(vec![
                Object::Name(b"Indexed".to_vec()),
                icc(*number),
                Object::Integer(colours.len() as i64 / 3 - 1),
                Object::String(colours.clone(), lopdf::StringFormat::Hexadecimal),
            ]),
        };
        dict.set("ColorSpace", space);
        if let Some(mask) = mask {
            dict.set(if self.transparent() { "SMask" } else { "Mask" }, Object::Reference(mask));
        }
        dict
    }
    /// Dictionary and data of the mask.
    pub fn mask_stream(&self) -> Option<(Dictionary, &[u8])> {
        let side = |key: &[u8]| self.dict.get(key).and_then(Object::as_i64).unwrap_or(0) as u32;
        match self.mask.as_ref()? {
            Mask::Soft(deflated) => {
                let mut dict = head(side(b"Width"), side(b"Height"), 8, "FlateDecode");
                dict.set("ColorSpace", Object::Name(b"DeviceGray".to_vec()));
                Some((dict, deflated))
            }
            Mask::Stencil { width, height, bits } => {
                let mut dict = head(*width, *height, 1, "FlateDecode");
                dict.set("ImageMask", true);
                Some((dict, bits))
            }
        }
    }
}

fn head(width: u32, height: u32, bits: u8, filter: &str) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("Type", Object::Name(b"XObject".to_vec()));
    dict.set("Subtype", Object::Name(b"Image".to_vec()));
    dict.set("Width", i64::from(width));
    dict.set("Height", i64::from(height));
    dict.set("BitsPerComponent", i64::from(bits));
    dict.set("Filter", Object::Name(filter.into()));
    dict
}

/// A picture as the pages ask for it.
struct Wanted<'a> {
    /// As the page names it.
    name: &'a str,
    mono: bool,
    /// Longest side at which it is printed, in points.
    longest: f64,
    /// The picture it is made of.
    source: &'a str,
    coats: &'a [Coat],
}

/// The picture in four inks. CMYK and grey files without a veil go over as they are; `None` if the picture cannot be read.
fn separated(picture: &Picture, wanted: &Wanted, target: Option<f64>, separations: &Separations) -> Result<Option<Photo>, PdfFault> {
    let longest = fewer(picture, wanted.longest, target);
    let grey = picture.info.colour == Colour::Gray;
    if wanted.coats.is_empty()
        && longest.is_none()
        && (grey || !wanted.mono && picture.info.colour == Colour::Cmyk)
        && let Some((dict, orientation)) = kept(picture)
    {
        let space = if grey { Space::Grey } else { Space::Cmyk };
        return Ok(Some(Photo { name: String::new(), dict, data: Data::Kept(picture.bytes.clone()), space, orientation, mask: None }));
    }
    let _room = separate::room_for(u64::from(picture.info.width) * u64::from(picture.info.height));
    let Ok(mut small) = picture::decode(&picture.bytes, longest.unwrap_or(u32::MAX)) else { return Ok(None) };
    if wanted.mono {
        small = small.into_grey();
    }
    let mask = small.alpha.take().map(|alpha| {
        let stencil = separate::stencil(&alpha, small.width, small.height);
        Mask::Stencil { width: stencil.width, height: stencil.height, bits: file::deflate(&stencil.bits) }
    });
    let dict = head(small.width, small.height, 8, "DCTDecode");
    let (space, data) = if small.components == 1 && wanted.coats.is_empty() {
        small.icc = None;
        let Ok(jpeg) = picture::encode(&small, separate::QUALITY) else { return Ok(None) };
        (Space::Grey, jpeg)
    } else {
        let table = separations.of(small.icc.as_deref().filter(|_| small.components == 3))?;
        (Space::Cmyk, separate::jpeg(&small, &table, wanted.coats)?)
    };
    Ok(Some(Photo { name: String::new(), dict, data: Data::Made(data), space, orientation: 1, mask }))
}

/// Dictionary and orientation of a JPEG that is carried as it is.
fn kept(picture: &Picture) -> Option<(Dictionary, u8)> {
    let layout = picture::jpeg_layout(picture)?;
    let mut dict = head(layout.width, layout.height, 8, "DCTDecode");
    if layout.inverted {
        dict.set("Decode", Object::Array([1, 0, 1, 0, 1, 0, 1, 0].map(Object::from).to_vec()));
    }
    Some((dict, picture.info.orientation))
}

/// Pictures of a page with the longest side at which each is printed, in points.
fn pictures<'a>(items: &'a [Item], seen: &mut BTreeMap<(&'a str, bool), f64>, scale: f64) {
    for item in items {
        match item {
            Item::Image(image) => {
                let longest = image.width.0.max(image.height.0) * scale;
                let known = seen.entry((&image.name, image.mono)).or_default();
                *known = known.max(longest);
            }
            Item::Group(group) => pictures(&group.items, seen, scale),
            _ => {}
        }
    }
}

/// Pixels on the longer side if the picture is much finer than asked for.
fn fewer(picture: &Picture, longest_pt: f64, target: Option<f64>) -> Option<u32> {
    let pixels = f64::from(picture.info.width.max(picture.info.height));
    let enough = longest_pt / 72.0 * target?;
    (pixels > enough * SLACK).then(|| enough.ceil().max(1.0) as u32)
}
