//! A page as PNG, drawn from its SVG: for previews in a terminal, reports and golden pictures.
use crate::font::Fonts;
use crate::page::{Image, Item, Page};
use crate::picture::{self, Format, Images};
use crate::svg::{self, SvgOptions};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, ImageKind, Options, Tree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Widest picture that is drawn; a hand's breadth over A0 at 300 ppi.
pub const WIDEST: u32 = 12_000;

/// Why a page cannot be drawn as PNG.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PngFault {
    pub message: String,
    pub hint: String,
}

fn fault(why: &dyn std::fmt::Display) -> PngFault {
    PngFault { message: format!("PNGにできませんでした({why})。"), hint: "幅を小さくして、もう一度試してください。".into() }
}

/// PNG of the trimmed page, `width` pixels wide, on white paper. A picture that is missing or broken stays empty.
pub fn draw(page: &Page, images: &Images, fonts: &Fonts, width: u32) -> Result<Vec<u8>, PngFault> {
    pixels(page, images, fonts, width)?.encode_png().map_err(|e| fault(&e))
}

/// The page without its pictures in shades of grey, row by row, 0 is black.
pub(crate) fn grey(page: &Page, fonts: &Fonts, width: u32) -> Result<Vec<u8>, PngFault> {
    let paper = pixels(page, &Images::new(), fonts, width)?;
    let shade = |p: &[u8]| ((u32::from(p[0]) * 54 + u32::from(p[1]) * 183 + u32::from(p[2]) * 19) >> 8) as u8;
    Ok(paper.data().chunks_exact(4).map(shade).collect())
}

fn pixels(page: &Page, images: &Images, fonts: &Fonts, width: u32) -> Result<Pixmap, PngFault> {
    let scale = f64::from(width) / page.width.0;
    let height = (page.height.0 * scale).round();
    if width == 0 || width > WIDEST || !(1.0..=f64::from(WIDEST) * 4.0).contains(&height) {
        return Err(fault(&format!("幅 {width} 画素")));
    }
    let drawing = svg::draw(page, &SvgOptions { fonts, href: &|name| name.to_owned(), show_bleed: false, prefix: "" });
    let pictures = proxies(&page.items, images, scale);
    let options = Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|name, _| pictures.get(name).map(|picture| picture.kind())),
        },
        dpi: 72.0,
        ..Options::default()
    };
    let tree = Tree::from_str(&drawing, &options).map_err(|e| fault(&e))?;
    let mut paper = Pixmap::new(width, height as u32).ok_or_else(|| fault(&"メモリ不足"))?;
    paper.fill(resvg::tiny_skia::Color::WHITE);
    let size = tree.size();
    let stretch = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, stretch, &mut paper.as_mut());
    Ok(paper)
}

struct Proxy {
    bytes: Arc<Vec<u8>>,
    format: Format,
}
impl Proxy {
    fn kind(&self) -> ImageKind {
        match self.format {
            Format::Jpeg => ImageKind::JPEG(self.bytes.clone()),
            Format::Png => ImageKind::PNG(self.bytes.clone()),
        }
    }
}

/// Every picture of the page, upright and no larger than it will be seen.
fn proxies(items: &[Item], images: &Images, scale: f64) -> BTreeMap<String, Proxy> {
    let mut wanted: BTreeMap<&str, f64> = BTreeMap::new();
    visit(items, &mut |image| {
        let longest = image.width.0.max(image.height.0) * scale;
        let known = wanted.entry(&image.name).or_default();
        *known = known.max(longest);
    });
    let reduced = wanted.into_iter().filter_map(|(name, longest)| {
        let picture = images.get(name)?;
        let (bytes, format) = picture::proxy(&picture.bytes, longest.ceil() as u32, 90).ok()?;
        Some((name.to_owned(), Proxy { bytes: Arc::new(bytes), format }))
    });
    reduced.collect()
}

fn visit<'a>(items: &'a [Item], see: &mut dyn FnMut(&'a Image)) {
    for item in items {
        match item {
            Item::Image(image) => see(image),
            Item::Group(group) => visit(&group.items, see),
            _ => {}
        }
    }
}
