// Words of counting: categories, meanings, hours; and whether two figures may stand in one sum.
import type { EnteredTotal, HourCount } from '../../wire';

export const CATEGORY: Record<string, string> = { adult: '大人', child: 'こども', group: '団体' };
export const COUNTING: Record<string, string> = { gross: '延べ', net: '実人数', unspecified: '' };
export const BOUND: Record<string, string> = { exact: '', about: '約', over: '超', under: '未満' };

const figures = new Intl.NumberFormat('ja-JP');
export const figure = (value: number): string => figures.format(value);

/** 延べ1,158名, 約500名, 実人数300名超: a figure with its meaning. */
export function printed(total: Pick<EnteredTotal, 'value' | 'counting' | 'approximate' | 'bound'>): string {
  const about = total.approximate || total.bound === 'about' ? '約' : '';
  const tail = total.bound === 'over' ? '超' : total.bound === 'under' ? '未満' : '';
  return `${COUNTING[total.counting] ?? ''}${about}${figure(total.value)}名${tail}`;
}

/** Hours from the first to the last that matter, without holes: opening hours if known, else what was counted. */
export function hourRange(hours: readonly HourCount[], open: string, close: string, now?: number): number[] {
  const counted = hours.filter((h) => h.total !== 0).map((h) => h.hour);
  const wanted = [...counted, ...(now === undefined ? [] : [now])];
  const first = /^(\d+):/.exec(open)?.[1];
  const last = /^(\d+):(\d+)/.exec(close);
  if (first) wanted.push(Number(first));
  if (last) wanted.push(Number(last[1]) - (last[2] === '00' ? 1 : 0));
  if (wanted.length === 0) return [];
  const [from, to] = [Math.min(...wanted), Math.max(...wanted)];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** 13:42:08 of an ISO time, as this laptop's clock shows it. */
export function clock(at: string, seconds = true): string {
  const found = /T(\d\d):(\d\d)(?::(\d\d))?/.exec(at);
  if (!found) return at;
  if (/Z$|[+-]\d\d:?\d\d$/.test(at)) {
    const day = new Date(at);
    return day.toLocaleTimeString('ja-JP', { hour: '2-digit', minute: '2-digit', second: seconds ? '2-digit' : undefined, hour12: false });
  }
  return `${found[1]}:${found[2]}${seconds ? `:${found[3] ?? '00'}` : ''}`;
}
