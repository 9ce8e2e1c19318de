// What a cell of the grid holds: how it is shown, and how typed or pasted text becomes its value.

export type CellKind = 'text' | 'number' | 'flag' | 'choice';
export type Choice = { value: string; label: string };

export type Column = {
  key: string;
  label: string;
  kind: CellKind;
  /** Least width in px; a column with `grow` takes a share of what is left. */
  width: number;
  grow?: number;
  /** Columns with a higher number leave first when there is no room. Absent: never. */
  rank?: number;
  choices?: readonly Choice[];
  /** Sorted by this field instead: a name by its reading. */
  sort?: string;
  /** What a zero is called: なし. */
  zero?: string;
  /** Secondary ink: a reading beside its name. */
  quiet?: boolean;
  /** Longer name for screen readers and faults. */
  name?: string;
};

export type Value = string | number | boolean | null;
export type Reading = { ok: true; value: Value } | { ok: false; message: string };

const YES = new Set(['1', '○', '〇', '◯', '●', '有', 'あり', '要', 'はい', 'yes', 'y', 'true', '✓', '✔', 'レ', '使う', '使用']);
const NO = new Set(['', '0', '×', '✕', 'x', '無', 'なし', '無し', '不要', '否', 'いいえ', 'no', 'n', 'false', '-', 'ー', '—', '使わない']);

/** Half-width digits and signs, whatever width they were typed in. */
export function narrow(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[−‐–]/g, '-')
    .replace(/[、，]/g, ',');
}

/** Reads text for a column; the message says what the cell can hold. */
export function readCell(column: Column, text: string): Reading {
  switch (column.kind) {
    case 'text':
      return { ok: true, value: text.replace(/\s*[\r\n]+\s*/g, ' ').trim() };
    case 'number':
      return readNumber(column, text);
    case 'flag':
      return readFlag(text);
    case 'choice':
      return readChoice(column, text);
  }
}

function readNumber(column: Column, text: string): Reading {
  const plain = narrow(text).trim();
  if (plain === '') return { ok: true, value: null };
  if (plain === column.zero || NO.has(plain)) return { ok: true, value: 0 };
  const found = /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(k?w|kva|va|台|本|脚|枚|名|人|口)?$/i.exec(plain);
  if (!found) return { ok: false, message: '数字で書いてください' };
  const times = /^k/i.test(found[3] ?? '') ? 1000 : 1;
  const value = Number(found[1]!.replaceAll(',', '') + (found[2] ?? '')) * times;
  if (!Number.isInteger(value)) return { ok: false, message: '小数は書けません' };
  if (value > 2_000_000_000) return { ok: false, message: '数が大きすぎます' };
  return { ok: true, value };
}

function readFlag(text: string): Reading {
  const plain = narrow(text).trim().toLowerCase();
  const raw = text.trim();
  if (YES.has(plain) || YES.has(raw)) return { ok: true, value: true };
  if (NO.has(plain) || NO.has(raw)) return { ok: true, value: false };
  return { ok: false, message: '「○」か空欄で書いてください' };
}

function readChoice(column: Column, text: string): Reading {
  const plain = text.trim();
  const choices = column.choices ?? [];
  const found = choices.find((c) => c.label === plain || c.value === plain);
  if (found) return { ok: true, value: found.value };
  const near = choices.filter((c) => plain !== '' && c.label.startsWith(plain));
  if (near.length === 1) return { ok: true, value: near[0]!.value };
  const words = choices.map((c) => c.label);
  return { ok: false, message: words.length > 3 ? `${words.slice(0, 2).join('・')}などの言葉で書いてください` : `${words.join('・')}から選んでください` };
}

const figures = new Intl.NumberFormat('ja-JP');

/** The cell as it stands in the grid. */
export function showCell(column: Column, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (column.kind === 'number') return value === 0 && column.zero ? column.zero : figures.format(Number(value));
  if (column.kind === 'flag') return value ? '○' : '';
  if (column.kind === 'choice') return column.choices?.find((c) => c.value === value)?.label ?? String(value);
  return String(value);
}

/** The cell as it is edited and copied: plain digits that a sheet can add up. */
export function editCell(column: Column, value: unknown): string {
  if (column.kind === 'number') return value === null || value === undefined ? '' : String(value);
  return showCell(column, value);
}

/** Value of an emptied cell, or undefined where a cell cannot be empty. */
export function emptyCell(column: Column): Value | undefined {
  if (column.kind === 'text') return '';
  if (column.kind === 'number') return null;
  if (column.kind === 'flag') return false;
  return undefined;
}
