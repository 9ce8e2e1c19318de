// The roster's columns, its sums and its circuits: what the footer says and what it warns of.
import type { Column } from '../../parts/grid/cell';
import { reading } from '../../parts/reading';
import type { Booth, Event, RosterEntry } from '../../wire';

export const STATUS = [
  { value: 'applied', label: '申込' },
  { value: 'check', label: '要確認' },
  { value: 'papers', label: '書類未着' },
  { value: 'fixed', label: '確定' },
  { value: 'arrived', label: '到着' },
  { value: 'open', label: '営業' },
  { value: 'left', label: '撤収' },
  { value: 'cancelled', label: '取消' },
] as const;

export const COLUMNS: readonly Column[] = [
  { key: 'booth', label: '区画', kind: 'text', width: 60 },
  { key: 'name', label: '自治体・団体', kind: 'text', width: 116, grow: 2, sort: 'kana' },
  { key: 'kana', label: 'よみ', kind: 'text', width: 128, grow: 3, quiet: true, rank: 2 },
  { key: 'products', label: '産品', kind: 'text', width: 184, grow: 4 },
  { key: 'power_w', label: '電源 W', name: '電源', kind: 'number', width: 68, zero: 'なし' },
  { key: 'circuit', label: '回路', kind: 'text', width: 52, rank: 3 },
  { key: 'water', label: '水', kind: 'flag', width: 34 },
  { key: 'fire', label: '火', name: '火気', kind: 'flag', width: 34 },
  { key: 'status', label: '状態', kind: 'choice', width: 104, choices: STATUS },
  { key: 'tables', label: '机', kind: 'number', width: 44, rank: 4 },
  { key: 'chairs', label: 'いす', kind: 'number', width: 48, rank: 5 },
  { key: 'contact', label: '担当', kind: 'text', width: 96, grow: 1, rank: 6 },
  { key: 'tel', label: '電話', kind: 'text', width: 132, rank: 7 },
  { key: 'note', label: '備考', kind: 'text', width: 120, grow: 2, rank: 8 },
];

/** A circuit with its load; `over` when it is above the limit. */
export type Circuit = { name: string; load: number; limit: number | null; over: boolean; lines: RosterEntry[] };
export type Sums = { groups: number; booths: number; free: number; power: number; contract: number | null; water: number; fire: number; cancelled: number; circuits: Circuit[]; overContract: boolean };

/** A line that takes place: not called off. */
export const stands = (line: RosterEntry): boolean => line.status !== 'cancelled';

/** The circuit a line hangs on: its own, else that of its booth. */
export function circuitOf(line: RosterEntry, booths: ReadonlyMap<string, Booth>): string {
  return (line.circuit || booths.get(line.booth)?.circuit || '').trim();
}

export function sums(lines: readonly RosterEntry[], booths: readonly Booth[], event: Pick<Event, 'power_w' | 'circuit_w'> | undefined): Sums {
  const there = lines.filter(stands);
  const byCode = new Map(booths.map((booth) => [booth.code, booth]));
  const taken = new Set(there.map((line) => line.booth).filter(Boolean));
  const limit = event?.circuit_w ?? null;
  const loads = new Map<string, RosterEntry[]>();
  for (const line of there) {
    const name = circuitOf(line, byCode);
    if (name && line.power_w) loads.set(name, [...(loads.get(name) ?? []), line]);
  }
  const circuits = [...loads].map(([name, on]) => {
    const load = on.reduce((sum, line) => sum + (line.power_w ?? 0), 0);
    return { name, load, limit, over: limit !== null && load > limit, lines: on };
  });
  const power = there.reduce((sum, line) => sum + (line.power_w ?? 0), 0);
  const contract = event?.power_w ?? null;
  return {
    groups: there.length,
    booths: booths.length,
    free: booths.filter((booth) => !taken.has(booth.code)).length,
    power,
    contract,
    water: there.filter((line) => line.water).length,
    fire: there.filter((line) => line.fire).length,
    cancelled: lines.length - there.length,
    circuits: circuits.sort((a, b) => a.name.localeCompare(b.name, 'ja', { numeric: true })),
    overContract: contract !== null && power > contract,
  };
}

export type Relief = { line: RosterEntry; to: string };

/** For an overloaded circuit: the smallest line whose move to the emptiest other circuit cures it without overloading that one. */
export function relief(circuit: Circuit, all: readonly Circuit[], names: readonly string[]): Relief | null {
  if (!circuit.over || circuit.limit === null) return null;
  const load = (name: string) => all.find((c) => c.name === name)?.load ?? 0;
  const others = names.filter((name) => name !== circuit.name).sort((a, b) => load(a) - load(b));
  const to = others[0];
  if (to === undefined) return null;
  const excess = circuit.load - circuit.limit;
  const fit = [...circuit.lines].sort((a, b) => (a.power_w ?? 0) - (b.power_w ?? 0)).find((line) => (line.power_w ?? 0) >= excess && load(to) + (line.power_w ?? 0) <= circuit.limit!);
  return fit ? { line: fit, to } : null;
}

/** Booth codes that two standing lines claim. */
export function doubled(lines: readonly RosterEntry[]): string[] {
  const seen = new Map<string, number>();
  for (const line of lines) if (stands(line) && line.booth) seen.set(line.booth, (seen.get(line.booth) ?? 0) + 1);
  return [...seen].filter(([, count]) => count > 1).map(([code]) => code);
}

/** Lines that a typed text means: those that begin with it first. */
export function findLines(lines: readonly RosterEntry[], text: string): RosterEntry[] {
  const wanted = reading(text.trim());
  if (!wanted) return [];
  const keys = (line: RosterEntry) => [line.kana, line.name, line.booth, line.products].map(reading);
  const starts = lines.filter((line) => keys(line).some((key) => key.startsWith(wanted)));
  const holds = lines.filter((line) => !starts.includes(line) && keys(line).some((key) => key.includes(wanted)));
  return [...starts, ...holds];
}
