// What the palette finds: rooms, what the room can do, and records.
import { holds } from '../parts/reading';
import type { Line } from '../parts/palette';
import { call } from '../host';
import { offers } from '../commands.svelte';
import { place } from '../place.svelte';
import { steps } from '../steps.svelte';
import { KIND_LABEL } from '../wire';
import { rooms } from './rooms';

export async function lines(text: string, signal: AbortSignal): Promise<Line[]> {
  const own = [...roomLines(), ...commandLines()].filter((l) => !text || holds(text, l.name, l.sub));
  if (!text) return own;
  const { hits } = await call('search', { text, limit: 20 });
  if (signal.aborted) return [];
  const records = hits.flatMap((hit): Line[] => {
    const home = rooms.find((r) => r.shows?.[hit.kind]);
    if (!home) return [];
    const at = { [home.shows![hit.kind]]: hit.id };
    return [{ id: hit.id, group: KIND_LABEL[hit.kind], name: hit.title, sub: hit.sub, run: () => place.go(home.name, { ...at, project: hit.project }) }];
  });
  return [...own, ...records];
}

function roomLines(): Line[] {
  return rooms.map((r) => ({ id: r.name, group: '部屋', name: r.label, sub: '', run: () => place.go(r.name) }));
}

function commandLines(): Line[] {
  const { add, print, more = [] } = offers.now;
  const all = [add, print, ...more].filter((c) => !!c);
  if (steps.canUndo) all.push({ name: `取り消す：${steps.undo}`, run: () => void steps.back() });
  if (steps.canRedo) all.push({ name: `やり直す：${steps.redo}`, run: () => void steps.forth() });
  return all.map((c) => ({ id: c.name, group: 'できること', name: c.name, sub: '', run: c.run }));
}
