// Where everything stands on the year's chart: days to pixels, and items to rows that nobody else uses. Pure, so that it can be tested.
import type { Bar, Due } from '../../wire';

const DAY = 86_400_000;

export function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY);
}

/** Turns days of a fiscal year into pixels. */
export class Scale {
  readonly first: number;
  readonly days: number;
  constructor(readonly year: number, readonly width: number) {
    this.first = dayNumber(`${year}-04-01`);
    this.days = dayNumber(`${year + 1}-04-01`) - this.first;
  }
  /** Left edge of a day, kept on the chart. */
  x(iso: string, end = false): number {
    const day = dayNumber(iso) + (end ? 1 : 0) - this.first;
    return (Math.max(0, Math.min(this.days, day)) / this.days) * this.width;
  }
  holds(iso: string): boolean {
    const day = dayNumber(iso) - this.first;
    return day >= 0 && day < this.days;
  }
  months(): { name: string; x: number; year: number }[] {
    return Array.from({ length: 12 }, (_, i) => {
      const month = ((i + 3) % 12) + 1;
      const year = this.year + (i > 8 ? 1 : 0);
      return { name: `${month}月`, year, x: this.x(`${year}-${String(month).padStart(2, '0')}-01`) };
    });
  }
}

/** Width of a line of our face, well enough to keep two lines apart. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const c of text) em += c.charCodeAt(0) < 0x2000 ? 0.6 : c === '・' || c === '（' || c === '）' ? 0.6 : 1;
  return em * size;
}

export type Flag = { x: number; due: Due; label: boolean };
export type Placed = {
  bar: Bar;
  shape: 'span' | 'diamond' | 'disc' | 'square' | 'ring';
  /** Of the bar or mark itself. */
  x: number; width: number;
  y: number; bandY: number; height: number;
  /** Left edge of the words. */
  titleX: number; subX: number;
  /** Title beside its mark, not over it. */
  beside: boolean;
  /** The line under the bar stands lower still, under the names of the flags. */
  lower: boolean;
  flags: Flag[];
  left: number; right: number;
};

/** Flags stand a little higher than their bar, so that one at its very start is seen. */
export const LIFT = 9;
export const ROW = { title: 22, band: 24, sub: 20, gap: 12 };
const TITLE = 14;
const SUB = 12.5;

const shapes: Partial<Record<Bar['kind'], Placed['shape']>> = { event: 'diamond', lecture: 'disc', support: 'square' };

/** Places the dated bars of one lane; the answer's height is what the lane needs. */
export function placeLane(bars: Bar[], scale: Scale, flags = true): { placed: Placed[]; height: number } {
  const placed: Placed[] = [];
  const dated = bars.filter((b) => !b.undated && b.from).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  for (const bar of dated) {
    const item = shape(bar, scale, flags);
    item.y = freeRow(item, placed);
    item.bandY += item.y;
    placed.push(item);
  }
  return { placed, height: Math.max(0, ...placed.map((p) => p.y + p.height)) };
}

function shape(bar: Bar, scale: Scale, withFlags: boolean): Placed {
  const shape = bar.precision === 'day' ? (shapes[bar.kind] ?? 'span') : 'span';
  const x = scale.x(bar.from);
  const end = scale.x(bar.to || bar.from, true);
  const mark = shape === 'span' ? Math.max(6, end - x) : 14;
  const titleWidth = textWidth(bar.title || '題名未定', TITLE) * 1.02;
  const subWidth = textWidth(words(bar), SUB) * 1.08;
  const flags = withFlags ? flagsOf(bar, scale, x) : [];
  /** A flag in these words could not be told from a letter. */
  const crossed = (from: number, width: number) => flags.some((f) => f.x + 10 > from && f.x < from + width);
  const beside = shape !== 'span' && x + mark + 8 + Math.max(titleWidth, subWidth) <= scale.width && !crossed(x + mark + 8, titleWidth);
  const fit = (wanted: number, width: number) => Math.max(0, Math.min(wanted, scale.width - width));
  const flagged = flags.some((f) => x - f.x < 14 && f.x <= x + 2);
  const titleX = beside ? x + mark + 8 : fit(x + (flagged ? 12 : 0), titleWidth);
  const subX = beside ? titleX : fit(shape === 'span' ? x : x + mark + 8, subWidth);
  const lower = !beside && subX < x && flags.some((f) => f.label);
  const raised = !beside && crossed(titleX, titleWidth) ? LIFT + 1 : 0;
  const height = (lower ? 18 : 0) + raised + (beside ? 0 : ROW.title) + ROW.band + ROW.sub + (flags.length && beside ? 4 : 0);
  return {
    bar, shape, x, width: mark, y: 0, bandY: beside ? 0 : ROW.title + raised, height, titleX, subX, beside, lower, flags,
    left: Math.min(x, titleX, subX, ...flags.map((f) => f.x - (f.label ? labelWidth(f.due) / 2 : 0))),
    right: Math.max(x + mark, titleX + titleWidth, subX + subWidth),
  };
}

/** The line under a bar: when, where, and how it went. */
export function words(bar: Bar): string {
  // On the chart the year is said by the head; a second year, after New Year, is left out as well.
  const when = bar.label.replace(/(令和|平成|昭和)(元|\d+)年(?=\d)/g, '');
  return [when, bar.result || bar.sub].filter(Boolean).join('｜');
}

function labelWidth(due: Due): number {
  return textWidth(due.title, 12.5);
}

/** Deadlines as flags; where two names would meet, the later one keeps its name. */
function flagsOf(bar: Bar, scale: Scale, start: number): Flag[] {
  const flags = bar.deadlines.filter((d) => d.date && scale.holds(d.date)).map((due) => ({ x: scale.x(due.date), due, label: false }));
  flags.sort((a, b) => a.x - b.x);
  let free = start - 4;
  for (const flag of [...flags].reverse()) {
    if (flag.x > start) continue;
    const half = labelWidth(flag.due) / 2;
    if (flag.x + half <= free && flag.x - half >= 0) {
      flag.label = true;
      free = flag.x - half - 6;
    }
  }
  return flags;
}

function freeRow(item: Placed, placed: Placed[]): number {
  const meets = (y: number) => placed.find((p) => y < p.y + p.height + ROW.gap && p.y < y + item.height + ROW.gap && item.left < p.right + 14 && p.left < item.right + 14);
  let y = 0;
  for (let other = meets(y); other; other = meets(y)) y = other.y + other.height + ROW.gap;
  return y;
}
