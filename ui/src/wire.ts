// What goes between the window and the office. Made from the call list in src-tauri/desk/src/calls; do not edit.

/** Every call by name: what is asked, what is answered. */
export interface Calls {
  info: [Nothing, Info];
  list: [ListAsk, List];
  get: [GetAsk, Got];
  save: [SaveAsk, Saved];
  history: [HistoryAsk, History];
  undo: [StepAsk, Stepped];
  redo: [StepAsk, Stepped];
  search: [SearchAsk, Hits];
  year: [YearAsk, Year];
  copy_project: [CopyAsk, Copied];
  announcement: [TextAsk, Announcement];
  dates: [TextAsk, Reading];
  partners: [PartnersAsk, Partners];
  partner: [PartnerAsk, PartnerView];
  count: [CountAsk, Counted];
  uncount: [UncountAsk, Counted];
  counts: [CountsAsk, Counts];
  press: [PressAsk, Pressed];
  looks: [LooksAsk, Looks];
  panel_versions: [PanelVersionsAsk, PanelVersions];
  panels: [PanelsAsk, Panels];
  preflight: [PreflightAsk, Preflight];
  preflight_out: [PreflightOutAsk, Written];
  fix_panel: [FixPanelAsk, Saved];
  waive: [WaiveAsk, Saved];
  unwaive: [UnwaiveAsk, Saved];
  merge_plan: [MergeAsk, MergePlan];
  merge_make: [MergeAsk, Job];
  merge_follow: [MergeFollowAsk, Saved];
  merges: [MergesAsk, Merges];
  materials: [MaterialsAsk, Materials];
  materials_out: [MaterialsOutAsk, MaterialsOut];
  materials_in: [MaterialsInAsk, MaterialsIn];
  printers: [Nothing, Printers];
  export_panels: [ExportAsk, Job];
  jobs: [Nothing, Jobs];
  cancel_job: [JobAsk, Jobs];
  take_photos: [TakePhotosAsk, TakenPhotos];
  templates: [Nothing, Templates];
  bundle_out: [BundleOutAsk, BundleOut];
  bundle_in: [BundleInAsk, Merged];
  conflicts: [Nothing, Conflicts];
  settle: [SettleAsk, Conflicts];
  backup: [BackupAsk, Backups];
  backups: [Nothing, Backups];
  restore: [RestoreAsk, Info];
  recovery: [Nothing, Recovery];
  recover: [RecoverAsk, Recovered];
  roster_out: [RosterOutAsk, Written];
  result_out: [ResultOutAsk, Written];
  setting: [SettingAsk, Setting];
}

/** Every kind of record with its Japanese name. */
export const KIND_LABEL: Record<Kind, string> = {
  exhibition: "展示",
  tour_stop: "巡回",
  event: "イベント",
  event_day: "開催日",
  lecture: "講演会",
  speaker: "登壇者",
  support: "被災地支援",
  ward_programme: "各区の事業",
  plan_row: "計画",
  subsidy: "補助金",
  booth: "ブース",
  exhibitor: "出店者",
  roster_entry: "名簿",
  programme_slot: "プログラム",
  door: "入口",
  entered_total: "入力した人数",
  checklist_item: "期限",
  partner: "連携先",
  agreement: "協定",
  venue: "会場",
  space: "スペース",
  figure_entry: "数値",
  panel: "パネル",
  panel_merge: "差し込み",
  waiver: "見送り",
  material: "素材",
  panel_output: "出力",
  wall_place: "壁面",
  photo: "写真",
};

export type Agreement = {
  id: string;
  partner: string;
  partner_name: string;
  kind: string;
  title: string;
  signed: Period | null;
  ended: string;
  note: string;
  source: string;
};

/**
 * What a pasted announcement says. Unknown fields are null, lists empty.
 */
export type Announcement = {
  kind: AnnouncementKind | null;
  /**
   * 全国連携展示, 魅力発信イベント …
   */
  series: string | null;
  /**
   * The western year in which the 年度 begins.
   */
  fiscal_year: number | null;
  /**
   * 第N回
   */
  number: number | null;
  title: string | null;
  /**
   * As written, with its ～ ～.
   */
  subtitle: string | null;
  period: Period | null;
  venue: string | null;
  /**
   * 1階 エントランスホール
   */
  space: string | null;
  partners: Array<string>;
  contents: Array<string>;
  figures: Array<Figure>;
};

export type AnnouncementKind = "exhibition" | "event" | "lecture" | "agreement";

export type BackupAsk = {
  path?: string | null;
};

export type BackupLine = {
  path: string;
  at: string;
  bytes: number;
  reason: string;
};

export type Backups = {
  backups: Array<BackupLine>;
  folder: string;
};

export type Bar = {
  kind: Kind;
  id: string;
  title: string;
  sub: string;
  /**
   * ISO days, inclusive; empty when no day is known (see `undated`).
   */
  from: string;
  to: string;
  /**
   * day | month | year | fiscal_year | text
   */
  precision: string;
  label: string;
  status: string;
  undated: boolean;
  deadlines: Array<Due>;
  result: string;
};

/**
 * A place on the floor, in metres from the space's top-left corner.
 */
export type Booth = {
  id: string;
  project: string;
  code: string;
  section: string;
  x_m: number | null;
  y_m: number | null;
  w_m: number | null;
  d_m: number | null;
  circuit: string;
  pinned: boolean;
  note: string;
};

/**
 * How the number bounds the truth.
 */
export type Bound = "exact" | "about" | "over" | "under";

export type BundleInAsk = {
  path: string;
  passphrase?: string | null;
};

export type BundleOut = {
  path: string;
  bytes: number;
  chunks: number;
  tallies: number;
  photos: number;
};

export type BundleOutAsk = {
  path: string;
  passphrase?: string | null;
};

export type Change = {
  kind: Kind;
  id?: string | null;
  set?: { [key in string]: JsonValue };
  remove?: boolean;
};

/**
 * Announced after commit; whoever shows these kinds reads again.
 */
export type Changed = {
  kinds: Array<Kind>;
  projects: Array<string>;
  /**
   * tallies | jobs | settings | history, beside records
   */
  also: Array<string>;
};

export type ChecklistItem = {
  id: string;
  project: string;
  key: string;
  title: string;
  due: string;
  done: boolean;
  done_on: string;
  note: string;
  order: number;
};

export type Clash = {
  title: string;
  message: string;
  from: string;
  to: string;
  ids: Array<string>;
};

export type ConflictLine = {
  id: string;
  kind: Kind;
  record: string;
  title: string;
  field: string;
  field_label: string;
  values: Array<ConflictValue>;
};

export type ConflictValue = {
  value: JsonValue;
  label: string;
  chosen: boolean;
};

export type Conflicts = {
  conflicts: Array<ConflictLine>;
};

export type Copied = {
  id: string;
};

/**
 * Copies a project with its checklist, doors, booths and panel set into another fiscal year; days are not copied.
 */
export type CopyAsk = {
  kind: Kind;
  id: string;
  fiscal_year: number;
};

/**
 * One press of the counter. `category`: adult | child | group.
 */
export type CountAsk = {
  project: string;
  door: string;
  category: string;
  delta: number;
};

export type Counted = {
  device: string;
  seq: number;
  at: string;
  door_total: number;
  day_total: number;
};

/**
 * What was counted.
 */
export type Counting = "gross" | "net" | "unspecified";

export type Counts = {
  project: string;
  day: string;
  day_label: string;
  days: Array<DayCount>;
  doors: Array<DoorCount>;
  hours: Array<HourCount>;
  recent: Array<Press>;
  entered: Array<JsonValue>;
  /**
   * Printed meaning: 延べ1,158名.
   */
  total: number;
  total_label: string;
  entered_label: string;
  undo_label: string;
  quarantined: number;
};

export type CountsAsk = {
  project: string;
  day?: string;
};

export type DayCount = {
  day: string;
  label: string;
  total: number;
};

export type Deed = "approve" | { "replace_text": { at: string, from: string, to: string, } } | { "set_fields": Array<FieldValue> } | { "smaller_step": { block: number, } } | { "second_panel": { block: number, section: number | null, characters: number, } } | { "shorten": { block: number, characters: number, } };

/**
 * Where visitors are counted.
 */
export type Door = {
  id: string;
  project: string;
  name: string;
  order: number;
};

/**
 * Of the asked day; `all_days` over all days.
 */
export type DoorCount = {
  door: string;
  name: string;
  total: number;
  all_days: number;
  adult: number;
  child: number;
  group: number;
  groups: number;
  this_device: number;
  other_devices: number;
};

export type Due = {
  project: string;
  project_kind: Kind;
  project_title: string;
  item: string;
  key: string;
  title: string;
  date: string;
  label: string;
  done: boolean;
  late_days: number;
  working_days_left: number;
};

/**
 * A total that was counted elsewhere and entered by hand; never added to tallies of the other counting.
 */
export type EnteredTotal = {
  id: string;
  project: string;
  day: string;
  hour: number | null;
  door: string;
  value: number;
  /**
   * gross (延べ) | net (実) | unspecified
   */
  counting: string;
  approximate: boolean;
  bound: string;
  as_of: string;
  source: string;
  note: string;
};

export type Event = {
  id: string;
  /**
   * attraction | marche | networking | other
   */
  kind: string;
  series: string;
  fiscal_year: number;
  number: number | null;
  title: string;
  subtitle: string;
  period: Period | null;
  venue: string;
  venue_name: string;
  space: string;
  space_name: string;
  host: string;
  supporters: Array<string>;
  organisers: Array<string>;
  contents: Array<string>;
  partners: Array<string>;
  partner_names: Array<string>;
  recurring: boolean;
  status: string;
  note: string;
  result: string;
  /**
   * Contracted power of the floor in W.
   */
  power_w: number | null;
  /**
   * Limit of one circuit in W; the roster marks circuits above it.
   */
  circuit_w: number | null;
};

export type EventDay = {
  id: string;
  project: string;
  date: string;
  open: string;
  close: string;
  note: string;
};

/**
 * 全国連携展示 and its like.
 */
export type Exhibition = {
  id: string;
  series: string;
  fiscal_year: number;
  number: number | null;
  title: string;
  subtitle: string;
  theme: string;
  period: Period | null;
  venue: string;
  venue_name: string;
  space: string;
  space_name: string;
  /**
   * Ids of partners.
   */
  partners: Array<string>;
  partner_names: Array<string>;
  organisers: Array<string>;
  contents: Array<string>;
  panel_themes: Array<string>;
  credits: Array<string>;
  /**
   * plan | held | fixed | open | closed
   */
  status: string;
  /**
   * Theme, paper and print settings of the panel set.
   */
  press_theme: string;
  press_paper: string;
  note: string;
  result: string;
};

/**
 * A shop or municipality that shows or sells; it comes back year after year.
 */
export type Exhibitor = {
  id: string;
  partner: string;
  name: string;
  kana: string;
  contact: string;
  tel: string;
  mail: string;
  address: string;
  note: string;
};

/**
 * Presses panels into files in the background; progress comes with `changed`.
 * `printer` names a printer's wishes and goes before `mode`; `tiles` is the paper of tiles: A3, A4, A3 landscape, …
 */
export type ExportAsk = {
  exhibition: string;
  panels?: Array<string>;
  mode?: string;
  printer?: string;
  cover?: boolean;
  tiles?: string;
  folder: string;
  one_file?: boolean;
  paper?: string | null;
  /**
   * Writes files for the printing firm although errors are left.
   */
  although?: boolean;
};

export type Fault = {
  kind: FaultKind;
  /**
   * One Japanese sentence: what happened, with the file, row or field.
   */
  message: string;
  /**
   * What to do next; empty if there is nothing.
   */
  hint: string;
};

export type FaultKind = "bad_call" | "bad_field" | "not_found" | "bad_file" | "cannot_write" | "workspace" | "conflict" | "passphrase" | "not_ready" | "cancelled" | "internal";

/**
 * Which column of the list fills a field of the template.
 */
export type FieldMatch = {
  field: string;
  column: string;
};

export type FieldValue = {
  /**
   * JSON pointer from the top of the document.
   */
  at: string;
  value: JsonValue;
};

export type Figure = {
  /**
   * None where the text says no single number (300～400名).
   */
  value: number | null;
  /**
   * 名, 自治体, 団体 …; empty if there is none.
   */
  unit: string;
  counting: Counting;
  /**
   * The source says 約, およそ, 程度.
   */
  approximate: boolean;
  bound: Bound;
  as_of: Period | null;
  source: string | null;
  /**
   * The words it was read from.
   */
  text: string;
};

/**
 * A published figure that keeps its meaning.
 */
export type FigureEntry = {
  id: string;
  /**
   * Project or partner it speaks of; empty for the whole project.
   */
  subject: string;
  name: string;
  value: number | null;
  unit: string;
  counting: string;
  approximate: boolean;
  /**
   * exact | about | over | under
   */
  bound: string;
  as_of: Period | null;
  source: string;
  text: string;
};

export type FileFault = {
  file: string;
  message: string;
  hint: string;
};

export type Fix = {
  /**
   * What the button says.
   */
  label: string;
  deed: Deed;
};

/**
 * Applies one fix as one undoable step.
 */
export type FixPanelAsk = {
  panel: string;
  label: string;
  deed: Deed;
};

export type GetAsk = {
  kind: Kind;
  id: string;
};

export type Got = {
  record: JsonValue | null;
};

export type History = {
  steps: Array<Step>;
  undo: Step | null;
  redo: Step | null;
};

export type HistoryAsk = {
  project?: string;
  limit: number;
};

export type Hit = {
  kind: Kind;
  id: string;
  project: string;
  title: string;
  sub: string;
};

export type Hits = {
  hits: Array<Hit>;
};

export type Holiday = {
  date: string;
  name: string;
};

export type HourCount = {
  hour: number;
  total: number;
  doors: Array<number>;
};

export type Info = {
  folder: string;
  version: string;
  device: string;
  device_name: string;
  sample: boolean;
  fonts_ok: boolean;
  fonts_folder: string;
  last_backup: string | null;
  database_bytes: number;
  photos: number;
  conflicts: number;
  /**
   * Today on this laptop, YYYY-MM-DD, and its fiscal year.
   */
  today: string;
  fiscal_year: number;
  saved_at: string | null;
};

export type Job = {
  id: string;
  title: string;
  done: number;
  of: number;
  finished: boolean;
  cancelled: boolean;
  results: Array<string>;
  faults: Array<string>;
  folder: string;
};

export type JobAsk = {
  id: string;
};

export type Jobs = {
  jobs: Array<Job>;
};

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * Which noun. On the wire the table name.
 */
export type Kind = "exhibition" | "tour_stop" | "event" | "event_day" | "lecture" | "speaker" | "support" | "ward_programme" | "plan_row" | "subsidy" | "booth" | "exhibitor" | "roster_entry" | "programme_slot" | "door" | "entered_total" | "checklist_item" | "partner" | "agreement" | "venue" | "space" | "figure_entry" | "panel" | "panel_merge" | "waiver" | "material" | "panel_output" | "wall_place" | "photo";

export type Lecture = {
  id: string;
  series: string;
  fiscal_year: number;
  number: number | null;
  title: string;
  subtitle: string;
  period: Period | null;
  /**
   * venue | online | both
   */
  mode: string;
  venue: string;
  venue_name: string;
  parts: Array<string>;
  groups: number | null;
  materials: Array<string>;
  status: string;
  note: string;
  result: string;
};

export type List = {
  records: Array<JsonValue>;
  total: number;
};

/**
 * `equals` keeps records whose field has this value; `project` is the usual one.
 */
export type ListAsk = {
  kind: Kind;
  equals?: { [key in string]: JsonValue };
  search?: string;
  limit?: number | null;
};

export type Look = {
  kind: string;
  name: string;
  url: string;
};

export type Looks = {
  looks: Array<Look>;
};

/**
 * The same content in other clothes: a small picture for each of these templates, themes and papers.
 */
export type LooksAsk = {
  content: string;
  templates?: Array<string>;
  themes?: Array<string>;
  papers?: Array<string>;
};

/**
 * `stale`: the template has changed since it was made.
 */
export type MadePanel = {
  panel: string;
  number: number;
  title: string;
  stale: boolean;
  overrides: Array<Override>;
};

/**
 * One material asked of one partner: the matrix city × item.
 */
export type Material = {
  id: string;
  project: string;
  partner: string;
  item: string;
  status: string;
  due: string;
  received_on: string;
  note: string;
};

/**
 * `material` is the record, if one was asked for; `note` holds the words that came.
 */
export type MaterialCell = {
  item: string;
  material: string | null;
  status: string;
  due: string;
  due_label: string;
  late_days: number;
  received_on: string;
  note: string;
};

export type MaterialRead = {
  partner: string;
  name: string;
  file: string;
  received: Array<string>;
  missing: Array<string>;
};

export type MaterialRow = {
  partner: string;
  name: string;
  kana: string;
  contact: string;
  cells: Array<MaterialCell>;
};

/**
 * The cells of a row stand in the order of `items`; `usual` is what is usually asked.
 */
export type Materials = {
  items: Array<string>;
  usual: Array<string>;
  rows: Array<MaterialRow>;
  counts: Array<StatusCount>;
  late: number;
};

/**
 * 素材: partners × items of an exhibition.
 */
export type MaterialsAsk = {
  exhibition: string;
};

export type MaterialsIn = {
  read: Array<MaterialRead>;
  faults: Array<FileFault>;
  photos: number;
  step: Step | null;
};

/**
 * Reads all returned sheets and photos of a folder, and of the folders in it, as one undoable step.
 */
export type MaterialsInAsk = {
  exhibition: string;
  folder: string;
};

export type MaterialsOut = {
  files: Array<string>;
  step: Step | null;
};

/**
 * Writes a request sheet (Excel) for each partner, all of them if none is named, and notes what was asked until when (YYYY-MM-DD).
 */
export type MaterialsOutAsk = {
  exhibition: string;
  partners?: Array<string>;
  items: Array<string>;
  due?: string;
  folder: string;
};

/**
 * A list merged into a template panel. `source`: partners | roster | file. Where no folder of pictures is told they lie beside the list.
 */
export type MergeAsk = {
  exhibition: string;
  template: string;
  source: string;
  source_id?: string;
  ids?: Array<string>;
  file?: string;
  sheet?: string;
  pictures?: string;
  matches?: Array<FieldMatch>;
  /**
   * The merge to go on with; that of the template if absent.
   */
  merge?: string;
};

export type MergeField = {
  name: string;
  picture: boolean;
  required: boolean;
  column: string;
  sample: string;
};

/**
 * Lets the made panels follow their changed template; what was changed by hand stays.
 */
export type MergeFollowAsk = {
  merge: string;
};

export type MergeLine = {
  id: string;
  template: string;
  title: string;
  source: string;
  source_id: string;
  file: string;
  sheet: string;
  pictures: string;
  matches: Array<FieldMatch>;
  stale: number;
  panels: Array<MadePanel>;
};

export type MergePlan = {
  sheet: string;
  sheets: Array<string>;
  columns: Array<string>;
  fields: Array<MergeField>;
  rows: number;
  good: number;
  faults: Array<RowFault>;
  faults_total: number;
  samples: Array<MergeSample>;
  /**
   * Panels that this merge has made before.
   */
  existing: number;
};

export type MergeSample = {
  label: string;
  url: string;
};

export type Merged = {
  chunks: number;
  tallies: number;
  photos: number;
  quarantined: number;
  conflicts: number;
  already: boolean;
  from_device: string;
  backup: string;
};

export type Merges = {
  merges: Array<MergeLine>;
};

export type MergesAsk = {
  exhibition: string;
};

export type NameLabel = {
  name: string;
  label: string;
};

export type Nothing = Record<symbol, never>;

/**
 * A field that was changed by hand since it was made.
 */
export type Override = {
  /**
   * JSON pointer into the content as it is now.
   */
  at: string;
  made: JsonValue;
  now: JsonValue;
};

export type Panel = {
  id: string;
  project: string;
  number: number;
  partner: string;
  title: string;
  /**
   * The content document of the press, JSON text.
   */
  content: string;
  /**
   * none (未依頼) | asked (依頼中) | received (受領) | proofing (校正中) | approved (校了)
   */
  status: string;
  version: number;
  approved_on: string;
  note: string;
  /**
   * The merge that made it and the row's key in its list; empty for a panel made by hand.
   */
  merge: string;
  row_key: string;
  /**
   * The row's values and the content as it was made, JSON text: what differs now was changed by hand.
   */
  row_values: string;
  as_made: string;
};

/**
 * Where a block stands, in reading order; places are x, y, width, height in mm on the trim. A ghost says nothing yet and shows where it will stand.
 */
export type PanelArea = {
  block: number;
  place: Array<number>;
  ghost: boolean;
  texts: Array<PanelText>;
  picture: PanelPicture | null;
};

export type PanelFindings = {
  panel: string;
  number: number;
  title: string;
  status: string;
  ready: boolean;
  findings: Array<PanelNotice>;
};

export type PanelLine = {
  id: string;
  number: number;
  title: string;
  partner: string;
  status: string;
  version: number;
  template: string;
  thumb: string;
  errors: number;
  warnings: number;
};

/**
 * A list merged into a template panel.
 */
export type PanelMerge = {
  id: string;
  project: string;
  template: string;
  title: string;
  /**
   * partners | roster | file
   */
  source: string;
  source_id: string;
  file: string;
  sheet: string;
  pictures: string;
  matches: Array<FieldMatch>;
};

export type PanelNotice = {
  level: string;
  code: string;
  message: string;
  hint: string;
  block: number | null;
  page: number;
  place: Array<number> | null;
  /**
   * Where it is, in words: 本文（左25・上120 mm）; `at` is a JSON pointer to the string that it speaks of.
   */
  spot: string;
  at: string | null;
  fixes: Array<Fix>;
  /**
   * Fingerprint of this very finding; a waiver names it.
   */
  mark: string;
  waived: Waived | null;
};

/**
 * What was pressed, when and as which version.
 */
export type PanelOutput = {
  id: string;
  project: string;
  panel: string;
  mode: string;
  version: number;
  at: string;
  file: string;
  hash: string;
  bytes: number;
  errors: number;
  warnings: number;
};

export type PanelPicture = {
  frame: Array<number>;
  whole: Array<number>;
};

/**
 * A text of a block by its path in the block's JSON; lengths in mm, `face` is the name of a face's file.
 */
export type PanelText = {
  path: string;
  place: Array<number>;
  measure: number;
  face: string;
  size: number;
  leading: number;
  ink: string;
  upright: boolean;
};

export type PanelVersion = {
  step: string;
  label: string;
  at: string;
  content: string;
  proof: number | null;
};

export type PanelVersions = {
  versions: Array<PanelVersion>;
};

/**
 * What a panel said before: after each step that changed it, the latest first. `proof` is the version of the proof that was made of it.
 */
export type PanelVersionsAsk = {
  panel: string;
};

export type Panels = {
  panels: Array<PanelLine>;
  counts: Array<StatusCount>;
};

export type PanelsAsk = {
  exhibition: string;
};

export type Partner = {
  id: string;
  /**
   * prefecture | municipality | association | company | ward | other
   */
  kind: string;
  /**
   * 団体コード, six digits.
   */
  code: string;
  name: string;
  kana: string;
  prefecture: string;
  members: Array<string>;
  contact: string;
  tel: string;
  mail: string;
  site_member: boolean;
  note: string;
};

export type PartnerAsk = {
  id: string;
};

export type PartnerCount = {
  kind: string;
  label: string;
  count: number;
};

export type PartnerHistory = {
  kind: Kind;
  id: string;
  fiscal_year: number;
  year_label: string;
  title: string;
  sub: string;
};

export type PartnerLine = {
  id: string;
  kind: string;
  name: string;
  kana: string;
  prefecture: string;
  code: string;
  members: number;
  agreement: boolean;
};

export type PartnerView = {
  line: PartnerLine;
  record: JsonValue | null;
  members: Array<PartnerLine>;
  associations: Array<PartnerLine>;
  agreements: Array<JsonValue>;
  same_prefecture: Array<PartnerLine>;
  history: Array<PartnerHistory>;
  figures: Array<JsonValue>;
};

export type Partners = {
  partners: Array<PartnerLine>;
  total: number;
  counts: Array<PartnerCount>;
};

/**
 * `text` is matched against name, reading and code; a single kana row letter such as た matches the whole row.
 */
export type PartnersAsk = {
  text: string;
  kinds?: Array<string>;
  prefecture?: string;
  row?: string;
  offset: number;
  limit: number;
};

export type Period = {
  precision: Precision;
  /**
   * At the stated precision; empty for text.
   */
  from: string;
  to: string;
  /**
   * Only where single days are listed.
   */
  days: Array<string>;
  /**
   * Start and end of each session: `14:00`, `21:00`.
   */
  hours: Array<string>;
  /**
   * The words it was read from.
   */
  text: string;
};

export type Photo = {
  id: string;
  /**
   * blake3 of the bytes; the file in the media folder bears this name.
   */
  hash: string;
  file_name: string;
  width: number;
  height: number;
  bytes: number;
  title: string;
  credit: string;
  permission: string;
  permission_expires: string;
  partner: string;
  note: string;
};

/**
 * Something on a floor plan, metres from the top-left corner.
 */
export type PlanItem = {
  /**
   * wall | door | exit | power | water | extinguisher | stage | pr | column
   */
  kind: string;
  label: string;
  x_m: number;
  y_m: number;
  w_m: number;
  d_m: number;
};

/**
 * One row of the four-year plan: 区分 × 年度 with results.
 */
export type PlanRow = {
  id: string;
  title: string;
  order: number;
  years: Array<PlanYear>;
  note: string;
};

export type PlanYear = {
  fiscal_year: number;
  plan: string;
  result: string;
};

export type Precision = "day" | "month" | "year" | "fiscal_year" | "text";

export type Preflight = {
  exhibition: string;
  title: string;
  /**
   * 入稿可: no error is left that is not waived.
   */
  ready: boolean;
  errors: number;
  warnings: number;
  advice: number;
  waived: number;
  panels: Array<PanelFindings>;
};

/**
 * The report over the set of an exhibition, or some of its panels.
 */
export type PreflightAsk = {
  exhibition: string;
  panels?: Array<string>;
};

/**
 * `.pdf` or `.csv`, by the ending of the path.
 */
export type PreflightOutAsk = {
  exhibition: string;
  panels?: Array<string>;
  path: string;
};

export type Press = {
  at: string;
  door: string;
  category: string;
  delta: number;
  device: string;
  seq: number;
  compensates: boolean;
};

/**
 * Lays out a saved panel, or `content` in its stead while typing.
 */
export type PressAsk = {
  panel?: string | null;
  content?: string | null;
  paper?: string | null;
  theme?: string | null;
};

export type Pressed = {
  pages: Array<PressedPage>;
  notices: Array<PanelNotice>;
  millis: number;
};

/**
 * `url` is for the window's own `tenji:` scheme: the page as SVG.
 */
export type PressedPage = {
  url: string;
  width_mm: number;
  height_mm: number;
  bleed_mm: number;
  areas: Array<PanelArea>;
};

export type PrinterLine = {
  name: string;
  label: string;
  note: string;
  mode: string;
  outlined: boolean;
  one_file: boolean;
  cover: boolean;
  bleed_mm: number;
  marks: boolean;
  file: string;
  fault: string | null;
};

/**
 * Shipped printers and the user's own, whose files lie in `folder`; one that cannot be read says why.
 */
export type Printers = {
  printers: Array<PrinterLine>;
  folder: string;
};

export type ProgrammeSlot = {
  id: string;
  project: string;
  day: string;
  start: string;
  end: string;
  /**
   * stage | pr | workshop
   */
  place: string;
  title: string;
  performer: string;
  kind: string;
  note: string;
};

/**
 * What a date text says.
 */
export type Reading = {
  result: ReadingResult;
  /**
   * At the stated precision: `2025-11-08`, `2019-09`, `2022`; null where nothing exact was read.
   */
  from: string | null;
  to: string | null;
  precision: Precision | null;
  /**
   * Only where single days are listed.
   */
  days: Array<string>;
  /**
   * Start and end: `14:00`, `21:00`.
   */
  hours: Array<string>;
  weekday: WeekdayCheck;
  wareki: string | null;
  seireki: string | null;
  /**
   * What to look at; empty where all is well.
   */
  message: string;
};

export type ReadingResult = "ok" | "warn" | "error" | "unsupported";

/**
 * Field types by kind, for the interface.
 */
export type RecordTypes = {
  exhibition: Exhibition;
  tour_stop: TourStop;
  event: Event;
  event_day: EventDay;
  lecture: Lecture;
  speaker: Speaker;
  support: Support;
  ward_programme: WardProgramme;
  plan_row: PlanRow;
  subsidy: Subsidy;
  booth: Booth;
  exhibitor: Exhibitor;
  roster_entry: RosterEntry;
  programme_slot: ProgrammeSlot;
  door: Door;
  entered_total: EnteredTotal;
  checklist_item: ChecklistItem;
  partner: Partner;
  agreement: Agreement;
  venue: Venue;
  space: Space;
  figure_entry: FigureEntry;
  panel: Panel;
  panel_merge: PanelMerge;
  waiver: Waiver;
  material: Material;
  panel_output: PanelOutput;
  wall_place: WallPlace;
  photo: Photo;
};

export type RecoverAsk = {
  path: string;
};

/**
 * `aside`: the folder in which the damaged database now lies.
 */
export type Recovered = {
  folder: string;
  aside: string;
};

/**
 * What a workspace that does not open could go back to. `closed` is false where it is open; `damaged` false where a backup is no cure.
 */
export type Recovery = {
  closed: boolean;
  folder: string;
  reason: string;
  hint: string;
  damaged: boolean;
  /**
   * The last thing written in the damaged database, as far as it can be read.
   */
  last_at: string;
  last_label: string;
  photos: number;
  backups: Array<RecoveryLine>;
};

export type RecoveryLine = {
  path: string;
  at: string;
  bytes: number;
  reason: string;
  exhibitions: number;
  events: number;
  panels: number;
  roster: number;
  tallies: number;
  last_at: string;
  last_label: string;
};

export type RestoreAsk = {
  path: string;
};

/**
 * 実施報告書 of an event as Excel.
 */
export type ResultOutAsk = {
  project: string;
  path: string;
};

/**
 * One line of 出店者名簿.
 */
export type RosterEntry = {
  id: string;
  project: string;
  order: number;
  booth: string;
  exhibitor: string;
  partner: string;
  name: string;
  kana: string;
  products: string;
  booth_class: string;
  days: Array<string>;
  tables: number | null;
  chairs: number | null;
  power_w: number | null;
  circuit: string;
  water: boolean;
  fire: boolean;
  licences: Array<string>;
  contact: string;
  tel: string;
  /**
   * applied (申込) | check (要確認) | papers (書類未着) | fixed (確定) | arrived (到着) | open (営業) | left (撤収) | cancelled (取消)
   */
  status: string;
  /**
   * Check-in times by day: "2025-11-08T08:40".
   */
  checked_in: Array<string>;
  note: string;
};

/**
 * The roster as CSV or Excel text out; a pasted table in.
 */
export type RosterOutAsk = {
  project: string;
  path: string;
};

/**
 * What is wrong with one row, and where it stands.
 */
export type RowFault = {
  file: string;
  sheet: string;
  /**
   * As Excel counts, the head is row 1.
   */
  row: number;
  /**
   * Whose row it is, where that is known.
   */
  name: string;
  field: string;
  message: string;
};

/**
 * Changes some fields of one record; makes it if `id` is absent. `label` names the step: 会期を変更.
 */
export type SaveAsk = {
  label: string;
  changes: Array<Change>;
};

export type Saved = {
  ids: Array<string>;
  step: Step | null;
};

export type SearchAsk = {
  text: string;
  limit: number;
};

export type Setting = {
  value: JsonValue | null;
};

/**
 * Small memories of the window (room, fiscal year, column widths); local to this laptop, never merged.
 */
export type SettingAsk = {
  key: string;
  value?: JsonValue | null;
};

export type SettleAsk = {
  conflict: string;
  value: JsonValue;
};

/**
 * A hall or floor of a venue, in metres.
 */
export type Space = {
  id: string;
  venue: string;
  name: string;
  width_m: number | null;
  depth_m: number | null;
  height_m: number | null;
  plan: Array<PlanItem>;
  power_w: number | null;
  note: string;
};

export type Speaker = {
  id: string;
  project: string;
  order: number;
  role: string;
  municipality: string;
  department: string;
  post: string;
  name: string;
  kana: string;
  talk: string;
};

export type StatusCount = {
  status: string;
  label: string;
  count: number;
};

/**
 * One undoable step of this laptop.
 */
export type Step = {
  id: string;
  label: string;
  at: string;
  undone: boolean;
  project: string;
};

/**
 * Takes back (or does again) the named step, the latest if absent.
 */
export type StepAsk = {
  step?: string | null;
};

export type Stepped = {
  step: Step | null;
  history: History;
};

export type Subsidy = {
  id: string;
  title: string;
  fiscal_year: number | null;
  amount_yen: number | null;
  partner: string;
  status: string;
  note: string;
};

/**
 * 被災地支援: grants and staff dispatches.
 */
export type Support = {
  id: string;
  /**
   * grant | dispatch
   */
  kind: string;
  fiscal_year: number | null;
  title: string;
  as_of: string;
  prefectures: Array<string>;
  columns: Array<string>;
  rows: Array<Array<string>>;
  note: string;
};

export type TakePhotosAsk = {
  paths: Array<string>;
  partner?: string;
};

export type TakenPhotos = {
  photos: Array<string>;
  hashes: Array<string>;
  faults: Array<FileFault>;
};

export type TemplateLine = {
  name: string;
  label: string;
  blank: string;
};

/**
 * The shipped ones and the workspace's own; `faults` names the files of its own that cannot be used.
 */
export type Templates = {
  templates: Array<TemplateLine>;
  themes: Array<ThemeLine>;
  papers: Array<NameLabel>;
  faults: Array<FileFault>;
};

export type TextAsk = {
  text: string;
};

/**
 * A content's `theme` is the name, or for a theme of one's own the JSON of `own`: so it travels with the content.
 */
export type ThemeLine = {
  name: string;
  label: string;
  own: string | null;
};

/**
 * One stop of a tour (巡回展示); the same venue may come again.
 */
export type TourStop = {
  id: string;
  project: string;
  order: number;
  venue: string;
  venue_name: string;
  host: string;
  period: Period | null;
  /**
   * plan | fixed | sent | open | returned
   */
  status: string;
  due_back: string;
  condition: string;
  note: string;
};

/**
 * Compensates the latest press of this laptop at this door that still stands.
 */
export type UncountAsk = {
  project: string;
  door: string;
};

export type UnwaiveAsk = {
  waiver: string;
};

export type Venue = {
  id: string;
  name: string;
  kana: string;
  address: string;
  contact: string;
  tel: string;
  hire: string;
  note: string;
};

export type WaiveAsk = {
  panel: string;
  mark: string;
  reason: string;
};

/**
 * The waiver that covers a finding.
 */
export type Waived = {
  id: string;
  reason: string;
  on: string;
};

/**
 * A finding of the preflight that was let pass, with the reason. `mark` is the fingerprint of the finding: it is void when that changes.
 */
export type Waiver = {
  id: string;
  project: string;
  panel: string;
  mark: string;
  code: string;
  message: string;
  reason: string;
  on: string;
};

/**
 * A panel on a wall, in metres from the wall's left end and the floor.
 */
export type WallPlace = {
  id: string;
  project: string;
  panel: string;
  wall: string;
  x_m: number;
  y_m: number;
};

/**
 * A ward's own programme (各区の連携事業).
 */
export type WardProgramme = {
  id: string;
  ward: string;
  title: string;
  partners: Array<string>;
  partner_names: Array<string>;
  fiscal_year: number | null;
  period: Period | null;
  note: string;
};

export type WeekdayCheck = "ok" | "mismatch" | "none";

export type Written = {
  path: string;
};

/**
 * `undated`: wards' programmes of no known year; they stand in no lane.
 */
export type Year = {
  fiscal_year: number;
  label: string;
  bars: Array<Bar>;
  undated: Array<Bar>;
  due: Array<Due>;
  clashes: Array<Clash>;
  holidays: Array<Holiday>;
  totals: Array<YearTotal>;
  years: Array<number>;
};

export type YearAsk = {
  fiscal_year: number;
};

export type YearTotal = {
  label: string;
  count: number;
  note: string;
};
