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
