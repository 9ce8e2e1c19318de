// Turns a paste, a deletion or a fill into the changes of one undoable step, and what could not be read into faults.
import { readCell, emptyCell, editCell, type Column, type Value } from './cell';
import { writeTable } from './table';
import type { Box, Spot } from './range';

export type Row = { id: string } & Record<string, unknown>;
/** `id` null: a row that does not exist yet; `row` is its place in the grid. */
export type Edit = { row: number; id: string | null; set: Record<string, Value> };
export type Fault = { row: number; key: string; label: string; text: string; message: string };
export type Pasted = { edits: Edit[]; faults: Fault[]; box: Box };

/** Lays a table over the grid from `at`. A single cell fills the whole selection; rows beyond the end are new. */
export function paste(table: string[][], columns: readonly Column[], rows: readonly Row[], at: Spot, box: Box): Pasted {
  const one = table.length === 1 && table[0]!.length === 1;
  const start = one ? { row: box.top, col: box.left } : at;
  const height = one ? box.bottom - box.top + 1 : table.length;
  const width = one ? box.right - box.left + 1 : Math.max(0, ...table.map((r) => r.length));
  const edits: Edit[] = [];
  const faults: Fault[] = [];
  for (let r = 0; r < height; r++) {
    const row = start.row + r;
    const cells = one ? Array<string>(width).fill(table[0]![0]!) : table[r]!;
    const old = rows[row];
    const set: Record<string, Value> = {};
    cells.forEach((text, c) => {
      const column = columns[start.col + c];
      if (!column) return;
      if (column.kind === 'choice' && text.trim() === '') return;
      const read = readCell(column, text);
      if (!read.ok) faults.push({ row, key: column.key, label: column.name ?? column.label, text, message: read.message });
      else if (!same(old?.[column.key], read.value)) set[column.key] = read.value;
    });
    const blank = !old && cells.every((text) => text.trim() === '');
    if (!blank && (Object.keys(set).length > 0 || (!old && faults.some((f) => f.row === row)))) edits.push({ row, id: old?.id ?? null, set });
  }
  const bottom = start.row + Math.max(1, height) - 1;
  const right = Math.min(columns.length, start.col + Math.max(1, width)) - 1;
  return { edits, faults, box: { top: start.row, left: start.col, bottom, right } };
}

/** Empties the cells of a box. */
export function clear(columns: readonly Column[], rows: readonly Row[], box: Box): Edit[] {
  const edits: Edit[] = [];
  for (let row = box.top; row <= box.bottom && row < rows.length; row++) {
    const set: Record<string, Value> = {};
    for (const column of columns.slice(box.left, box.right + 1)) {
      const empty = emptyCell(column);
      if (empty !== undefined && !same(rows[row]![column.key], empty)) set[column.key] = empty;
    }
    if (Object.keys(set).length > 0) edits.push({ row, id: rows[row]!.id, set });
  }
  return edits;
}

/** Copies the first row of a box into the rows under it (Ctrl+D). */
export function fillDown(columns: readonly Column[], rows: readonly Row[], box: Box): Edit[] {
  const edits: Edit[] = [];
  const model = rows[box.top];
  if (!model) return edits;
  for (let row = box.top + 1; row <= box.bottom && row < rows.length; row++) {
    const set: Record<string, Value> = {};
    for (const column of columns.slice(box.left, box.right + 1)) {
      const value = model[column.key] as Value;
      if (!same(rows[row]![column.key], value)) set[column.key] = value;
    }
    if (Object.keys(set).length > 0) edits.push({ row, id: rows[row]!.id, set });
  }
  return edits;
}

/** The cells of a box as text for Excel. */
export function copy(columns: readonly Column[], rows: readonly Row[], box: Box): string {
  const lines: string[][] = [];
  for (let row = box.top; row <= box.bottom && row < rows.length; row++)
    lines.push(columns.slice(box.left, box.right + 1).map((column) => editCell(column, rows[row]![column.key])));
  return writeTable(lines);
}

/** An absent value, null and the empty text mean the same empty cell. */
export function same(a: unknown, b: unknown): boolean {
  const plain = (v: unknown) => (v === undefined || v === null || v === '' ? null : v);
  return plain(a) === plain(b) || (plain(a) === null && b === false) || (a === false && plain(b) === null);
}

/** Which columns fit a width: the highest ranks leave first, the rest share what is left. */
export function fit(columns: readonly Column[], width: number): (Column & { px: number })[] {
  const shown = [...columns];
  const total = () => shown.reduce((sum, column) => sum + column.width, 0);
  while (total() > width) {
    const out = shown.reduce<Column | null>((most, column) => (column.rank && column.rank >= (most?.rank ?? 0) ? column : most), null);
    if (!out) break;
    shown.splice(shown.indexOf(out), 1);
  }
  const spare = Math.max(0, width - total());
  const shares = shown.reduce((sum, column) => sum + (column.grow ?? 0), 0);
  return shown.map((column) => ({ ...column, px: column.width + (shares > 0 ? Math.floor((spare * (column.grow ?? 0)) / shares) : 0) }));
}
