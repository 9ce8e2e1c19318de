// Where the window opens: as it was left, unless someone already went elsewhere.
import { beforeEach, expect, test, vi } from 'vitest';

const answers: Record<string, unknown> = {};
vi.mock('../src/host', () => ({ call: async (name: string) => answers[name] }));
beforeEach(() => { vi.resetModules(); answers.setting = { value: { room: 'event', year: 2025, at: { event: 'a' }, look: 'dark' } }; answers.list = { records: [] }; });
const fresh = async () => (await import('../src/place.svelte')).place;

test('it opens where it was left', async () => {
  const place = await fresh();
  await place.open(2026);
  expect([place.room, place.year, place.chosen('event'), place.look]).toEqual(['event', 2025, 'a', 'dark']);
});

test('a room that was chosen before that was read stays', async () => {
  const place = await fresh();
  const opening = place.open(2026);
  place.go('panel', { panel: 'p' });
  await opening;
  expect([place.room, place.chosen('panel'), place.chosen('event'), place.look]).toEqual(['panel', 'p', 'a', 'dark']);
});

test('the first start shows the last year in which something is', async () => {
  answers.setting = { value: null };
  answers.list = { records: [{ fiscal_year: 2022 }, { fiscal_year: 2025 }, { fiscal_year: 2027 }] };
  const place = await fresh();
  await place.open(2026);
  expect([place.room, place.year]).toEqual(['nenkan', 2025]);
});
