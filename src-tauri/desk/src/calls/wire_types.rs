//! What goes over the wire: the asks and answers of every call. `wire.ts` is made from these.
use crate::merge_panels::{Override, RowFault};
use crate::model::record::{FieldMatch, Id, Kind};
use crate::preflight::{Deed, Fix, Waived};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// A field of an ask that may be left out: it is optional in `wire.ts`.
fn unset<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

macro_rules! wire {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $($(#[$fdoc])* pub $field: $ty,)* }
        )*
    };
}

wire! {
    Nothing {}
    // ── workspace ───────────────────────────────────────────────────────────────────────────────
    Info {
        folder: String, version: String, device: String, device_name: String, sample: bool,
        fonts_ok: bool, fonts_folder: String, last_backup: Option<String>, database_bytes: f64, photos: i32, conflicts: i32,
        /// Today on this laptop, YYYY-MM-DD, and its fiscal year.
        today: String, fiscal_year: i32, saved_at: Option<String>,
    }
    // ── records ─────────────────────────────────────────────────────────────────────────────────
    /// `equals` keeps records whose field has this value; `project` is the usual one.
    ListAsk { kind: Kind, #[serde(default, skip_serializing_if = "unset")] equals: std::collections::BTreeMap<String, Value>, #[serde(default, skip_serializing_if = "unset")] search: String, #[serde(default, skip_serializing_if = "unset")] limit: Option<i32> }
    List { records: Vec<Value>, total: i32 }
    GetAsk { kind: Kind, id: Id }
    Got { record: Option<Value> }
    /// Changes some fields of one record; makes it if `id` is absent. `label` names the step: 会期を変更.
    SaveAsk { label: String, changes: Vec<Change> }
    Change { kind: Kind, #[serde(default, skip_serializing_if = "unset")] id: Option<Id>, #[serde(default, skip_serializing_if = "unset")] set: serde_json::Map<String, Value>, #[serde(default, skip_serializing_if = "unset")] remove: bool }
    Saved { ids: Vec<Id>, step: Option<Step> }
    /// One undoable step of this laptop.
    Step { id: String, label: String, at: String, undone: bool, project: Id }
    HistoryAsk { #[serde(default, skip_serializing_if = "unset")] project: Id, limit: i32 }
    History { steps: Vec<Step>, undo: Option<Step>, redo: Option<Step> }
    /// Takes back (or does again) the named step, the latest if absent.
    StepAsk { #[serde(default, skip_serializing_if = "unset")] step: Option<String> }
    Stepped { step: Option<Step>, history: History }
    SearchAsk { text: String, limit: i32 }
    Hits { hits: Vec<Hit> }
    Hit { kind: Kind, id: Id, project: Id, title: String, sub: String }
    // ── plan ────────────────────────────────────────────────────────────────────────────────────
    YearAsk { fiscal_year: i32 }
    /// `undated`: wards' programmes of no known year; they stand in no lane.
    Year { fiscal_year: i32, label: String, bars: Vec<Bar>, undated: Vec<Bar>, due: Vec<Due>, clashes: Vec<Clash>, holidays: Vec<Holiday>, totals: Vec<YearTotal>, years: Vec<i32> }
    Bar {
        kind: Kind, id: Id, title: String, sub: String,
        /// ISO days, inclusive; empty when no day is known (see `undated`).
        from: String, to: String,
        /// day | month | year | fiscal_year | text
        precision: String, label: String, status: String, undated: bool,
        deadlines: Vec<Due>, result: String,
    }
    Due { project: Id, project_kind: Kind, project_title: String, item: Id, key: String, title: String, date: String, label: String, done: bool, late_days: i32, working_days_left: i32 }
    Clash { title: String, message: String, from: String, to: String, ids: Vec<Id> }
    Holiday { date: String, name: String }
    YearTotal { label: String, count: i32, note: String }
    /// Copies a project with its checklist, doors, booths and panel set into another fiscal year; days are not copied.
    CopyAsk { kind: Kind, id: Id, fiscal_year: i32 }
    Copied { id: Id }
    TextAsk { text: String }
    // ── partners ────────────────────────────────────────────────────────────────────────────────
    /// `text` is matched against name, reading and code; a single kana row letter such as た matches the whole row.
    PartnersAsk { text: String, #[serde(default, skip_serializing_if = "unset")] kinds: Vec<String>, #[serde(default, skip_serializing_if = "unset")] prefecture: String, #[serde(default, skip_serializing_if = "unset")] row: String, offset: i32, limit: i32 }
    Partners { partners: Vec<PartnerLine>, total: i32, counts: Vec<PartnerCount> }
    PartnerLine { id: Id, kind: String, name: String, kana: String, prefecture: String, code: String, members: i32, agreement: bool }
    PartnerCount { kind: String, label: String, count: i32 }
    PartnerAsk { id: Id }
    PartnerView {
        line: PartnerLine, record: Option<Value>, members: Vec<PartnerLine>, associations: Vec<PartnerLine>,
        agreements: Vec<Value>, same_prefecture: Vec<PartnerLine>, history: Vec<PartnerHistory>, figures: Vec<Value>,
    }
    PartnerHistory { kind: Kind, id: Id, fiscal_year: i32, year_label: String, title: String, sub: String }
    // ── counts ──────────────────────────────────────────────────────────────────────────────────
    /// One press of the counter. `category`: adult | child | group.
    CountAsk { project: Id, door: Id, category: String, delta: i32 }
    Counted { device: String, seq: i32, at: String, door_total: i32, day_total: i32 }
    /// Compensates the latest press of this laptop at this door that still stands.
    UncountAsk { project: Id, door: Id }
    CountsAsk { project: Id, #[serde(default, skip_serializing_if = "unset")] day: String }
    Counts {
        project: Id, day: String, day_label: String, days: Vec<DayCount>, doors: Vec<DoorCount>, hours: Vec<HourCount>, recent: Vec<Press>,
        entered: Vec<Value>,
        /// Printed meaning: 延べ1,158名.
        total: i32, total_label: String, entered_label: String, undo_label: String, quarantined: i32,
    }
    DayCount { day: String, label: String, total: i32 }
    /// Of the asked day; `all_days` over all days.
    DoorCount { door: Id, name: String, total: i32, all_days: i32, adult: i32, child: i32, group: i32, groups: i32, this_device: i32, other_devices: i32 }
    HourCount { hour: i32, total: i32, doors: Vec<i32> }
    Press { at: String, door: Id, category: String, delta: i32, device: String, seq: i32, compensates: bool }
    // ── panels ──────────────────────────────────────────────────────────────────────────────────
    /// Lays out a saved panel, or `content` in its stead while typing.
    PressAsk { #[serde(default, skip_serializing_if = "unset")] panel: Option<Id>, #[serde(default, skip_serializing_if = "unset")] content: Option<String>, #[serde(default, skip_serializing_if = "unset")] paper: Option<String>, #[serde(default, skip_serializing_if = "unset")] theme: Option<String> }
    Pressed { pages: Vec<PressedPage>, notices: Vec<PanelNotice>, millis: f64 }
    /// `url` is for the window's own `tenji:` scheme: the page as SVG.
    PressedPage { url: String, width_mm: f64, height_mm: f64, bleed_mm: f64, areas: Vec<PanelArea> }
    /// Where a block stands, in reading order; places are x, y, width, height in mm on the trim. A ghost says nothing yet and shows where it will stand.
    PanelArea { block: i32, place: Vec<f64>, ghost: bool, texts: Vec<PanelText>, picture: Option<PanelPicture> }
    /// A text of a block by its path in the block's JSON; lengths in mm, `face` is the name of a face's file.
    PanelText { path: String, place: Vec<f64>, measure: f64, face: String, size: f64, leading: f64, ink: String, upright: bool }
    PanelPicture { frame: Vec<f64>, whole: Vec<f64> }
    /// The same content in other clothes: a small picture for each of these templates, themes and papers.
    LooksAsk { content: String, #[serde(default, skip_serializing_if = "unset")] templates: Vec<String>, #[serde(default, skip_serializing_if = "unset")] themes: Vec<String>, #[serde(default, skip_serializing_if = "unset")] papers: Vec<String> }
    Looks { looks: Vec<Look> }
    Look { kind: String, name: String, url: String }
    /// What a panel said before: after each step that changed it, the latest first. `proof` is the version of the proof that was made of it.
    PanelVersionsAsk { panel: Id }
    PanelVersions { versions: Vec<PanelVersion> }
    PanelVersion { step: String, label: String, at: String, content: String, proof: Option<i32> }
    PanelNotice {
        level: String, code: String, message: String, hint: String, block: Option<i32>, page: i32, place: Option<Vec<f64>>,
        /// Where it is, in words: 本文（左25・上120 mm）; `at` is a JSON pointer to the string that it speaks of.
        spot: String, at: Option<String>, fixes: Vec<Fix>,
        /// Fingerprint of this very finding; a waiver names it.
        mark: String, waived: Option<Waived>,
    }
    /// The report over the set of an exhibition, or some of its panels.
    PreflightAsk { exhibition: Id, #[serde(default, skip_serializing_if = "unset")] panels: Vec<Id> }
    Preflight {
        exhibition: Id, title: String,
        /// 入稿可: no error is left that is not waived.
        ready: bool, errors: i32, warnings: i32, advice: i32, waived: i32, panels: Vec<PanelFindings>,
    }
    PanelFindings { panel: Id, number: i32, title: String, status: String, ready: bool, findings: Vec<PanelNotice> }
    /// `.pdf` or `.csv`, by the ending of the path.
    PreflightOutAsk { exhibition: Id, #[serde(default, skip_serializing_if = "unset")] panels: Vec<Id>, path: String }
    /// Applies one fix as one undoable step.
    FixPanelAsk { panel: Id, label: String, deed: Deed }
    /// A list merged into a template panel. `source`: partners | roster | file. Where no folder of pictures is told they lie beside the list.
    MergeAsk {
        exhibition: Id, template: Id, source: String, #[serde(default, skip_serializing_if = "unset")] source_id: Id, #[serde(default, skip_serializing_if = "unset")] ids: Vec<Id>,
        #[serde(default, skip_serializing_if = "unset")] file: String, #[serde(default, skip_serializing_if = "unset")] sheet: String, #[serde(default, skip_serializing_if = "unset")] pictures: String,
        #[serde(default, skip_serializing_if = "unset")] matches: Vec<FieldMatch>,
        /// The merge to go on with; that of the template if absent.
        #[serde(default, skip_serializing_if = "unset")] merge: Id,
    }
    MergePlan {
        sheet: String, sheets: Vec<String>, columns: Vec<String>, fields: Vec<MergeField>, rows: i32, good: i32, faults: Vec<RowFault>, faults_total: i32,
        samples: Vec<MergeSample>,
        /// Panels that this merge has made before.
        existing: i32,
    }
    MergeField { name: String, picture: bool, required: bool, column: String, sample: String }
    MergeSample { label: String, url: String }
    MergesAsk { exhibition: Id }
    Merges { merges: Vec<MergeLine> }
    MergeLine { id: Id, template: Id, title: String, source: String, source_id: Id, file: String, sheet: String, pictures: String, matches: Vec<FieldMatch>, stale: i32, panels: Vec<MadePanel> }
    /// `stale`: the template has changed since it was made.
    MadePanel { panel: Id, number: i32, title: String, stale: bool, overrides: Vec<Override> }
    /// Lets the made panels follow their changed template; what was changed by hand stays.
    MergeFollowAsk { merge: Id }
    /// 素材: partners × items of an exhibition.
    MaterialsAsk { exhibition: Id }
    /// The cells of a row stand in the order of `items`; `usual` is what is usually asked.
    Materials { items: Vec<String>, usual: Vec<String>, rows: Vec<MaterialRow>, counts: Vec<StatusCount>, late: i32 }
    MaterialRow { partner: Id, name: String, kana: String, contact: String, cells: Vec<MaterialCell> }
    /// `material` is the record, if one was asked for; `note` holds the words that came.
    MaterialCell { item: String, material: Option<Id>, status: String, due: String, due_label: String, late_days: i32, received_on: String, note: String }
    /// Writes a request sheet (Excel) for each partner, all of them if none is named, and notes what was asked until when (YYYY-MM-DD).
    MaterialsOutAsk { exhibition: Id, #[serde(default, skip_serializing_if = "unset")] partners: Vec<Id>, items: Vec<String>, #[serde(default, skip_serializing_if = "unset")] due: String, folder: String }
    MaterialsOut { files: Vec<String>, step: Option<Step> }
    /// Reads all returned sheets and photos of a folder, and of the folders in it, as one undoable step.
    MaterialsInAsk { exhibition: Id, folder: String }
    MaterialsIn { read: Vec<MaterialRead>, faults: Vec<FileFault>, photos: i32, step: Option<Step> }
    MaterialRead { partner: Id, name: String, file: String, received: Vec<String>, missing: Vec<String> }
    WaiveAsk { panel: Id, mark: String, reason: String }
    UnwaiveAsk { waiver: Id }
    PanelsAsk { exhibition: Id }
    Panels { panels: Vec<PanelLine>, counts: Vec<StatusCount> }
    PanelLine { id: Id, number: i32, title: String, partner: Id, status: String, version: i32, template: String, thumb: String, errors: i32, warnings: i32 }
    StatusCount { status: String, label: String, count: i32 }
    /// Presses panels into files in the background; progress comes with `changed`.
    /// `printer` names a printer's wishes and goes before `mode`; `tiles` is the paper of tiles: A3, A4, A3 landscape, …
    ExportAsk { exhibition: Id, #[serde(default, skip_serializing_if = "unset")] panels: Vec<Id>, #[serde(default, skip_serializing_if = "unset")] mode: String, #[serde(default, skip_serializing_if = "unset")] printer: String, #[serde(default, skip_serializing_if = "unset")] cover: bool, #[serde(default, skip_serializing_if = "unset")] tiles: String, folder: String, #[serde(default, skip_serializing_if = "unset")] one_file: bool, #[serde(default, skip_serializing_if = "unset")] paper: Option<String>,
        /// Writes files for the printing firm although errors are left.
        #[serde(default, skip_serializing_if = "unset")] although: bool }
    Job { id: String, title: String, done: i32, of: i32, finished: bool, cancelled: bool, results: Vec<String>, faults: Vec<String>, folder: String }
    /// Shipped printers and the user's own, whose files lie in `folder`; one that cannot be read says why.
    Printers { printers: Vec<PrinterLine>, folder: String }
    PrinterLine { name: String, label: String, note: String, mode: String, outlined: bool, one_file: bool, cover: bool, bleed_mm: f64, marks: bool, file: String, fault: Option<String> }
    JobAsk { id: String }
    Jobs { jobs: Vec<Job> }
    TakePhotosAsk { paths: Vec<String>, #[serde(default, skip_serializing_if = "unset")] partner: Id }
    TakenPhotos { photos: Vec<Id>, hashes: Vec<String>, faults: Vec<FileFault> }
    FileFault { file: String, message: String, hint: String }
    /// The shipped ones and the workspace's own; `faults` names the files of its own that cannot be used.
    Templates { templates: Vec<TemplateLine>, themes: Vec<ThemeLine>, papers: Vec<NameLabel>, faults: Vec<FileFault> }
    /// A content's `theme` is the name, or for a theme of one's own the JSON of `own`: so it travels with the content.
    ThemeLine { name: String, label: String, own: Option<String> }
    TemplateLine { name: String, label: String, blank: String }
    NameLabel { name: String, label: String }
    // ── exchange ────────────────────────────────────────────────────────────────────────────────
    BundleOutAsk { path: String, #[serde(default, skip_serializing_if = "unset")] passphrase: Option<String> }
    BundleOut { path: String, bytes: f64, chunks: i32, tallies: i32, photos: i32 }
    BundleInAsk { path: String, #[serde(default, skip_serializing_if = "unset")] passphrase: Option<String> }
    Merged { chunks: i32, tallies: i32, photos: i32, quarantined: i32, conflicts: i32, already: bool, from_device: String, backup: String }
    Conflicts { conflicts: Vec<ConflictLine> }
    ConflictLine { id: String, kind: Kind, record: Id, title: String, field: String, field_label: String, values: Vec<ConflictValue> }
    ConflictValue { value: Value, label: String, chosen: bool }
    SettleAsk { conflict: String, value: Value }
    BackupAsk { #[serde(default, skip_serializing_if = "unset")] path: Option<String> }
    Backups { backups: Vec<BackupLine>, folder: String }
    BackupLine { path: String, at: String, bytes: f64, reason: String }
    RestoreAsk { path: String }
    /// What a workspace that does not open could go back to. `closed` is false where it is open; `damaged` false where a backup is no cure.
    Recovery {
        closed: bool, folder: String, reason: String, hint: String, damaged: bool,
        /// The last thing written in the damaged database, as far as it can be read.
        last_at: String, last_label: String, photos: i32, backups: Vec<RecoveryLine>,
    }
    RecoveryLine { path: String, at: String, bytes: f64, reason: String, exhibitions: i32, events: i32, panels: i32, roster: i32, tallies: i32, last_at: String, last_label: String }
    RecoverAsk { path: String }
    /// `aside`: the folder in which the damaged database now lies.
    Recovered { folder: String, aside: String }
    /// The roster as CSV or Excel text out; a pasted table in.
    RosterOutAsk { project: Id, path: String }
    /// 実施報告書 of an event as Excel.
    ResultOutAsk { project: Id, path: String }
    Written { path: String }
    /// Small memories of the window (room, fiscal year, column widths); local to this laptop, never merged.
    SettingAsk { key: String, #[serde(default, skip_serializing_if = "unset")] value: Option<Value> }
    Setting { value: Option<Value> }
}

/// Announced after commit; whoever shows these kinds reads again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Changed {
    pub kinds: Vec<Kind>,
    pub projects: Vec<Id>,
    /// tallies | jobs | settings | history, beside records
    pub also: Vec<String>,
}
