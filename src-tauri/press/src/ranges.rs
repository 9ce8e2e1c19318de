//! What the numbers of a content document may be: a value that no sheet can follow is told with its place, not bent in silence.
use crate::block::{Block, Content, LOWEST_STEP, What};
use crate::read::{Found, Step, found};

/// mm; a wider margin outside the trim is a slip of the unit.
const WIDEST_BLEED: f64 = 50.0;

/// Metres: across a large square.
const FARTHEST: f64 = 100.0;

/// pt; a letter as high as the tallest tapestry.
const LARGEST_TYPE: f64 = 6_000.0;

/// Values of a chart beyond this are slips, and their bars could not be told apart.
const LARGEST_VALUE: f64 = 1e12;

/// The first number of a document that is out of its range.
pub(crate) fn check(content: &Content) -> Result<(), Found> {
    let top = |key: &str| vec![Step::Key(key.to_owned())];
    if content.bleed.is_some_and(|b| !(0.0..=WIDEST_BLEED).contains(&b.0)) {
        return Err(found(top("bleed"), "塗り足し（bleed）は 0 から 50 mm までです。", "ふつうは 3 です。印刷会社の指定があればその値を書いてください。"));
    }
    if content.reading_distance.is_some_and(|d| !(d > 0.0 && d <= FARTHEST)) {
        return Err(found(top("reading_distance"), "読む距離（reading_distance）は 0 より大きく 100 m までです。", "見る人が立つ場所までのメートルを書いてください。例: 1.5"));
    }
    if content.step.is_some_and(|s| !(LOWEST_STEP..=0).contains(&s)) {
        return Err(found(top("step"), "文字の段階（step）は 0 から -3 までです。", "0、-1、-2、-3 のどれかにしてください。"));
    }
    content.blocks.iter().enumerate().try_for_each(|(index, block)| block_fits(block, &[Step::Key("blocks".into()), Step::Index(index)]))
}

fn block_fits(block: &Block, at: &[Step]) -> Result<(), Found> {
    let place = |steps: &[Step]| at.iter().chain(steps).cloned().collect::<Vec<_>>();
    let key = |name: &str| Step::Key(name.to_owned());
    if block.place.and_then(|p| p.size).is_some_and(|size| !(size > 0.0 && size <= LARGEST_TYPE)) {
        return Err(found(place(&[key("place"), key("size")]), "文字の大きさ（size）は 0 より大きく 6000 pt までです。", "書かなければ、テーマの大きさになります。"));
    }
    match &block.what {
        What::Body { columns: Some(columns), .. } if !(1..=4).contains(columns) => {
            Err(found(place(&[key("columns")]), "段の数（columns）は 1 から 4 までです。", "1 から 4 の数を書いてください。"))
        }
        What::Chart { points, .. } => {
            let wild = |value: &f64| value.abs() > LARGEST_VALUE;
            let which = points.iter().enumerate().find_map(|(i, p)| {
                let name = if wild(&p.value) { "value" } else if p.parts.iter().any(wild) { "parts" } else if p.at.as_ref().is_some_and(wild) { "at" } else { return None };
                Some([key("points"), Step::Index(i), key(name)])
            });
            which.map_or(Ok(()), |steps| Err(found(place(&steps), "グラフの値が大きすぎます（1兆まで）。", "単位を万や億に変え、数を小さくしてください。")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_its_range_is_told_with_its_place() {
        let cases = [
            (r#"{"bleed": -3}"#, "bleed", "50 mm"),
            (r#"{"bleed": 51}"#, "bleed", "50 mm"),
            (r#"{"reading_distance": 0}"#, "reading_distance", "100 m"),
            (r#"{"step": -4}"#, "step", "-3"),
            (r#"{"step": 1}"#, "step", "-3"),
            (r#"{"blocks": [{"type": "body", "sections": [], "columns": 0}]}"#, "blocks[0].columns", "1 から 4"),
            (r#"{"blocks": [{"type": "lead", "text": "海", "place": {"x": 1, "y": 1, "w": 9, "h": 9, "size": 0}}]}"#, "blocks[0].place.size", "6000"),
            (r#"{"blocks": [{"type": "chart", "kind": "bar", "points": [{"label": "海"}, {"label": "山", "value": 1e300}]}]}"#, "blocks[0].points[1].value", "1兆"),
            (r#"{"blocks": [{"type": "chart", "kind": "share", "points": [{"label": "海", "parts": [1, -1e13]}]}]}"#, "blocks[0].points[0].parts", "1兆"),
        ];
        for (text, path, words) in cases {
            let fault = Content::from_json(text).expect_err(text);
            assert_eq!(fault.path, path, "{text}");
            assert!(format!("{} {}", fault.message, fault.hint).contains(words), "{text}: {fault:?}");
        }
        for text in [r#"{"bleed": 0, "step": -3, "reading_distance": 0.3}"#, r#"{"bleed": 50, "step": 0, "reading_distance": 100}"#] {
            assert!(Content::from_json(text).is_ok(), "{text}");
        }
    }
}
