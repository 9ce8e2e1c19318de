// The booths of a plan: lines as Excel copies them, and the next booth beside the last.
import { expect, test } from 'vitest';
import { asLines, fromLines, measure, nextBooth, type Booth } from '../src/rooms/panel/plan';

const booths: Booth[] = [{ number: 'A-09', label: '銚子市', x: 0, y: 1.5, w: 3, h: 2 }, { number: '', label: '受付', x: 4, y: 0, w: 2, h: 1, kind: 'desk' }];

test('lines and booths are the same thing', () => {
  expect(fromLines(asLines(booths))).toEqual(booths);
});

test('what Excel leaves out or writes in full width is read', () => {
  expect(fromLines('１\t館山市\t１．５\t\t3\n\n')).toEqual([{ number: '１', label: '館山市', x: 1.5, y: 0, w: 3, h: 3 }]);
});

test('the next booth stands to the right of the last and counts on', () => {
  expect(nextBooth([booths[0]])).toEqual({ number: 'A-10', label: '', x: 3, y: 1.5, w: 3, h: 2 });
  expect(nextBooth([])).toMatchObject({ number: '1', w: 3 });
});

test('a side that is no number stays, and none is nothing', () => {
  expect(measure('広い', 3, 'w')).toBe(3);
  expect(measure('0', 3, 'w')).toBe(0.1);
  expect(measure('２．４ m'.trim(), 3, 'x')).toBe(2.4);
});
