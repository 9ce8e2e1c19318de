//! The heading of a title panel on an upright sheet: title and key word one below the other, each as wide as the sheet allows.
use crate::layout::pen::Pen;
use crate::layout::sheet::{Frame, Sheet, TextBlock};
use crate::layout::title::widest;
use crate::page::Ink;

/// From line to line, and the height that the key word takes, in em.
const LINE: f64 = 1.12;
const WORD: f64 = 0.97;
/// The most that the title's lines take of the whole height.
const SHARE: f64 = 0.55;
/// A title set as one line is no smaller than this, in pt on A1.
const LEAST: f64 = 120.0;

struct Stack {
    lines: Vec<TextBlock>,
    word: TextBlock,
}

impl Stack {
    /// Every line's ink is as wide as the frame; the key word takes what height is left.
    fn set(sheet: &Sheet, lines: &[&str], word: &str, f: Frame) -> Self {
        let wide = |w: f64| -> Vec<TextBlock> { lines.iter().map(|l| widest(sheet, l, w, 900.0, 1.0)).collect() };
        let high = |lines: &[TextBlock]| lines.iter().map(|l| l.voice.em() * LINE).sum::<f64>();
        let mut lines = wide(f.w);
        // The key word keeps its share of the height.
        if high(&lines) > f.h * SHARE {
            lines = wide(f.w * f.h * SHARE / high(&lines));
        }
        let used = high(&lines);
        let most = ((f.h - used) / WORD / 0.3528).max(1.0);
        Self { lines, word: widest(sheet, word, f.w, most, most.min(LEAST)) }
    }

    fn height(&self) -> f64 {
        self.lines.iter().map(|l| l.voice.em() * LINE).sum::<f64>() + self.word.voice.em() * WORD
    }

    /// All in the same measure smaller: where no arrangement is low enough.
    fn within(self, sheet: &Sheet, h: f64) -> Self {
        let by = (h / self.height()).min(1.0);
        let smaller = |b: TextBlock| {
            let text: &str = &b.text;
            sheet.set(text, &b.voice.clone().sized(b.voice.size * by), 1e5)
        };
        Self { lines: self.lines.into_iter().map(smaller).collect(), word: smaller(self.word) }
    }
}

/// A line for each part of the title, or all in one line where that leaves the key word much larger.
pub(crate) fn draw(pen: &mut Pen, lines: &[&str], word: &str, f: Frame, (ink, word_ink): (Ink, Ink)) {
    let sheet = pen.sheet;
    let parted = Stack::set(sheet, lines, word, f);
    let joined = lines.join("　");
    let single = Stack::set(sheet, &[joined.as_str()], word, f);
    let readable = single.lines.iter().all(|l| l.voice.size >= LEAST);
    let stack = if readable && single.word.voice.size > parted.word.voice.size * 1.3 { single } else { parted }.within(sheet, f.h);
    let mut y = f.y + (f.h - stack.height()) / 2.0;
    for block in stack.lines {
        let em = block.voice.em();
        flush(pen, block, ink, f.x, y + em * 0.9);
        y += em * LINE;
    }
    let em = stack.word.voice.em();
    flush(pen, stack.word, word_ink, f.x, y + em * 0.88);
}

/// The block's ink begins at `x`, its baseline is `y`.
fn flush(pen: &mut Pen, block: TextBlock, ink: Ink, x: f64, y: f64) {
    let left = x - pen.sheet.ink_edges(&block).0;
    let block = TextBlock { voice: block.voice.clone().inked(ink), ..block };
    pen.put(&block, left, y - block.voice.rise());
}
