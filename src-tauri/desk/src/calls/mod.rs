//! The call list: every ask the window and the terminal can make, by name. Dispatcher and `wire.ts` come from this one list.
//!
//! Each room answers some calls: it knows the records and the wire, and never the window.
mod counting;
mod deadlines;
mod editing;
mod dress;
mod exports;
mod history;
mod materials;
mod merge_lists;
mod merges;
mod order;
mod panels;
mod partners;
mod photos;
mod preflight;
mod projects;
mod records;
mod results;
mod roster;
mod templates;
pub mod wire;
pub mod wire_types;
mod workspace;
mod year;

use crate::Desk;
use crate::fault::{Fault, FaultKind, Result};
use crate::model::announcement::Announcement;
use crate::model::date::Reading;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use wire_types::*;

use counting::{count, counts, uncount};
use editing::{looks, panel_versions};
use exports::{cancel_job, export_panels, jobs};
use materials::{materials, materials_in, materials_out};
use history::{conflicts, history, redo, settle, undo};
use merges::{merge_follow, merge_make, merge_plan, merges};
use order::printers;
use panels::{panels, press};
use templates::templates;
use partners::{partner, partners};
use photos::take_photos;
use preflight::{fix_panel, preflight, preflight_out, unwaive, waive};
use projects::copy_project;
use records::{get, list, save, search};
use results::result_out;
use roster::roster_out;
use workspace::{announcement, backup, backups, bundle_in, bundle_out, dates, info, recover, recovery, restore, setting};
use year::year;

pub use dress::{own_template, own_theme};
pub use exports::{export_now, job_done};
pub use panels::content;
pub(crate) use editing::look;
pub(crate) use roster::guarded;
pub(crate) use panels::thumb;

/// Hands the list to a macro: name, ask, answer. Adding a call is adding a line here and a function of that name.
macro_rules! each_call {
    ($then:ident) => {
        $then! {
            info: Nothing => Info,
            list: ListAsk => List,
            get: GetAsk => Got,
            save: SaveAsk => Saved,
            history: HistoryAsk => History,
            undo: StepAsk => Stepped,
            redo: StepAsk => Stepped,
            search: SearchAsk => Hits,
            year: YearAsk => Year,
            copy_project: CopyAsk => Copied,
            announcement: TextAsk => Announcement,
            dates: TextAsk => Reading,
            partners: PartnersAsk => Partners,
            partner: PartnerAsk => PartnerView,
            count: CountAsk => Counted,
            uncount: UncountAsk => Counted,
            counts: CountsAsk => Counts,
            press: PressAsk => Pressed,
            looks: LooksAsk => Looks,
            panel_versions: PanelVersionsAsk => PanelVersions,
            panels: PanelsAsk => Panels,
            preflight: PreflightAsk => Preflight,
            preflight_out: PreflightOutAsk => Written,
            fix_panel: FixPanelAsk => Saved,
            waive: WaiveAsk => Saved,
            unwaive: UnwaiveAsk => Saved,
            merge_plan: MergeAsk => MergePlan,
            merge_make: MergeAsk => Job,
            merge_follow: MergeFollowAsk => Saved,
            merges: MergesAsk => Merges,
            materials: MaterialsAsk => Materials,
            materials_out: MaterialsOutAsk => MaterialsOut,
            materials_in: MaterialsInAsk => MaterialsIn,
            printers: Nothing => Printers,
            export_panels: ExportAsk => Job,
            jobs: Nothing => Jobs,
            cancel_job: JobAsk => Jobs,
            take_photos: TakePhotosAsk => TakenPhotos,
            templates: Nothing => Templates,
            bundle_out: BundleOutAsk => BundleOut,
            bundle_in: BundleInAsk => Merged,
            conflicts: Nothing => Conflicts,
            settle: SettleAsk => Conflicts,
            backup: BackupAsk => Backups,
            backups: Nothing => Backups,
            restore: RestoreAsk => Info,
            recovery: Nothing => Recovery,
            recover: RecoverAsk => Recovered,
            roster_out: RosterOutAsk => Written,
            result_out: ResultOutAsk => Written,
            setting: SettingAsk => Setting,
        }
    };
}
pub(crate) use each_call;

macro_rules! dispatcher {
    ($($name:ident: $ask:ident => $answer:ident,)*) => {
        /// Names of all calls.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// Answers one call by its name.
        pub async fn call(desk: &Arc<Desk>, name: &str, ask: Value) -> Result<Value> {
            match name {
                $(stringify!($name) => {
                    let ask: $ask = read(name, ask)?;
                    let answered: $answer = $name(desk, ask).await?;
                    written(&answered)
                })*
                _ => Err(Fault::new(FaultKind::BadCall, format!("「{name}」という呼び出しはありません"), format!("使えるのは {}", NAMES.join("、")))),
            }
        }
    };
}
each_call!(dispatcher);

pub(crate) fn read<T: DeserializeOwned>(name: &str, ask: Value) -> Result<T> {
    let ask = if ask.is_null() { Value::Object(Default::default()) } else { ask };
    serde_path_to_error::deserialize(&ask).map_err(|e| {
        let said = crate::misread::misread(&e.inner().to_string());
        let path = e.path().to_string();
        let path = if path == "." { "" } else { path.as_str() };
        // serde tells a field that is unknown with its path, and one that is missing without.
        let whole = match (path, said.name.as_str()) {
            (path, "") => path.to_owned(),
            ("", name) => name.to_owned(),
            (path, name) if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
            (path, name) => format!("{path}.{name}"),
        };
        let place = if whole.is_empty() { String::new() } else { format!("の「{whole}」") };
        Fault::new(FaultKind::BadCall, format!("呼び出し「{name}」{place}{}", said.why), said.hint)
    })
}

pub(crate) fn written<T: Serialize>(answer: &T) -> Result<Value> {
    serde_json::to_value(answer).map_err(|e| Fault::new(FaultKind::Internal, format!("答えを書けません（{e}）"), ""))
}

pub(crate) use crate::clock::today;
