//! Faces: which files they are, their measures, and who stands in for a missing character. Bytes come from outside.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The faces that ship. All are TrueType under OFL-1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FontId {
    Gothic,
    GothicBold,
    PGothic,
    PGothicBold,
    Mincho,
    MinchoBold,
    PMincho,
    PMinchoBold,
    Noto,
    NotoMedium,
    NotoBold,
    NotoBlack,
}

impl FontId {
    pub const ALL: [FontId; 12] = {
        use FontId::*;
        [Gothic, GothicBold, PGothic, PGothicBold, Mincho, MinchoBold, PMincho, PMinchoBold, Noto, NotoMedium, NotoBold, NotoBlack]
    };
    /// The face for **bold** words among words in this one.
    pub fn bolder(self) -> FontId {
        use FontId::*;
        match self {
            Gothic | GothicBold => GothicBold,
            PGothic | PGothicBold => PGothicBold,
            Mincho | MinchoBold => MinchoBold,
            PMincho | PMinchoBold => PMinchoBold,
            Noto | NotoMedium => NotoBold,
            NotoBold | NotoBlack => NotoBlack,
        }
    }
    /// File name inside the fonts folder.
    pub fn file(self) -> &'static str {
        use FontId::*;
        match self {
            Gothic => "BIZUDGothic_400Regular.ttf",
            GothicBold => "BIZUDGothic_700Bold.ttf",
            PGothic => "BIZUDPGothic_400Regular.ttf",
            PGothicBold => "BIZUDPGothic_700Bold.ttf",
            Mincho => "BIZUDMincho_400Regular.ttf",
            MinchoBold => "BIZUDMincho_700Bold.ttf",
            PMincho => "BIZUDPMincho_400Regular.ttf",
            PMinchoBold => "BIZUDPMincho_700Bold.ttf",
            Noto => "NotoSansJP_400Regular.ttf",
            NotoMedium => "NotoSansJP_500Medium.ttf",
            NotoBold => "NotoSansJP_700Bold.ttf",
            NotoBlack => "NotoSansJP_900Black.ttf",
        }
    }
}

use std::sync::{Arc, OnceLock};

/// Reads the bytes of one face. The engine itself touches no file.
pub type Loader = Box<dyn Fn(FontId) -> Result<Arc<Vec<u8>>, String> + Send + Sync>;

/// All faces, each read when first needed and kept.
pub struct Fonts {
    loader: Loader,
    faces: [OnceLock<Option<Face>>; FontId::ALL.len()],
    /// Paragraphs set with these faces, kept across layouts.
    pub(crate) kept: crate::inline::Kept,
}

/// One face with the measures that layout asks for, in em (1 = type size).
pub struct Face {
    pub id: FontId,
    pub bytes: Arc<Vec<u8>>,
    pub units_per_em: f64,
    pub ascender: f64,
    pub descender: f64,
    /// Height of a capital, for the reading-distance rule.
    pub cap_height: f64,
    /// Read once for shaping; its tables and the plans below are shared by all threads.
    pub(crate) shaping: harfrust::Font,
    plans: [OnceLock<harfrust::ShapePlan>; Writing::COUNT],
}

/// Which features a run is shaped with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// Kana, kanji and full-width punctuation: set solid, so no kerning and no ligatures.
    Japanese,
    /// Letters and digits of Latin words: kerned.
    Latin,
    /// Japanese from top to bottom, with the face's vertical forms.
    Upright,
}

impl Writing {
    const COUNT: usize = 3;
}

impl Fonts {
    pub fn new(loader: Loader) -> Self {
        Self { loader, faces: [const { OnceLock::new() }; FontId::ALL.len()], kept: crate::inline::Kept::default() }
    }

    /// `None` if the file is missing or is no TrueType font. With a full-width face its proportional one is read on another
    /// core: digits and Latin are never far.
    pub fn face(&self, id: FontId) -> Option<&Face> {
        if let Some(known) = self.faces[id as usize].get() {
            return known.as_ref();
        }
        let beside = crate::theme::proportional(id);
        if self.faces[beside as usize].get().is_some() || beside == id {
            return self.read(id);
        }
        std::thread::scope(|scope| {
            scope.spawn(|| self.read(beside));
            self.read(id)
        })
    }

    fn read(&self, id: FontId) -> Option<&Face> {
        self.faces[id as usize].get_or_init(|| Face::read(id, (self.loader)(id).ok()?)).as_ref()
    }

    /// Faces to ask for a character that `id` lacks, in order (BIZ UD has no 𠮷; Noto has).
    pub fn fallbacks(id: FontId) -> &'static [FontId] {
        use FontId::*;
        match id {
            Gothic | PGothic | Mincho | PMincho | Noto => &[Noto, PGothic, PMincho],
            NotoMedium => &[Noto, PGothic],
            GothicBold | PGothicBold | MinchoBold | PMinchoBold | NotoBold | NotoBlack => &[NotoBold, PGothicBold, Noto],
        }
    }
}

impl Face {
    fn read(id: FontId, bytes: Arc<Vec<u8>>) -> Option<Self> {
        let parsed = ttf_parser::Face::parse(&bytes, 0).ok()?;
        let em = f64::from(parsed.units_per_em());
        let cap = parsed.capital_height().filter(|h| *h > 0).map_or(0.74, |h| f64::from(h) / em);
        let (ascender, descender) = (f64::from(parsed.ascender()) / em, f64::from(parsed.descender()) / em);
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = bytes.clone();
        let shaping = harfrust::Font::new(harfrust::font::Blob::from(shared), 0)?;
        let plans = [const { OnceLock::new() }; Writing::COUNT];
        Some(Self { id, units_per_em: em, ascender, descender, cap_height: cap, bytes, shaping, plans })
    }

    /// The features in force for a writing, in the order that `plan` was made with.
    pub(crate) fn features(writing: Writing) -> Vec<harfrust::Feature> {
        match writing {
            Writing::Japanese | Writing::Upright => [b"kern", b"liga", b"clig", b"calt"].map(|tag| harfrust::Feature::new(harfrust::Tag::new(tag), 0, ..)).to_vec(),
            Writing::Latin => Vec::new(),
        }
    }

    pub(crate) fn plan(&self, writing: Writing) -> &harfrust::ShapePlan {
        self.plans[writing as usize].get_or_init(|| {
            let script = match writing {
                Writing::Japanese | Writing::Upright => harfrust::Script::HAN,
                Writing::Latin => harfrust::Script::LATIN,
            };
            let direction = match writing {
                Writing::Upright => harfrust::Direction::TopToBottom,
                Writing::Japanese | Writing::Latin => harfrust::Direction::LeftToRight,
            };
            harfrust::ShapePlan::new(&self.shaping, direction, Some(script), japanese().as_ref(), &Self::features(writing))
        })
    }
}

/// The language that decides between regional glyph forms.
pub(crate) fn japanese() -> Option<harfrust::Language> {
    "ja".parse().ok()
}
