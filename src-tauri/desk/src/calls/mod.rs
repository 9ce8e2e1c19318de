//! The call list: every ask the window and the terminal can make, by name. Dispatcher and `wire.ts` come from this one list.
pub mod wire;
pub mod wire_types;

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
            panels: PanelsAsk => Panels,
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
            roster_out: RosterOutAsk => Written,
            setting: SettingAsk => Setting,
        }
    };
}
pub(crate) use each_call;
