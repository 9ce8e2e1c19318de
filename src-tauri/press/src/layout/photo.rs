//! Photos: cropped to their focus point, captioned and credited, measured for print.
use crate::block::{GridPhoto, What};
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet};
use crate::notice::{Level, NoticeCode};
use crate::page::Segment;
use crate::picture::{Colour, PictureFault};
use crate::theme::{ColourRole, PhotoInk, Role};

pub(crate) struct Photo<'a> {
    pub index: usize,
    pub picture: &'a str,
    pub focus: [f64; 2],
    pub zoom: f64,
    pub caption: &'a str,
    pub credit: String,
    /// Another place of the panel says who took it.
    pub credited: bool,
}

impl<'a> Photo<'a> {
    pub(crate) fn of(index: usize, what: &'a What) -> Option<Self> {
        let What::Photo { picture, focus, zoom, caption, credit, permission, .. } = what else { return None };
        Some(Self::new(index, picture, (*focus, *zoom), caption, [credit, permission]))
    }

    pub(crate) fn of_grid(index: usize, photo: &'a GridPhoto) -> Self {
        Self::new(index, &photo.picture, (photo.focus, photo.zoom), &photo.caption, [&photo.credit, &photo.permission])
    }

    /// A picture without words, e.g. a logo.
    pub(crate) fn bare(index: usize, picture: &'a str) -> Self {
        Self::new(index, picture, (None, None), "", ["", ""])
    }

    fn new(index: usize, picture: &'a str, (focus, zoom): (Option<[f64; 2]>, Option<f64>), caption: &'a str, credit: [&str; 2]) -> Self {
        let credit = credit.map(str::trim).into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　");
        let focus = focus.unwrap_or([0.5, 0.5]).map(|v| if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.5 });
        let zoom = zoom.filter(|z| z.is_finite()).unwrap_or(1.0).clamp(1.0, 20.0);
        Self { index, picture, focus, zoom, caption: caption.trim(), credit, credited: false }
    }

    /// Draws the crop into the frame, clipped to `outline` (the frame itself if none).
    pub(crate) fn draw(&self, pen: &mut Pen, frame: Frame, outline: Option<Vec<Segment>>) {
        let sheet = pen.sheet;
        let outline = outline.unwrap_or_else(|| {
            let p = |v| sheet.pt(v);
            // What bleeds has no corners of its own.
            let inside = frame.x > 0.0 && frame.y > 0.0 && frame.right() < sheet.w && frame.bottom() < sheet.h;
            let corner = if inside { sheet.theme.corner } else { 0.0 };
            crate::page::rectangle(p(frame.x), p(frame.y), p(frame.w), p(frame.h), p(corner))
        });
        if !pen.is_silent() {
            self.check_words(pen, frame);
        }
        let info = match (sheet.images)(self.picture) {
            Ok(info) => info,
            Err(fault) => {
                let tint = pen.colour(ColourRole::Tint);
                pen.shape(outline, Some(crate::page::Paint::Flat(tint)), None);
                if !pen.is_silent() {
                    self.report(sheet, frame, fault);
                }
                return;
            }
        };
        let (width, height) = (f64::from(info.width.max(1)), f64::from(info.height.max(1)));
        let placed = crop(frame, width / height, self.focus, self.zoom);
        if !pen.is_silent() {
            crate::check::resolution(sheet, self.index, frame, width / placed.w);
            if info.colour == Colour::Cmyk && sheet.theme.photos == PhotoInk::Colour {
                crate::check::own_inks(sheet, self.index, frame);
            }
        }
        pen.clipped(outline, |pen| pen.image(self.picture, placed));
    }

    /// Whether the picture keeps a good resolution when it fills the frame; a missing one fits anywhere.
    pub(crate) fn bears(&self, sheet: &Sheet, frame: Frame) -> bool {
        let Ok(info) = (sheet.images)(self.picture) else { return true };
        let (width, height) = (f64::from(info.width.max(1)), f64::from(info.height.max(1)));
        crate::check::bears(sheet, width / crop(frame, width / height, self.focus, self.zoom).w)
    }

    /// Caption and credit as one line.
    pub(crate) fn line(&self) -> String {
        [self.caption, self.credit.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join("　")
    }

    pub(crate) fn report(&self, sheet: &Sheet, frame: Frame, fault: Option<PictureFault>) {
        let place = (Some(self.index), Some(frame));
        match fault {
            None => {
                let message = if self.picture.is_empty() { "写真が選ばれていません。".to_owned() } else { format!("写真「{}」がありません。", self.picture) };
                let words = (message, if self.picture.is_empty() { "写真を選んでください。" } else { "写真を選び直してください。" });
                sheet.notice(Level::Error, NoticeCode::MissingPicture, place.0, place.1, words);
            }
            Some(fault) => sheet.notice(Level::Error, NoticeCode::BrokenPicture, place.0, place.1, (fault.message, &fault.hint)),
        }
    }

    fn check_words(&self, pen: &Pen, frame: Frame) {
        let say = |message: &str, hint| {
            let words = (message.to_owned(), hint);
            pen.sheet.notice(Level::Warning, NoticeCode::MissingCredit, Some(self.index), Some(frame), words);
        };
        if self.credit.is_empty() {
            say("写真の提供者（クレジット）がありません。", "撮影者か提供元を記してください。");
        }
        if self.caption.is_empty() {
            say("写真の説明がありません。", "何の写真かを短く記してください。");
        }
    }

    /// Caption and credit on one line where they fit, else below each other. Gives the height.
    pub(crate) fn words(&self, pen: &mut Pen, x: f64, y: f64, w: f64) -> f64 {
        let caption = pen.sheet.voice(Role::Caption, ColourRole::Note);
        let credit = pen.sheet.voice(Role::Credit, ColourRole::Note);
        let unsaid = self.credit.is_empty() || self.credited;
        if self.caption.is_empty() {
            return if unsaid { 0.0 } else { pen.words(&self.credit, &credit, x, y, w) };
        }
        let block = pen.sheet.set(self.caption, &caption, w);
        pen.put(&block, x, y);
        if unsaid {
            return block.height();
        }
        let gap = caption.em();
        let last = block.set.lines.last().map_or(0.0, |l| l.width.mm().0 / pen.sheet.k);
        if last + gap + pen.sheet.width(&self.credit, &credit) <= w {
            let baseline = y + block.height() - caption.line() + caption.rise();
            pen.line(&self.credit, &credit, x + last + gap, baseline);
            return block.height();
        }
        block.height() + pen.words(&self.credit, &credit, x, y + block.height(), w)
    }

    /// Width of caption and credit on one line.
    pub(crate) fn words_width(&self, sheet: &Sheet) -> f64 {
        let caption = sheet.voice(Role::Caption, ColourRole::Note);
        let gap = if self.caption.is_empty() || self.credit.is_empty() { 0.0 } else { caption.em() };
        sheet.width(self.caption, &caption) + gap + sheet.width(&self.credit, &sheet.voice(Role::Credit, ColourRole::Note)) + 0.5
    }

    /// Height that `words` will need.
    pub(crate) fn words_height(&self, sheet: &Sheet, w: f64) -> f64 {
        let mut pen = Pen::silent(sheet);
        self.words(&mut pen, 0.0, 0.0, w)
    }
}

/// Where the whole picture lies so that the frame is filled and the focus is as near its middle as the edges allow.
pub(crate) fn crop(frame: Frame, aspect: f64, focus: [f64; 2], zoom: f64) -> Frame {
    let w = (frame.w).max(frame.h * aspect) * zoom;
    let h = w / aspect;
    let x = (frame.x + frame.w / 2.0 - focus[0] * w).clamp(frame.right() - w, frame.x.max(frame.right() - w));
    let y = (frame.y + frame.h / 2.0 - focus[1] * h).clamp(frame.bottom() - h, frame.y.max(frame.bottom() - h));
    Frame::new(x, y, w, h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_fills_the_frame_and_centres_the_focus_where_it_can() {
        let frame = Frame::new(0.0, 0.0, 100.0, 100.0);
        let placed = crop(frame, 2.0, [0.5, 0.5], 1.0);
        assert_eq!(placed, Frame::new(-50.0, 0.0, 200.0, 100.0));
        let placed = crop(frame, 2.0, [0.95, 0.5], 1.0);
        assert_eq!(placed.right(), 100.0);
        let placed = crop(frame, 2.0, [0.4, 0.5], 1.5);
        assert!((placed.x + 0.4 * placed.w - 50.0).abs() < 1e-9 && (placed.y + 75.0 - 50.0).abs() < 1e-9);
    }
}
