-- The first shape of a workspace: what really happened (change chunks, tallies), and what is read from it (one table a noun).
-- A released migration is never edited, not by a byte; a new noun or field comes with a new file.

-- ── What everything else can be made from ───────────────────────────────────────────────────────────
-- One change of one document, as Automerge wrote it. `n` is the order of arrival here and means nothing elsewhere.
CREATE TABLE "chunk" (
    "n" INTEGER PRIMARY KEY AUTOINCREMENT,
    "hash" TEXT NOT NULL UNIQUE,
    "document" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL,
    "received_at" TEXT NOT NULL
);
CREATE INDEX "chunk_by_document" ON "chunk" ("document", "n");
CREATE TRIGGER "chunk_is_never_changed" BEFORE UPDATE ON "chunk" BEGIN SELECT RAISE(ABORT, 'a chunk is never changed'); END;
CREATE TRIGGER "chunk_is_never_removed" BEFORE DELETE ON "chunk" BEGIN SELECT RAISE(ABORT, 'a chunk is never removed'); END;

-- Heads of each document, and now and then the whole of it in one piece so that loading stays fast.
CREATE TABLE "document" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "heads" TEXT NOT NULL DEFAULT '',
    "snapshot" BLOB,
    "snapshot_upto" INTEGER NOT NULL DEFAULT 0
);

-- One press of a visitor counter. A correction is another row with the opposite number.
CREATE TABLE "tally" (
    "device" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "project" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "delta" INTEGER NOT NULL,
    "compensates" INTEGER,
    PRIMARY KEY ("device", "seq")
) WITHOUT ROWID;
CREATE INDEX "tally_compensated" ON "tally" ("device", "compensates") WHERE "compensates" IS NOT NULL;
CREATE TRIGGER "tally_is_never_changed" BEFORE UPDATE ON "tally" BEGIN SELECT RAISE(ABORT, 'a tally is never changed'); END;
CREATE TRIGGER "tally_is_never_removed" BEFORE DELETE ON "tally" BEGIN SELECT RAISE(ABORT, 'a tally is never removed'); END;

-- The same key with other content. Of all contents of a key the one with the smallest hash counts, on every laptop alike.
CREATE TABLE "quarantine" (
    "device" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "received_at" TEXT NOT NULL,
    PRIMARY KEY ("device", "seq", "hash")
) WITHOUT ROWID;

-- Sums by day and by hour, kept by trigger in the same transaction as the tally itself.
CREATE TABLE "tally_day" (
    "project" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "door" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "presses" INTEGER NOT NULL,
    PRIMARY KEY ("project", "day", "door", "category", "device")
) WITHOUT ROWID;
CREATE TABLE "tally_hour" (
    "project" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "door" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    PRIMARY KEY ("project", "day", "hour", "door")
) WITHOUT ROWID;
-- `presses` counts what stands: a compensating row takes one away.
CREATE TRIGGER "tally_adds_up" AFTER INSERT ON "tally" BEGIN
    INSERT INTO "tally_day" VALUES (NEW."project", NEW."day", NEW."door", NEW."category", NEW."device", NEW."delta", IIF(NEW."compensates" IS NULL, 1, -1))
        ON CONFLICT DO UPDATE SET "total" = "total" + excluded."total", "presses" = "presses" + excluded."presses";
    INSERT INTO "tally_hour" VALUES (NEW."project", NEW."day", NEW."hour", NEW."door", NEW."delta")
        ON CONFLICT DO UPDATE SET "total" = "total" + excluded."total";
END;

-- ── Of this laptop only; never merged ───────────────────────────────────────────────────────────────
CREATE TABLE "step" (
    "n" INTEGER PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL UNIQUE,
    "label" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    -- Null while the step stands; else in which order it was taken back, negative once something else was done since.
    "undone" INTEGER
);
CREATE INDEX "step_by_project" ON "step" ("project", "n");
CREATE TABLE "step_change" (
    "step" INTEGER NOT NULL REFERENCES "step" ("n") ON DELETE CASCADE,
    "i" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    PRIMARY KEY ("step", "i")
) WITHOUT ROWID;
CREATE TABLE "device" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    -- What this laptop and folder looked like when the id was given, and the token of the last run; another look gets another id.
    "marker" TEXT NOT NULL,
    "run" TEXT NOT NULL
);
CREATE TABLE "setting" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL);
CREATE TABLE "media" ("hash" TEXT PRIMARY KEY NOT NULL, "bytes" INTEGER NOT NULL, "kept_at" TEXT NOT NULL);
CREATE TABLE "backup" ("path" TEXT PRIMARY KEY NOT NULL, "at" TEXT NOT NULL, "bytes" INTEGER NOT NULL, "reason" TEXT NOT NULL);

-- ── Made from the chunks: may be dropped and filled again at any time ───────────────────────────────
-- Two laptops set the same field apart: 要確認.
CREATE TABLE "conflict" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "document" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "alternatives" TEXT NOT NULL,
    "chosen" TEXT NOT NULL
);
CREATE INDEX "conflict_by_record" ON "conflict" ("kind", "record");
-- Every record's words, folded (width, case, katakana to hiragana), for the search.
CREATE TABLE "words" (
    "kind" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "project" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    PRIMARY KEY ("kind", "record")
) WITHOUT ROWID;
CREATE INDEX "words_by_project" ON "words" ("project");

-- One table a noun; the columns are the fields. JSON_TEXT holds a list or an object.
-- 展示
CREATE TABLE "exhibition" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "series" TEXT NOT NULL DEFAULT '',
    "fiscal_year" INTEGER NOT NULL DEFAULT 0,
    "number" INTEGER,
    "title" TEXT NOT NULL DEFAULT '',
    "subtitle" TEXT NOT NULL DEFAULT '',
    "theme" TEXT NOT NULL DEFAULT '',
    "period" JSON_TEXT,
    "venue" TEXT NOT NULL DEFAULT '',
    "venue_name" TEXT NOT NULL DEFAULT '',
    "space" TEXT NOT NULL DEFAULT '',
    "space_name" TEXT NOT NULL DEFAULT '',
    "partners" JSON_TEXT NOT NULL DEFAULT '[]',
    "partner_names" JSON_TEXT NOT NULL DEFAULT '[]',
    "organisers" JSON_TEXT NOT NULL DEFAULT '[]',
    "contents" JSON_TEXT NOT NULL DEFAULT '[]',
    "panel_themes" JSON_TEXT NOT NULL DEFAULT '[]',
    "credits" JSON_TEXT NOT NULL DEFAULT '[]',
    "status" TEXT NOT NULL DEFAULT '',
    "press_theme" TEXT NOT NULL DEFAULT '',
    "press_paper" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "exhibition_by_year" ON "exhibition" ("fiscal_year");

-- 巡回
CREATE TABLE "tour_stop" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "order" INTEGER NOT NULL DEFAULT 0,
    "venue" TEXT NOT NULL DEFAULT '',
    "venue_name" TEXT NOT NULL DEFAULT '',
    "host" TEXT NOT NULL DEFAULT '',
    "period" JSON_TEXT,
    "status" TEXT NOT NULL DEFAULT '',
    "due_back" TEXT NOT NULL DEFAULT '',
    "condition" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "tour_stop_by_project" ON "tour_stop" ("project", "order");

-- イベント
CREATE TABLE "event" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "series" TEXT NOT NULL DEFAULT '',
    "fiscal_year" INTEGER NOT NULL DEFAULT 0,
    "number" INTEGER,
    "title" TEXT NOT NULL DEFAULT '',
    "subtitle" TEXT NOT NULL DEFAULT '',
    "period" JSON_TEXT,
    "venue" TEXT NOT NULL DEFAULT '',
    "venue_name" TEXT NOT NULL DEFAULT '',
    "space" TEXT NOT NULL DEFAULT '',
    "space_name" TEXT NOT NULL DEFAULT '',
    "host" TEXT NOT NULL DEFAULT '',
    "supporters" JSON_TEXT NOT NULL DEFAULT '[]',
    "organisers" JSON_TEXT NOT NULL DEFAULT '[]',
    "contents" JSON_TEXT NOT NULL DEFAULT '[]',
    "partners" JSON_TEXT NOT NULL DEFAULT '[]',
    "partner_names" JSON_TEXT NOT NULL DEFAULT '[]',
    "recurring" BOOLEAN NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT '',
    "power_w" INTEGER,
    "circuit_w" INTEGER
);
CREATE INDEX "event_by_year" ON "event" ("fiscal_year");

-- 開催日
CREATE TABLE "event_day" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "date" TEXT NOT NULL DEFAULT '',
    "open" TEXT NOT NULL DEFAULT '',
    "close" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "event_day_by_project" ON "event_day" ("project", "date");

-- 講演会
CREATE TABLE "lecture" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "series" TEXT NOT NULL DEFAULT '',
    "fiscal_year" INTEGER NOT NULL DEFAULT 0,
    "number" INTEGER,
    "title" TEXT NOT NULL DEFAULT '',
    "subtitle" TEXT NOT NULL DEFAULT '',
    "period" JSON_TEXT,
    "mode" TEXT NOT NULL DEFAULT '',
    "venue" TEXT NOT NULL DEFAULT '',
    "venue_name" TEXT NOT NULL DEFAULT '',
    "parts" JSON_TEXT NOT NULL DEFAULT '[]',
    "groups" INTEGER,
    "materials" JSON_TEXT NOT NULL DEFAULT '[]',
    "status" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "result" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "lecture_by_year" ON "lecture" ("fiscal_year");

-- 登壇者
CREATE TABLE "speaker" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "order" INTEGER NOT NULL DEFAULT 0,
    "role" TEXT NOT NULL DEFAULT '',
    "municipality" TEXT NOT NULL DEFAULT '',
    "department" TEXT NOT NULL DEFAULT '',
    "post" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "kana" TEXT NOT NULL DEFAULT '',
    "talk" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "speaker_by_project" ON "speaker" ("project", "order");

-- 被災地支援
CREATE TABLE "support" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "fiscal_year" INTEGER,
    "title" TEXT NOT NULL DEFAULT '',
    "as_of" TEXT NOT NULL DEFAULT '',
    "prefectures" JSON_TEXT NOT NULL DEFAULT '[]',
    "columns" JSON_TEXT NOT NULL DEFAULT '[]',
    "rows" JSON_TEXT NOT NULL DEFAULT '[]',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "support_by_year" ON "support" ("fiscal_year");

-- 各区の事業
CREATE TABLE "ward_programme" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "ward" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "partners" JSON_TEXT NOT NULL DEFAULT '[]',
    "partner_names" JSON_TEXT NOT NULL DEFAULT '[]',
    "fiscal_year" INTEGER,
    "period" JSON_TEXT,
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "ward_programme_by_year" ON "ward_programme" ("fiscal_year");

-- 計画
CREATE TABLE "plan_row" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "order" INTEGER NOT NULL DEFAULT 0,
    "years" JSON_TEXT NOT NULL DEFAULT '[]',
    "note" TEXT NOT NULL DEFAULT ''
);

-- 補助金
CREATE TABLE "subsidy" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "fiscal_year" INTEGER,
    "amount_yen" REAL,
    "partner" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "subsidy_by_year" ON "subsidy" ("fiscal_year");
CREATE INDEX "subsidy_by_partner" ON "subsidy" ("partner");

-- ブース
CREATE TABLE "booth" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "code" TEXT NOT NULL DEFAULT '',
    "section" TEXT NOT NULL DEFAULT '',
    "x_m" REAL,
    "y_m" REAL,
    "w_m" REAL,
    "d_m" REAL,
    "circuit" TEXT NOT NULL DEFAULT '',
    "pinned" BOOLEAN NOT NULL DEFAULT 0,
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "booth_by_project" ON "booth" ("project", "code");

-- 出店者
CREATE TABLE "exhibitor" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "partner" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "kana" TEXT NOT NULL DEFAULT '',
    "contact" TEXT NOT NULL DEFAULT '',
    "tel" TEXT NOT NULL DEFAULT '',
    "mail" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "exhibitor_by_kana" ON "exhibitor" ("kana");
CREATE INDEX "exhibitor_by_partner" ON "exhibitor" ("partner");

-- 名簿
CREATE TABLE "roster_entry" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "order" REAL NOT NULL DEFAULT 0,
    "booth" TEXT NOT NULL DEFAULT '',
    "exhibitor" TEXT NOT NULL DEFAULT '',
    "partner" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "kana" TEXT NOT NULL DEFAULT '',
    "products" TEXT NOT NULL DEFAULT '',
    "booth_class" TEXT NOT NULL DEFAULT '',
    "days" JSON_TEXT NOT NULL DEFAULT '[]',
    "tables" INTEGER,
    "chairs" INTEGER,
    "power_w" INTEGER,
    "circuit" TEXT NOT NULL DEFAULT '',
    "water" BOOLEAN NOT NULL DEFAULT 0,
    "fire" BOOLEAN NOT NULL DEFAULT 0,
    "licences" JSON_TEXT NOT NULL DEFAULT '[]',
    "contact" TEXT NOT NULL DEFAULT '',
    "tel" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "checked_in" JSON_TEXT NOT NULL DEFAULT '[]',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "roster_entry_by_project" ON "roster_entry" ("project", "order");
CREATE INDEX "roster_entry_by_partner" ON "roster_entry" ("partner");

-- プログラム
CREATE TABLE "programme_slot" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "day" TEXT NOT NULL DEFAULT '',
    "start" TEXT NOT NULL DEFAULT '',
    "end" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "performer" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "programme_slot_by_project" ON "programme_slot" ("project", "day");

-- 入口
CREATE TABLE "door" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "order" INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX "door_by_project" ON "door" ("project", "order");

-- 入力した人数
CREATE TABLE "entered_total" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "day" TEXT NOT NULL DEFAULT '',
    "hour" INTEGER,
    "door" TEXT NOT NULL DEFAULT '',
    "value" INTEGER NOT NULL DEFAULT 0,
    "counting" TEXT NOT NULL DEFAULT '',
    "approximate" BOOLEAN NOT NULL DEFAULT 0,
    "bound" TEXT NOT NULL DEFAULT '',
    "as_of" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "entered_total_by_project" ON "entered_total" ("project", "day");

-- 期限
CREATE TABLE "checklist_item" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "key" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "due" TEXT NOT NULL DEFAULT '',
    "done" BOOLEAN NOT NULL DEFAULT 0,
    "done_on" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "order" INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX "checklist_item_by_project" ON "checklist_item" ("project", "due");

-- 連携先
CREATE TABLE "partner" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "code" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "kana" TEXT NOT NULL DEFAULT '',
    "prefecture" TEXT NOT NULL DEFAULT '',
    "members" JSON_TEXT NOT NULL DEFAULT '[]',
    "contact" TEXT NOT NULL DEFAULT '',
    "tel" TEXT NOT NULL DEFAULT '',
    "mail" TEXT NOT NULL DEFAULT '',
    "site_member" BOOLEAN NOT NULL DEFAULT 0,
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "partner_by_kana" ON "partner" ("kana");

-- 協定
CREATE TABLE "agreement" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "partner" TEXT NOT NULL DEFAULT '',
    "partner_name" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "signed" JSON_TEXT,
    "ended" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "agreement_by_partner" ON "agreement" ("partner");

-- 会場
CREATE TABLE "venue" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "kana" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL DEFAULT '',
    "contact" TEXT NOT NULL DEFAULT '',
    "tel" TEXT NOT NULL DEFAULT '',
    "hire" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "venue_by_kana" ON "venue" ("kana");

-- スペース
CREATE TABLE "space" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "venue" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "width_m" REAL,
    "depth_m" REAL,
    "height_m" REAL,
    "plan" JSON_TEXT NOT NULL DEFAULT '[]',
    "power_w" INTEGER,
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "space_by_venue" ON "space" ("venue");

-- 数値
CREATE TABLE "figure_entry" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL DEFAULT '',
    "value" REAL,
    "unit" TEXT NOT NULL DEFAULT '',
    "counting" TEXT NOT NULL DEFAULT '',
    "approximate" BOOLEAN NOT NULL DEFAULT 0,
    "bound" TEXT NOT NULL DEFAULT '',
    "as_of" JSON_TEXT,
    "source" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "figure_entry_by_subject" ON "figure_entry" ("subject");

-- パネル
CREATE TABLE "panel" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "number" INTEGER NOT NULL DEFAULT 0,
    "partner" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "content" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "approved_on" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "panel_by_project" ON "panel" ("project", "number");
CREATE INDEX "panel_by_partner" ON "panel" ("partner");

-- 素材
CREATE TABLE "material" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "partner" TEXT NOT NULL DEFAULT '',
    "item" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT '',
    "due" TEXT NOT NULL DEFAULT '',
    "received_on" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "material_by_project" ON "material" ("project", "due");
CREATE INDEX "material_by_partner" ON "material" ("partner");

-- 出力
CREATE TABLE "panel_output" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "panel" TEXT NOT NULL DEFAULT '',
    "mode" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 0,
    "at" TEXT NOT NULL DEFAULT '',
    "file" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL DEFAULT '',
    "bytes" REAL NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "warnings" INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX "panel_output_by_project" ON "panel_output" ("project");

-- 壁面
CREATE TABLE "wall_place" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "panel" TEXT NOT NULL DEFAULT '',
    "wall" TEXT NOT NULL DEFAULT '',
    "x_m" REAL NOT NULL DEFAULT 0,
    "y_m" REAL NOT NULL DEFAULT 0
);
CREATE INDEX "wall_place_by_project" ON "wall_place" ("project");

-- 写真
CREATE TABLE "photo" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "hash" TEXT NOT NULL DEFAULT '',
    "file_name" TEXT NOT NULL DEFAULT '',
    "width" INTEGER NOT NULL DEFAULT 0,
    "height" INTEGER NOT NULL DEFAULT 0,
    "bytes" REAL NOT NULL DEFAULT 0,
    "title" TEXT NOT NULL DEFAULT '',
    "credit" TEXT NOT NULL DEFAULT '',
    "permission" TEXT NOT NULL DEFAULT '',
    "permission_expires" TEXT NOT NULL DEFAULT '',
    "partner" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "photo_by_partner" ON "photo" ("partner");
CREATE INDEX "photo_by_hash" ON "photo" ("hash");
