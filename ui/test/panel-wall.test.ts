// The wall and the lists: several chosen, another order, a drag that lands; and the marks of a text.
import { describe, expect, test } from 'vitest';
import { marked, markOfKey, MARKS } from '../src/rooms/panel/markup';
import { landing, placeOfPoint } from '../src/rooms/panel/reorder';
import { chosenAfter, moved, renumbered } from '../src/rooms/panel/wall';

describe('choosing on the wall', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  test('a click chooses one, Ctrl adds, Shift goes through', () => {
    expect(chosenAfter(ids, 'a', ['b'], 'c', 'only')).toEqual({ chosen: 'c', more: [] });
    expect(chosenAfter(ids, 'a', [], 'c', 'toggle')).toEqual({ chosen: 'a', more: ['c'] });
    expect(chosenAfter(ids, 'a', ['c'], 'c', 'toggle')).toEqual({ chosen: 'a', more: [] });
    expect(chosenAfter(ids, 'a', ['c'], 'a', 'toggle')).toEqual({ chosen: 'c', more: [] });
    const through = chosenAfter(ids, 'd', [], 'b', 'through');
    expect(through.chosen).toBe('b');
    expect([...through.more].sort()).toEqual(['c', 'd']);
  });
});

describe('another order', () => {
  test('one or several land together', () => {
    expect(moved(['a', 'b', 'c', 'd'], ['a'], 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(['a', 'b', 'c', 'd'], ['a', 'c'], 2)).toEqual(['b', 'd', 'a', 'c']);
    expect(moved(['a', 'b'], ['b'], -4)).toEqual(['b', 'a']);
  });
  test('only what moved gets another number, and no two the same', () => {
    const before = [{ id: 'a', number: 0 }, { id: 'b', number: 3 }, { id: 'c', number: 3 }, { id: 'd', number: 9 }];
    expect(renumbered(before, ['a', 'c', 'b', 'd'])).toEqual([{ id: 'b', number: 4 }]);
    expect(renumbered([{ id: 'a', number: 1 }, { id: 'b', number: 2 }], ['a', 'b'])).toEqual([]);
  });
});

describe('a drag', () => {
  const list = [0, 30, 60].map((top) => ({ left: 0, right: 200, top, bottom: top + 30 }));
  const wall = [0, 1, 2, 3].map((i) => ({ left: (i % 2) * 60, right: (i % 2) * 60 + 60, top: Math.floor(i / 2) * 100, bottom: Math.floor(i / 2) * 100 + 90 }));
  test('lands between the lines of a list', () => {
    expect(placeOfPoint(list, 10, 5)).toBe(0);
    expect(placeOfPoint(list, 10, 50)).toBe(2);
    expect(placeOfPoint(list, 10, 500)).toBe(3);
  });
  test('lands in the rows of a wall', () => {
    expect(placeOfPoint(wall, 70, 40)).toBe(1);
    expect(placeOfPoint(wall, 119, 40)).toBe(2);
    expect(placeOfPoint(wall, 10, 140)).toBe(2);
    expect(placeOfPoint(wall, 110, 140)).toBe(4);
  });
  test('counts without the thing that was taken out', () => {
    expect(landing(0, 3)).toBe(2);
    expect(landing(3, 1)).toBe(1);
    expect(landing(2, 2)).toBe(2);
  });
});

describe('marks of a text', () => {
  const mark = (name: string) => MARKS.find((m) => m.name === name)!;
  test('bold goes on and off', () => {
    const on = marked(mark('bold'), '銚子の朝', 0, 2);
    expect(on).toEqual({ text: '**銚子**の朝', start: 2, end: 4 });
    expect(marked(mark('bold'), on.text, on.start, on.end)).toEqual({ text: '銚子の朝', start: 0, end: 2 });
  });
  test('ruby leaves the cursor where the reading is written', () => {
    expect(marked(mark('ruby'), '犬吠埼へ', 0, 3)).toEqual({ text: '｜犬吠埼《》へ', start: 5, end: 5 });
    expect(marked(mark('ruby'), '｜犬吠埼《いぬぼうさき》へ', 1, 4)).toEqual({ text: '犬吠埼へ', start: 0, end: 3 });
  });
  test('a link takes its address next', () => {
    const on = marked(mark('link'), '市の頁', 0, 3);
    expect(on.text).toBe('[市の頁](https://)');
    expect(on.text.slice(on.start, on.end)).toBe('https://');
  });
  test('without a selection the cursor stands between the marks', () => {
    expect(marked(mark('dots'), 'あ', 1, 1)).toEqual({ text: 'あ《《》》', start: 3, end: 3 });
  });
  test('keys that the program uses are left to it', () => {
    const key = (key: string, shiftKey = false) => markOfKey({ key, code: '', ctrlKey: true, metaKey: false, shiftKey, altKey: false })?.name;
    expect(key('b')).toBe('bold');
    expect(key('z', true)).toBeUndefined();
    expect(key('r')).toBeUndefined();
    expect(key('R', true)).toBe('ruby');
  });
});
