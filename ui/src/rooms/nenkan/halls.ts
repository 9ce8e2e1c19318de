// When the hall is taken: from 搬入 before an exhibition to 撤去 after it.
import type { Bar, Exhibition } from '../../wire';

export function hallBars(bars: Bar[], exhibitions: Exhibition[]): Bar[] {
  return bars.filter((b) => b.kind === 'exhibition' && b.from).map((bar) => {
    const it = exhibitions.find((e) => e.id === bar.id);
    const venue = [it?.venue_name, it?.space_name].filter(Boolean).join(' ') || bar.sub || '会場未定';
    const dayOf = (word: string) => bar.deadlines.find((d) => d.title.includes(word) || d.key.includes(word))?.date;
    const known = bar.precision === 'day';
    const from = (known && dayOf('搬入')) || bar.from;
    const to = (known && (dayOf('撤去') || dayOf('搬出'))) || (known ? bar.to || bar.from : bar.to);
    const label = from !== bar.from || to !== bar.to ? `${short(from)}搬入から${short(to)}まで` : '';
    return { ...bar, kind: 'venue' as const, title: venue, sub: '', result: '', label, from: from < bar.from ? from : bar.from, to: to && to > bar.to ? to : bar.to, deadlines: [] };
  });
}

function short(iso: string): string {
  return `${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日`;
}
