//! `tenji contact-sheet`: every template in every theme on several papers, one picture a template, to be looked at.
use clap::Args;
use image::{ImageEncoder, RgbImage};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tenjicho_desk::fault::{Fault, FaultKind, Result};
use tenjicho_desk::pressroom::{PressRoom, fonts_folder};
use tenjicho_desk::sample::scene;
use tenjicho_desk::{calls, files};
use tenjicho_press::block::{Content, Paper, PaperName, ThemeChoice};
use tenjicho_press::png;
use tenjicho_press::read::EXAMPLES;
use tenjicho_press::theme::Theme;

/// Pixels across one panel, and between two.
const TILE: u32 = 420;
const GAP: u32 = 16;
/// Pictures are drawn at this share of their full size: a contact sheet shows them small.
const SCALE: f32 = 0.4;

#[derive(Args)]
pub struct ContactSheet {
    /// 書き出すフォルダー。ひな形ごとに1枚（列は藍・里山・海・墨、行は用紙）
    out: PathBuf,
    /// このひな形だけ（greeting、stage など）
    #[arg(long)]
    template: Option<String>,
}

pub fn run(ask: &ContactSheet) -> Result<ExitCode> {
    let wanted: Vec<&(&str, &str)> = EXAMPLES.iter().filter(|(name, _)| *name != "free" && ask.template.as_deref().is_none_or(|t| t == *name)).collect();
    if wanted.is_empty() {
        let names = EXAMPLES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("、");
        return Err(Fault::new(FaultKind::BadCall, "その名前のひな形はありません", format!("使える名前: {names}")));
    }
    let folder = std::env::temp_dir().join("tenji-contact");
    let room = PressRoom::new(&fonts_folder(), &folder);
    room.fonts_missing().map_or(Ok(()), Err)?;
    let contents: Vec<(&str, Content)> = wanted.iter().map(|(name, text)| Ok((*name, calls::content(text)?))).collect::<Result<_>>()?;
    draw_pictures(&folder, &contents)?;
    contents.par_iter().try_for_each(|(name, content)| {
        let sheet = sheet(&room, &folder, content)?;
        files::write_again(&ask.out.join(format!("{name}.png")), &encoded(&sheet)?)
    })?;
    contents.iter().for_each(|(name, _)| crate::say(ask.out.join(format!("{name}.png")).display()));
    Ok(ExitCode::SUCCESS)
}

/// Scenes by the names that the examples use; a name that is no scene stays missing and is drawn as an empty frame.
fn draw_pictures(folder: &Path, contents: &[(&str, Content)]) -> Result<()> {
    let mut names: Vec<&str> = contents.iter().flat_map(|(_, c)| c.blocks.iter().flat_map(|b| b.what.pictures())).collect();
    names.sort_unstable();
    names.dedup();
    names.par_iter().try_for_each(|name| {
        let stem = name.strip_suffix(".jpg").unwrap_or(name);
        let (kind, seed) = stem.rsplit_once('-').and_then(|(k, s)| Some((k, s.parse().ok()?))).unwrap_or(("lighthouse", 1));
        files::write_again(&folder.join(name), &scene::draw_at(kind, seed, SCALE))
    })
}

/// The content's own paper first, then the sizes that it flows into.
fn papers(own: &Paper) -> Vec<Paper> {
    let others = [Paper::Named(PaperName::B1), Paper::Named(PaperName::A3), Paper::Turned { name: PaperName::A1, landscape: true }, Paper::Named(PaperName::Tapestry600)];
    std::iter::once(own.clone()).chain(others.into_iter().filter(|p| p != own)).collect()
}

/// One row a paper, one column a theme.
fn sheet(room: &PressRoom, folder: &Path, content: &Content) -> Result<RgbImage> {
    let themes = Theme::shipped();
    let mut rows: Vec<Vec<RgbImage>> = Vec::new();
    for paper in papers(&content.paper) {
        let tile = |theme: &Theme| tile(room, folder, &Content { paper: paper.clone(), theme: ThemeChoice::Named(theme.name.clone()), ..content.clone() });
        rows.push(themes.iter().map(tile).collect::<Result<_>>()?);
    }
    let heights: Vec<u32> = rows.iter().map(|row| row.iter().map(RgbImage::height).max().unwrap_or(0)).collect();
    let width = themes.len() as u32 * (TILE + GAP) + GAP;
    let mut whole = RgbImage::from_pixel(width, heights.iter().map(|h| h + GAP).sum::<u32>() + GAP, image::Rgb([128, 128, 128]));
    let mut y = GAP;
    for (row, height) in rows.iter().zip(heights) {
        for (column, tile) in (0..).zip(row) {
            image::imageops::replace(&mut whole, tile, i64::from(GAP + column * (TILE + GAP)), i64::from(y));
        }
        y += height + GAP;
    }
    Ok(whole)
}

/// All pages of one panel, one below the other.
fn tile(room: &PressRoom, folder: &Path, content: &Content) -> Result<RgbImage> {
    let find = |name: &str| Some(folder.join(name));
    let laid = room.lay_out(content, &find);
    let images = room.pictures(&laid.pages, &find);
    let draw = |page| {
        let bytes = png::draw(page, &images, room.fonts(), TILE).map_err(|e| Fault::new(FaultKind::CannotWrite, e.message, e.hint))?;
        image::load_from_memory(&bytes).map(|p| p.to_rgb8()).map_err(|e| Fault::new(FaultKind::Internal, e.to_string(), ""))
    };
    let pages: Vec<RgbImage> = laid.pages.iter().map(draw).collect::<Result<_>>()?;
    let height = pages.iter().map(|p| p.height() + GAP).sum::<u32>().saturating_sub(GAP);
    let mut whole = RgbImage::from_pixel(TILE, height.max(1), image::Rgb([128, 128, 128]));
    let mut y = 0;
    for page in &pages {
        image::imageops::replace(&mut whole, page, 0, i64::from(y));
        y += page.height() + GAP;
    }
    Ok(whole)
}

fn encoded(sheet: &RgbImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    let done = encoder.write_image(sheet.as_raw(), sheet.width(), sheet.height(), image::ExtendedColorType::Rgb8);
    done.map_err(|e| Fault::new(FaultKind::CannotWrite, e.to_string(), ""))?;
    Ok(bytes)
}
