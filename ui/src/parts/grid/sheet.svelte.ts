// The state of one grid: rows as they stand with what was just typed laid over them, the cursor, and cells that could not be read.
import { untrack } from 'svelte';
import { emptyCell, editCell, readCell, type Column, type Value } from './cell';
import { clear, copy, fillDown, paste, same, type Edit, type Row } from './edits';
import { boxOf, move, single, type Box, type Cursor, type Key, type Size } from './range';
import { readTable } from './table';

export type Mark = { id: string; key: string; label: string; text: string; message: string };
/** Writes the edits as one step and answers the row ids, one an edit. */
export type Save = (edits: Edit[], what: string) => Promise<string[]>;

const collator = new Intl.Collator('ja', { numeric: true });

export class Sheet {
  rows = $state.raw<readonly Row[]>([]);
  columns = $state.raw<readonly Column[]>([]);
  cursor = $state.raw<Cursor>(single(0, 0));
  marks = $state.raw<Mark[]>([]);
  /** A write that was refused as a whole. */
  refusal = $state('');
  sorted = $state.raw<{ key: string; down: boolean; ids: string[] } | null>(null);
  #over = $state.raw<ReadonlyMap<string, Record<string, Value>>>(new Map());
  #drafts = $state.raw<readonly Row[]>([]);
  #written = new Set<string>(); // acknowledged, not yet read again
  #made = 0;

  /** Rows in the order they stand, without the empty one at the end. */
  readonly shown: readonly Row[] = $derived.by(() => this.#arrange());
  readonly box: Box = $derived(boxOf(this.cursor));
  readonly current: Row | undefined = $derived(this.shown[this.cursor.at.row]);
  readonly column: Column | undefined = $derived(this.columns[this.cursor.at.col]);
  readonly #marked = $derived(new Map(this.marks.map((m) => [`${m.id} ${m.key}`, m])));

  constructor(private readonly save: Save) {}

  #arrange(): readonly Row[] {
    const known = new Set(this.rows.map((row) => row.id));
    const all = [...this.rows, ...this.#drafts.filter((row) => !known.has(row.id))];
    const laid = this.#over.size === 0 ? all : all.map((row) => (this.#over.has(row.id) ? { ...row, ...this.#over.get(row.id) } : row));
    if (!this.sorted) return laid;
    const place = new Map(this.sorted.ids.map((id, i) => [id, i]));
    return laid
      .map((row, i) => ({ row, at: place.get(row.id) ?? 1e9 + i }))
      .sort((a, b) => a.at - b.at)
      .map((x) => x.row);
  }

  /** Takes rows that were read again; what they already say is lifted from the overlay. */
  take(rows: readonly Row[]): void {
    untrack(() => {
      this.rows = rows;
      const ids = new Set(rows.map((row) => row.id));
      this.#drafts = this.#drafts.filter((row) => !ids.has(row.id));
      if (this.#over.size > 0) {
        const byId = new Map(rows.map((row) => [row.id, row]));
        const left = [...this.#over].filter(([id, set]) => {
          const row = byId.get(id);
          if (this.#written.has(id)) return false;
          return !row || Object.entries(set).some(([key, value]) => !same(row[key], value));
        });
        if (left.length !== this.#over.size) this.#over = new Map(left);
      }
      this.#written.clear();
      // An undone paste takes its faults with it.
      if (this.marks.length > 0) this.marks = this.marks.filter((m) => m.id.startsWith('new ') || ids.has(m.id) || this.#drafts.some((row) => row.id === m.id));
      const last = this.shown.length;
      const { at, from } = this.cursor;
      if (at.row > last || from.row > last) this.cursor = single(Math.min(at.row, last), at.col);
    });
  }

  mark(id: string, key: string): Mark | undefined {
    return this.#marked.get(`${id} ${key}`);
  }

  size(page: number): Size {
    return { rows: this.shown.length + 1, cols: this.columns.length, page };
  }

  press(key: Key, page: number): boolean {
    const next = move(this.cursor, key, this.size(page));
    if (!next) return false;
    this.cursor = next;
    return true;
  }

  /** Moves the cursor to a row by its id; keeps the column. */
  goTo(id: string, key?: string): boolean {
    const row = this.shown.findIndex((r) => r.id === id);
    if (row < 0) return false;
    const col = key ? this.columns.findIndex((c) => c.key === key) : this.cursor.at.col;
    this.cursor = single(row, Math.max(0, col));
    return true;
  }

  selectAll(): void {
    this.cursor = { from: { row: 0, col: 0 }, at: { row: Math.max(0, this.shown.length - 1), col: this.columns.length - 1 } };
  }

  /** Ids of the rows that the selection touches. */
  chosen(): string[] {
    return this.shown.slice(this.box.top, this.box.bottom + 1).map((row) => row.id);
  }

  text(): string {
    if (!this.column) return '';
    const mark = this.current && this.mark(this.current.id, this.column.key);
    return mark ? mark.text : editCell(this.column, this.current?.[this.column.key]);
  }

  /** Writes typed text into the cell under the cursor; the message of a cell that cannot hold it stays beside the cell. */
  type(text: string): Promise<void> {
    const column = this.column;
    const { row } = this.cursor.at;
    if (!column) return Promise.resolve();
    const old = this.shown[row];
    if (!old && text.trim() === '') return Promise.resolve();
    const read = column.kind === 'choice' && text.trim() === '' ? null : readCell(column, text);
    if (!read) return Promise.resolve();
    const fault = read.ok ? [] : [{ row, key: column.key, label: column.name ?? column.label, text, message: read.message }];
    if (old) this.#lift([old.id], [column.key]);
    if (read.ok && old && same(old[column.key], read.value)) return Promise.resolve();
    const set = read.ok ? { [column.key]: read.value } : {};
    const edits = read.ok || !old ? [{ row, id: old?.id ?? null, set }] : [];
    return this.#write(edits, fault, old ? `${column.name ?? column.label}を変更` : '行を追加');
  }

  toggle(): Promise<void> {
    const column = this.column;
    if (column?.kind !== 'flag' || !this.current) return Promise.resolve();
    const on = !this.current[column.key];
    const edits = this.shown.slice(this.box.top, this.box.bottom + 1).map((row, i) => ({ row: this.box.top + i, id: row.id, set: { [column.key]: on } }));
    return this.#write(edits, [], `${column.name ?? column.label}を変更`);
  }

  paste(text: string): Promise<void> {
    const table = readTable(text);
    if (table.length === 0) return Promise.resolve();
    const { edits, faults, box } = paste(table, this.columns, this.shown, { row: this.box.top, col: this.box.left }, this.box);
    const keys = this.columns.slice(box.left, box.right + 1).map((c) => c.key);
    this.#lift(
      this.shown.slice(box.top, box.bottom + 1).map((r) => r.id),
      keys,
    );
    const last = this.shown.length + edits.filter((e) => e.id === null).length - 1;
    this.cursor = { from: { row: box.top, col: box.left }, at: { row: Math.min(box.bottom, Math.max(last, box.top)), col: Math.max(box.left, box.right) } };
    return this.#write(edits, faults, table.length > 1 ? `${table.length}行を貼り付け` : '貼り付け');
  }

  clear(): Promise<void> {
    this.#lift(
      this.chosen(),
      this.columns.slice(this.box.left, this.box.right + 1).map((c) => c.key),
    );
    return this.#write(clear(this.columns, this.shown, this.box), [], '値を消去');
  }

  fillDown(): Promise<void> {
    return this.#write(fillDown(this.columns, this.shown, this.box), [], '下へコピー');
  }

  copy(): string {
    return copy(this.columns, this.shown, this.box);
  }

  /** Sorts the view; typing afterwards does not make rows jump. A third press gives the roster's own order back. */
  sort(column: Column): void {
    const again = this.sorted?.key === column.key;
    const id = this.current?.id;
    if (again && this.sorted!.down) this.sorted = null;
    else {
      const down = again;
      const by = column.sort ?? column.key;
      const weigh = (a: Row, b: Row) => {
        const [x, y] = [a[by], b[by]];
        if (same(x, null) || same(y, null)) return same(x, y) ? 0 : same(x, null) ? 1 : -1;
        const order = typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y));
        return down ? -order : order;
      };
      this.sorted = { key: column.key, down, ids: [...this.shown].sort(weigh).map((row) => row.id) };
    }
    if (id) this.goTo(id);
  }

  forget(): void {
    this.marks = [];
    this.refusal = '';
  }

  #lift(ids: string[], keys: string[]): void {
    if (this.marks.length > 0) this.marks = this.marks.filter((m) => !(ids.includes(m.id) && keys.includes(m.key)));
  }

  /** Shows at once, writes, and takes back what was refused. */
  async #write(edits: Edit[], faults: { row: number; key: string; label: string; text: string; message: string }[], what: string): Promise<void> {
    this.refusal = '';
    const over = new Map(this.#over);
    const fresh: Row[] = [];
    const ids = edits.map((edit) => edit.id ?? `new ${++this.#made}`);
    edits.forEach((edit, i) => {
      if (edit.id) over.set(edit.id, { ...over.get(edit.id), ...edit.set });
      else fresh.push({ id: ids[i]!, ...blank(this.columns), ...edit.set });
    });
    this.#over = over;
    this.#drafts = [...this.#drafts, ...fresh];
    const rowIds = new Map(edits.map((edit, i) => [edit.row, ids[i]!]));
    const marks = faults.map(({ row, ...fault }) => ({ ...fault, id: rowIds.get(row) ?? this.shown[row]?.id ?? '' }));
    this.marks = [...this.marks, ...marks.filter((m) => m.id !== '')];
    if (edits.length === 0) return;
    const before = this.rows;
    try {
      const real = await this.save(edits, what);
      this.#settle(edits, ids, real, this.rows !== before);
    } catch (fault) {
      this.#takeBack(edits, ids);
      this.refusal = sentence(fault);
    }
  }

  #settle(edits: Edit[], ids: string[], real: string[], readAgain: boolean): void {
    const names = new Map(ids.map((id, i) => [id, real[i] ?? id]));
    const known = new Set(this.rows.map((row) => row.id));
    this.#drafts = this.#drafts.map((row) => ({ ...row, id: names.get(row.id) ?? row.id })).filter((row) => !known.has(row.id));
    this.marks = this.marks.map((m) => ({ ...m, id: names.get(m.id) ?? m.id }));
    if (!readAgain) {
      for (const edit of edits) if (edit.id) this.#written.add(edit.id);
      return;
    }
    const over = new Map(this.#over);
    for (const edit of edits) if (edit.id) over.delete(edit.id);
    this.#over = over;
  }

  #takeBack(edits: Edit[], ids: string[]): void {
    const over = new Map(this.#over);
    for (const edit of edits) if (edit.id) over.delete(edit.id);
    this.#over = over;
    this.#drafts = this.#drafts.filter((row) => !ids.includes(row.id));
  }
}

function blank(columns: readonly Column[]): Record<string, Value> {
  return Object.fromEntries(columns.map((column) => [column.key, emptyCell(column) ?? '']));
}

function sentence(fault: unknown): string {
  const said = fault as { message?: string; hint?: string } | null;
  return [said?.message ?? '書き込めませんでした。', said?.hint ?? ''].filter(Boolean).join(' ');
}
