// The year's chart keeps every item on the chart and no two on top of each other.
import { expect, test } from 'vitest';
import { placeLane, Scale } from '../src/rooms/nenkan/chart';
import type { Bar } from '../src/wire';

const bar = (id: string, from: string, to: string, more: Partial<Bar> = {}): Bar => ({
  kind: 'exhibition', id, title: `展示${id}`, sub: '東京区政会館', from, to, precision: 'day', label: '', status: 'fixed', undated: false, deadlines: [], result: '', ...more,
});

test('a year begins on 1 April and ends on 31 March, leap years too', () => {
  for (const [year, days] of [[2025, 365], [2023, 366]]) {
    const scale = new Scale(year, 1000);
    expect(scale.days).toBe(days);
    expect(scale.x(`${year}-04-01`)).toBe(0);
    expect(scale.x(`${year + 1}-03-31`, true)).toBe(1000);
    expect(scale.holds(`${year + 1}-04-01`)).toBe(false);
  }
});

test('items that would meet take different rows', () => {
  const bars = Array.from({ length: 12 }, (_, i) => bar(String(i), `2026-01-${String(i + 1).padStart(2, '0')}`, '2026-03-20'));
  const { placed, height } = placeLane(bars, new Scale(2025, 880));
  for (const a of placed) {
    for (const b of placed) {
      if (a === b) continue;
      const apart = a.right <= b.left || b.right <= a.left || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart, `${a.bar.id} and ${b.bar.id}`).toBe(true);
    }
  }
  expect(height).toBeGreaterThanOrEqual(placed.length * 60);
});

test('a long title at the end of the year stays on the chart', () => {
  const scale = new Scale(2025, 700);
  const { placed } = placeLane([bar('a', '2026-03-12', '2026-03-12', { kind: 'event', title: '特別区全国連携プロジェクト交流イベント' })], scale);
  expect(placed[0].right).toBeLessThanOrEqual(scale.width + 1);
  expect(placed[0].beside).toBe(false);
});

test('what has no day gets no day', () => {
  const { placed } = placeLane([bar('a', '', '', { undated: true })], new Scale(2025, 700));
  expect(placed).toEqual([]);
});

test('no flag stands in the words of a title', () => {
  const flag = (date: string) => ({ item: date, key: date, title: '撤去', label: '', date, done: true, late_days: 0, working_days_left: 0, project: 'a', project_title: '', project_kind: 'exhibition' }) as Bar['deadlines'][number];
  const scale = new Scale(2025, 760);
  for (const kind of ['exhibition', 'event'] as const) {
    const { placed } = placeLane([bar('a', '2025-11-08', '2025-11-09', { kind, title: '魅力発信イベント', deadlines: [flag('2025-11-07'), flag('2025-12-08')] })], scale);
    const [p] = placed;
    const words = 8 * 14;
    const met = p.flags.some((f) => f.x + 9 > p.titleX && f.x < p.titleX + words);
    // Words stand over the flags, or no flag is among them.
    expect(met && (p.beside || p.bandY - 9 < 20), kind).toBe(false);
  }
});
