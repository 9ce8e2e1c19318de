// The hands on the page: what is under the pointer, where a block comes to rest, how a photo is cropped, where a photo goes.
import { describe, expect, test } from 'vitest';
import { firstText, pile, textAt, textNear, under, withText, wordOfPath } from '../src/rooms/panel/areas';
import { glimpse } from '../src/rooms/panel/content';
import { focusOf, pulled, wholeOf, zoomed } from '../src/rooms/panel/crop';
import { withPhotos } from '../src/rooms/panel/photos';
import { gridOf, linesOf, nudge, snapMove, snapResize } from '../src/rooms/panel/snap';
import type { PanelArea, PanelText } from '../src/wire';

const area = (block: number, place: number[], texts: PanelText[] = []): PanelArea => ({ block, place, ghost: false, texts, picture: null });
const text = (path: string, place: number[]): PanelText => ({ path, place, measure: place[2], face: 'BIZUDPGothic_400Regular.ttf', size: 10, leading: 0, ink: '#000000', upright: false });

describe('what is under the pointer', () => {
  const areas = [area(0, [0, 0, 594, 430]), area(1, [25, 25, 200, 80]), area(2, [25, 500, 544, 200])];
  test('the name lies on the picture', () => {
    expect(under(areas, 100, 50)?.block).toBe(1);
    expect(under(areas, 400, 300)?.block).toBe(0);
    expect(under(areas, 10, 470)).toBeUndefined();
  });
  test('small blocks lie on large ones in the pile', () => {
    const [picture, name] = pile(areas);
    expect(name).toBeGreaterThan(picture);
  });
  test('the text that holds the point is meant, else the nearest', () => {
    const it = area(1, [0, 0, 200, 100], [text('/text', [0, 0, 100, 40]), text('/reading', [120, 20, 60, 10])]);
    expect(textNear(it, 50, 20)?.path).toBe('/text');
    expect(textNear(it, 150, 60)?.path).toBe('/reading');
  });
});

describe('a text by its path', () => {
  const block = { type: 'body', sections: [{ heading: '海', text: '朝' }, { heading: '山', text: '夕' }], columns: 2 };
  test('is read and put without touching the rest', () => {
    expect(textAt(block, '/sections/1/text')).toBe('夕');
    const next = withText(block, '/sections/1/text', '夜');
    expect(textAt(next, '/sections/1/text')).toBe('夜');
    expect((next.sections as unknown[])[0]).toBe(block.sections[0]);
    expect(textAt(block, '/sections/1/text')).toBe('夕');
  });
  test('what is no text has none', () => {
    expect(textAt(block, '/columns')).toBeUndefined();
    expect(textAt(block, '/sections/7/text')).toBeUndefined();
  });
  test('an empty block is begun at its first text', () => {
    expect(firstText({ type: 'facts', rows: [{ label: '人口', value: '' }] })).toBe('/rows/0/value');
    expect(firstText({ type: 'facts', rows: [] })).toBeUndefined();
    expect(wordOfPath('/sections/1/heading')).toBe('小見出し');
  });
});

describe('coming to rest', () => {
  const grid = gridOf(594, 841);
  test('the grid is that of the themes', () => {
    expect(grid.columns.length).toBe(12);
    expect(grid.columns[0]).toEqual({ from: 25, to: 63 });
    expect(grid.columns[11].to).toBe(569);
    expect(gridOf(600, 1800).columns[5].to).toBe(570);
    expect(gridOf(841, 594).columns.length).toBe(16);
  });
  test('an edge within reach is drawn to a column, and a guide says so', () => {
    const to = snapMove({ x: 27, y: 300, w: 100, h: 50 }, linesOf(594, 841, grid, []), 4);
    expect(to.rect.x).toBe(25);
    expect(to.guides.map((g) => [g.axis, g.at])).toContainEqual(['x', 25]);
  });
  test('an edge out of reach stays', () => {
    expect(snapMove({ x: 30.04, y: 310, w: 100, h: 50 }, { x: [{ at: 25, from: 0, to: 841 }], y: [] }, 4).rect.x).toBe(30);
  });
  test('the middle of another block draws the middle of this one', () => {
    const lines = linesOf(594, 841, { columns: [], module: 6, margin: 25 }, [{ x: 100, y: 100, w: 80, h: 60 }]);
    expect(snapMove({ x: 300, y: 108, w: 20, h: 40 }, lines, 5).rect.y).toBe(110);
  });
  test('only the gripped edge follows, and never past the other', () => {
    const start = { x: 25, y: 100, w: 84, h: 60 };
    const wide = snapResize(start, { x: 1, y: 0 }, 45, 90, linesOf(594, 841, grid, []), 3);
    expect(wide.rect).toEqual({ ...start, w: 130 });
    expect(snapResize(start, { x: -1, y: 0 }, 500, 0, { x: [], y: [] }, 3).rect).toEqual({ x: 104, y: 100, w: 5, h: 60 });
  });
  test('arrows walk the grid, with Ctrl a millimetre, with Shift the size', () => {
    const at = { x: 25, y: 60, w: 84, h: 60 };
    const plain = { size: false, fine: false };
    expect(nudge(at, 'ArrowRight', grid, plain)?.x).toBe(71);
    expect(nudge(at, 'ArrowDown', grid, plain)?.y).toBe(66);
    expect(nudge({ ...at, y: 61 }, 'ArrowUp', grid, plain)?.y).toBe(60);
    expect(nudge(at, 'ArrowLeft', grid, { size: false, fine: true })?.x).toBe(24);
    expect(nudge(at, 'ArrowRight', grid, { size: true, fine: false })?.w).toBe(130);
    expect(nudge(at, 'a', grid, plain)).toBeUndefined();
  });
});

describe('cropping', () => {
  const frame = { x: 0, y: 0, w: 100, h: 100 };
  test('the frame is filled and the focus is as near its middle as the edges allow', () => {
    expect(wholeOf(frame, 2, [0.5, 0.5], 1)).toEqual({ x: -50, y: 0, w: 200, h: 100 });
    expect(wholeOf(frame, 2, [0.95, 0.5], 1).x).toBe(-100);
  });
  test('the picture follows the hand and stops at its edge', () => {
    expect(pulled(frame, 2, [0.5, 0.5], 1, 20, 30)).toEqual([0.4, 0.5]);
    expect(pulled(frame, 2, [0.5, 0.5], 1, 900, 0)[0]).toBe(0.25);
    // A focus beyond the edge answers at once.
    expect(pulled(frame, 2, [1, 0.5], 1, 10, 0)[0]).toBe(0.7);
  });
  test('what lies in the frame gives its focus back', () => {
    const whole = wholeOf(frame, 1.5, [0.6, 0.4], 2);
    const [x, y] = focusOf(frame, whole);
    expect([x, y].map((n) => Math.round(n * 1000) / 1000)).toEqual([0.6, 0.4]);
  });
  test('the zoom keeps its bounds', () => {
    expect(zoomed(1, -3)).toBe(1);
    expect(zoomed(1, 1)).toBe(1.06);
    expect(zoomed(5.9, 9)).toBe(6);
  });
});

describe('photos that come', () => {
  const content = { template: 'municipality', blocks: [{ type: 'title', text: '' }, { type: 'photo', picture: '', role: 'hero', focus: [0, 0] }, { type: 'photo', picture: 'old', role: 'second' }] };
  test('onto a frame replace, and forget the old crop', () => {
    const { content: next, first } = withPhotos(content, ['new'], 2);
    expect(next.blocks[2]).toMatchObject({ picture: 'new', role: 'second', focus: null });
    expect(first).toBe(2);
  });
  test('onto the page fill frames that wait, then add', () => {
    const { content: next } = withPhotos(content, ['a', 'b'], undefined);
    expect(next.blocks.map((b) => (b as { picture?: string }).picture)).toEqual([undefined, 'a', 'old', 'b']);
    expect(next.blocks[3].role).toBe('third');
  });
  test('without a template they lie where they were let go, inside the paper', () => {
    const { content: next } = withPhotos({ blocks: [] }, ['a'], undefined, { at: [590, 10], paper: [594, 841] });
    expect(next.blocks[0].place).toEqual({ x: 396, y: 0, w: 198, h: 149 });
  });
});

test('what a block says is told also where its heading is empty', () => {
  expect(glimpse({ type: 'list', title: '', items: ['ぬれ煎餅', 'しょうゆ'] })).toBe('ぬれ煎餅、しょうゆ');
  expect(glimpse({ type: 'chart', title: '', points: [{ label: '', value: 0 }] })).toBe('');
  expect(glimpse({ type: 'plan', booths: [{ number: 'A-1', label: '銚子市', x: 0, y: 0, w: 3, h: 3 }] })).toContain('銚子市');
});
