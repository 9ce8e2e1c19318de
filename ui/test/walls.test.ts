// Panels on a wall: sizes from the content, a row from the left, and what touches.
import { expect, test } from 'vitest';
import { amiss, hung, inRow, lengthOf, lowerEdge, sizeOf } from '../src/rooms/exhibition/walls';
import type { Panel, WallPlace } from '../src/wire';

const panel = (id: string, paper: unknown) => ({ id, number: 1, title: id, content: JSON.stringify({ paper }) }) as Panel;
const place = (id: string, x_m: number, y_m = 1) => ({ id: `w-${id}`, project: 'p', panel: id, wall: 'A面', x_m, y_m }) as WallPlace;

test('a panel is as large as its paper says', () => {
  expect(sizeOf(panel('a', 'A1'))).toEqual({ w: 0.594, h: 0.841 });
  expect(sizeOf(panel('b', { name: 'B1', landscape: true }))).toEqual({ w: 1.03, h: 0.728 });
  expect(sizeOf(panel('c', { width: 600, height: 1800 }))).toEqual({ w: 0.6, h: 1.8 });
  expect(sizeOf({ content: 'no json' } as Panel)).toEqual({ w: 0.594, h: 0.841 });
});

test('the middle hangs at the eyes, and a tall one below the rail', () => {
  expect(lowerEdge({ w: 0.6, h: 0.84 })).toBe(1.03);
  expect(lowerEdge({ w: 0.6, h: 1.8 })).toBe(0.55);
});

test('what touches or leaves the wall is told; a row from the left mends it', () => {
  const panels = ['a', 'b', 'c'].map((id) => panel(id, 'A1'));
  const places = [place('a', 0), place('b', 0.4), place('c', 9.7)];
  const on = hung(places, panels, 'A面');
  expect([...amiss(on, 10)]).toEqual(['w-a', 'w-b', 'w-c']);
  const row = inRow(on).map(({ place: p, x, y }) => ({ ...p, x_m: x, y_m: y }));
  expect(amiss(hung(row, panels, 'A面'), 10).size).toBe(0);
});

test('a wall is as long as the plan says', () => {
  const plan = [{ kind: 'wall', label: 'A面', x_m: 0, y_m: 0, w_m: 12, d_m: 0.1 }];
  expect(lengthOf('A面', [], plan)).toEqual({ metres: 12, known: true });
  expect(lengthOf('B面', [], plan)).toEqual({ metres: 6, known: false });
});
