// The programme of a day: minutes, clashes on the same place, and where each slot stands on the page.
import { narrow } from '../../parts/grid/cell';
import type { ProgrammeSlot } from '../../wire';

export const PLACES = [
  { value: 'stage', label: 'ステージ' },
  { value: 'pr', label: 'PRコーナー' },
  { value: 'workshop', label: 'ワークショップ' },
] as const;

/** Minutes since midnight of 9:30, ０９：３０, 930 or 9時半; null when it is no time. */
export function minutes(text: string): number | null {
  const plain = narrow(text).trim();
  const found = /^(\d{1,2})\s*[::時]\s*(\d{1,2}|半)?分?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain);
  if (!found) return /^\d{1,2}$/.test(plain) ? within(Number(plain), 0) : null;
  return within(Number(found[1]), found[2] === '半' ? 30 : Number(found[2] ?? 0));
}

function within(hour: number, minute: number): number | null {
  return hour <= 29 && minute < 60 ? hour * 60 + minute : null;
}

export function clockOf(at: number): string {
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

export type Placed = { slot: ProgrammeSlot; from: number; to: number; lane: number; lanes: number; clash: string };

/** Slots of one day with their clashes. Two slots clash when they share time on the same place, or the same performer. */
export function timetable(slots: readonly ProgrammeSlot[]): Placed[] {
  const timed = slots
    .map((slot) => ({ slot, from: minutes(slot.start), to: minutes(slot.end) }))
    .filter((s): s is { slot: ProgrammeSlot; from: number; to: number } => s.from !== null)
    .map((s) => ({ ...s, to: s.to !== null && s.to > s.from ? s.to : s.from + 15 }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const placed: Placed[] = [];
  for (const one of timed) {
    const beside = placed.filter((p) => p.slot.place === one.slot.place && p.to > one.from);
    const used = new Set(beside.map((p) => p.lane));
    let lane = 0;
    while (used.has(lane)) lane++;
    placed.push({ ...one, lane, lanes: 1, clash: '' });
  }
  return placed.map((one) => {
    const others = placed.filter((p) => p !== one && p.from < one.to && p.to > one.from);
    const same = others.filter((p) => p.slot.place === one.slot.place);
    const twice = others.find((p) => p.slot.performer && p.slot.performer === one.slot.performer);
    const clash = same.length > 0 ? `「${same[0]!.slot.title}」と時間が重なっています` : twice ? `${one.slot.performer}が「${twice.slot.title}」にも出ます` : '';
    return { ...one, lanes: Math.max(one.lane, ...same.map((p) => p.lane)) + 1, clash };
  });
}

/** What is wrong with a slot's times, said beside it. */
export function timeFault(slot: Pick<ProgrammeSlot, 'start' | 'end'>): string {
  const from = minutes(slot.start);
  const to = minutes(slot.end);
  if (slot.start && from === null) return '始まりの時刻を読めません';
  if (slot.end && to === null) return '終わりの時刻を読めません';
  if (from !== null && to !== null && to <= from) return '終わりが始まりより前です';
  return '';
}
