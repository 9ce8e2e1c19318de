//! Every noun that a coordinator edits, and the one list of them. A record is a flat set of fields; every field merges by itself.
//!
//! Kept by `records!`: the enum, the table name, the Japanese name. A field of a record is a column of its table (see migrations).
use super::date::Period;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Random 128 bits in hex; municipalities use `m` + 団体コード.
pub type Id = String;

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident / $table:literal / $label:literal / $home:ident {
        $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)?
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
            #[serde(default, deny_unknown_fields)]
            pub struct $name {
                pub id: Id,
                $($(#[$fdoc])* pub $field: $ty,)*
            }
        )*
        /// Which noun. On the wire the table name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind { $($name,)* }
        impl Default for Kind { fn default() -> Self { Kind::ALL[0] } }
        impl Kind {
            pub const ALL: &'static [Kind] = &[$(Kind::$name,)*];
            /// Table of the projection.
            pub fn table(self) -> &'static str { match self { $(Kind::$name => $table,)* } }
            /// What a coordinator calls it.
            pub fn label(self) -> &'static str { match self { $(Kind::$name => $label,)* } }
            /// Which document holds it.
            pub fn home(self) -> Home { match self { $(Kind::$name => Home::$home,)* } }
            /// Names of the fields beside `id`.
            pub fn fields(self) -> &'static [&'static str] { match self { $(Kind::$name => &[$(stringify!($field),)*],)* } }
            /// Reads the fields strictly: a wrong name or type is an error that names the field.
            pub fn check(self, json: &serde_json::Value) -> Result<serde_json::Value, serde_path_to_error::Error<serde_json::Error>> {
                Ok(match self { $(Kind::$name => {
                    let typed: $name = serde_path_to_error::deserialize(json)?;
                    serde_json::to_value(typed).expect("a record is plain data")
                })* })
            }
        }
        /// Field types by kind, for the interface.
        #[derive(TS)]
        #[allow(dead_code, non_snake_case)]
        pub struct RecordTypes { $(#[ts(rename = $table)] $name: $name,)* }
        $(impl Noun for $name { const KIND: Kind = Kind::$name; fn id(&self) -> &str { &self.id } })*
    };
}

/// A typed record of one kind.
pub trait Noun: Serialize + for<'a> Deserialize<'a> {
    const KIND: Kind;
    fn id(&self) -> &str;
}

/// The document that a record lives in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// Partners, venues, photos: one document for all.
    Registry,
    /// It is a project of its own: the document bears its id.
    Root,
    /// It belongs to the project in its field `project`.
    Project,
}

records! {
    // ── projects ────────────────────────────────────────────────────────────────────────────────
    /// 全国連携展示 and its like.
    Exhibition / "exhibition" / "展示" / Root {
        series: String, fiscal_year: i32, number: Option<i32>, title: String, subtitle: String, theme: String,
        period: Option<Period>, venue: Id, venue_name: String, space: Id, space_name: String,
        /// Ids of partners.
        partners: Vec<Id>, partner_names: Vec<String>,
        organisers: Vec<String>, contents: Vec<String>, panel_themes: Vec<String>, credits: Vec<String>,
        /// plan | held | fixed | open | closed
        status: String,
        /// Theme, paper and print settings of the panel set.
        press_theme: String, press_paper: String,
        note: String, result: String,
    }
    /// One stop of a tour (巡回展示); the same venue may come again.
    TourStop / "tour_stop" / "巡回" / Project {
        project: Id, order: i32, venue: Id, venue_name: String, host: String, period: Option<Period>,
        /// plan | fixed | sent | open | returned
        status: String, due_back: String, condition: String, note: String,
    }
    Event / "event" / "イベント" / Root {
        /// attraction | marche | networking | other
        kind: String, series: String, fiscal_year: i32, number: Option<i32>, title: String, subtitle: String,
        period: Option<Period>, venue: Id, venue_name: String, space: Id, space_name: String,
        host: String, supporters: Vec<String>, organisers: Vec<String>, contents: Vec<String>, partners: Vec<Id>, partner_names: Vec<String>,
        recurring: bool, status: String, note: String, result: String,
        /// Contracted power of the floor in W.
        power_w: Option<i32>,
        /// Limit of one circuit in W; the roster marks circuits above it.
        circuit_w: Option<i32>,
    }
    EventDay / "event_day" / "開催日" / Project { project: Id, date: String, open: String, close: String, note: String }
    Lecture / "lecture" / "講演会" / Root {
        series: String, fiscal_year: i32, number: Option<i32>, title: String, subtitle: String, period: Option<Period>,
        /// venue | online | both
        mode: String, venue: Id, venue_name: String, parts: Vec<String>, groups: Option<i32>, materials: Vec<String>,
        status: String, note: String, result: String,
    }
    Speaker / "speaker" / "登壇者" / Project {
        project: Id, order: i32, role: String, municipality: String, department: String, post: String, name: String, kana: String, talk: String,
    }
    /// 被災地支援: grants and staff dispatches.
    Support / "support" / "被災地支援" / Root {
        /// grant | dispatch
        kind: String, fiscal_year: Option<i32>, title: String, as_of: String, prefectures: Vec<String>,
        columns: Vec<String>, rows: Vec<Vec<String>>, note: String,
    }
    /// A ward's own programme (各区の連携事業).
    WardProgramme / "ward_programme" / "各区の事業" / Registry {
        ward: String, title: String, partners: Vec<Id>, partner_names: Vec<String>, fiscal_year: Option<i32>, period: Option<Period>, note: String,
    }
    /// One row of the four-year plan: 区分 × 年度 with results.
    PlanRow / "plan_row" / "計画" / Registry { title: String, order: i32, years: Vec<PlanYear>, note: String }
    Subsidy / "subsidy" / "補助金" / Registry { title: String, fiscal_year: Option<i32>, amount_yen: Option<f64>, partner: Id, status: String, note: String }
    // ── roster and day ──────────────────────────────────────────────────────────────────────────
    /// A place on the floor, in metres from the space's top-left corner.
    Booth / "booth" / "ブース" / Project {
        project: Id, code: String, section: String, x_m: Option<f64>, y_m: Option<f64>, w_m: Option<f64>, d_m: Option<f64>,
        circuit: String, pinned: bool, note: String,
    }
    /// A shop or municipality that shows or sells; it comes back year after year.
    Exhibitor / "exhibitor" / "出店者" / Registry {
        partner: Id, name: String, kana: String, contact: String, tel: String, mail: String, address: String, note: String,
    }
    /// One line of 出店者名簿.
    RosterEntry / "roster_entry" / "名簿" / Project {
        project: Id, order: f64, booth: String, exhibitor: Id, partner: Id, name: String, kana: String, products: String,
        booth_class: String, days: Vec<String>, tables: Option<i32>, chairs: Option<i32>, power_w: Option<i32>, circuit: String,
        water: bool, fire: bool, licences: Vec<String>, contact: String, tel: String,
        /// applied (申込) | check (要確認) | papers (書類未着) | fixed (確定) | arrived (到着) | open (営業) | left (撤収) | cancelled (取消)
        status: String,
        /// Check-in times by day: "2025-11-08T08:40".
        checked_in: Vec<String>, note: String,
    }
    ProgrammeSlot / "programme_slot" / "プログラム" / Project {
        project: Id, day: String, start: String, end: String,
        /// stage | pr | workshop
        place: String, title: String, performer: String, kind: String, note: String,
    }
    /// Where visitors are counted.
    Door / "door" / "入口" / Project { project: Id, name: String, order: i32 }
    /// A total that was counted elsewhere and entered by hand; never added to tallies of the other counting.
    EnteredTotal / "entered_total" / "入力した人数" / Project {
        project: Id, day: String, hour: Option<i32>, door: Id, value: i32,
        /// gross (延べ) | net (実) | unspecified
        counting: String, approximate: bool, bound: String, as_of: String, source: String, note: String,
    }
    ChecklistItem / "checklist_item" / "期限" / Project {
        project: Id, key: String, title: String, due: String, done: bool, done_on: String, note: String, order: i32,
    }
    // ── registry ────────────────────────────────────────────────────────────────────────────────
    Partner / "partner" / "連携先" / Registry {
        /// prefecture | municipality | association | company | ward | other
        kind: String,
        /// 団体コード, six digits.
        code: String, name: String, kana: String, prefecture: String, members: Vec<Id>,
        contact: String, tel: String, mail: String, site_member: bool, note: String,
    }
    Agreement / "agreement" / "協定" / Registry { partner: Id, partner_name: String, kind: String, title: String, signed: Option<Period>, ended: String, note: String, source: String }
    Venue / "venue" / "会場" / Registry { name: String, kana: String, address: String, contact: String, tel: String, hire: String, note: String }
    /// A hall or floor of a venue, in metres.
    Space / "space" / "スペース" / Registry { venue: Id, name: String, width_m: Option<f64>, depth_m: Option<f64>, height_m: Option<f64>, plan: Vec<PlanItem>, power_w: Option<i32>, note: String }
    /// A published figure that keeps its meaning.
    FigureEntry / "figure_entry" / "数値" / Registry {
        /// Project or partner it speaks of; empty for the whole project.
        subject: Id, name: String, value: Option<f64>, unit: String, counting: String, approximate: bool,
        /// exact | about | over | under
        bound: String, as_of: Option<Period>, source: String, text: String,
    }
    // ── panels ──────────────────────────────────────────────────────────────────────────────────
    Panel / "panel" / "パネル" / Project {
        project: Id, number: i32, partner: Id, title: String,
        /// The content document of the press, JSON text.
        content: String,
        /// none (未依頼) | asked (依頼中) | received (受領) | proofing (校正中) | approved (校了)
        status: String, version: i32, approved_on: String, note: String,
        /// The merge that made it and the row's key in its list; empty for a panel made by hand.
        merge: Id, row_key: String,
        /// The row's values and the content as it was made, JSON text: what differs now was changed by hand.
        row_values: String, as_made: String,
    }
    /// A list merged into a template panel.
    PanelMerge / "panel_merge" / "差し込み" / Project {
        project: Id, template: Id, title: String,
        /// partners | roster | file
        source: String, source_id: Id, file: String, sheet: String, pictures: String, matches: Vec<FieldMatch>,
    }
    /// A finding of the preflight that was let pass, with the reason. `mark` is the fingerprint of the finding: it is void when that changes.
    Waiver / "waiver" / "見送り" / Project { project: Id, panel: Id, mark: String, code: String, message: String, reason: String, on: String }
    /// One material asked of one partner: the matrix city × item.
    Material / "material" / "素材" / Project { project: Id, partner: Id, item: String, status: String, due: String, received_on: String, note: String }
    /// What was pressed, when and as which version.
    PanelOutput / "panel_output" / "出力" / Project { project: Id, panel: Id, mode: String, version: i32, at: String, file: String, hash: String, bytes: f64, errors: i32, warnings: i32 }
    /// A panel on a wall, in metres from the wall's left end and the floor.
    WallPlace / "wall_place" / "壁面" / Project { project: Id, panel: Id, wall: String, x_m: f64, y_m: f64 }
    Photo / "photo" / "写真" / Registry {
        /// blake3 of the bytes; the file in the media folder bears this name.
        hash: String, file_name: String, width: i32, height: i32, bytes: f64, title: String, credit: String,
        permission: String, permission_expires: String, partner: Id, note: String,
    }
}

/// Which column of the list fills a field of the template.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct FieldMatch {
    pub field: String,
    pub column: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PlanYear {
    pub fiscal_year: i32,
    pub plan: String,
    pub result: String,
}

/// Something on a floor plan, metres from the top-left corner.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct PlanItem {
    /// wall | door | exit | power | water | extinguisher | stage | pr | column
    pub kind: String,
    pub label: String,
    pub x_m: f64,
    pub y_m: f64,
    pub w_m: f64,
    pub d_m: f64,
}
