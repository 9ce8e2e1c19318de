-- Findings that were let pass with a reason; panels made by merging a list into a template, each linked to its template and row.

-- 見送り
CREATE TABLE "waiver" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "panel" TEXT NOT NULL DEFAULT '',
    "mark" TEXT NOT NULL DEFAULT '',
    "code" TEXT NOT NULL DEFAULT '',
    "message" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "on" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX "waiver_by_project" ON "waiver" ("project", "panel");

-- 差し込み
CREATE TABLE "panel_merge" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "template" TEXT NOT NULL DEFAULT '',
    "title" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "source_id" TEXT NOT NULL DEFAULT '',
    "file" TEXT NOT NULL DEFAULT '',
    "sheet" TEXT NOT NULL DEFAULT '',
    "pictures" TEXT NOT NULL DEFAULT '',
    "matches" JSON_TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX "panel_merge_by_project" ON "panel_merge" ("project");

-- パネル: which merge and which row it was made from, the row's values and the content as it was made; what differs from it was changed by hand.
ALTER TABLE "panel" ADD COLUMN "merge" TEXT NOT NULL DEFAULT '';
ALTER TABLE "panel" ADD COLUMN "row_key" TEXT NOT NULL DEFAULT '';
ALTER TABLE "panel" ADD COLUMN "row_values" TEXT NOT NULL DEFAULT '';
ALTER TABLE "panel" ADD COLUMN "as_made" TEXT NOT NULL DEFAULT '';
