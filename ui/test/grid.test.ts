// The grid's paste, moves and edits: what Excel puts on the clipboard becomes cells, and what cannot be read is said beside the cell.
import { describe, expect, test } from 'vitest';
import { readTable, writeTable } from '../src/parts/grid/table';
import { readCell, showCell, type Column } from '../src/parts/grid/cell';
import { move, single, visible, type Cursor } from '../src/parts/grid/range';
import { clear, copy, fillDown, fit, paste, type Row } from '../src/parts/grid/edits';

const columns: Column[] = [
  { key: 'booth', label: '区画', kind: 'text', width: 60 },
  { key: 'power', label: '電源 W', name: '電源', kind: 'number', width: 70, zero: 'なし' },
  { key: 'fire', label: '火', kind: 'flag', width: 34 },
  { key: 'status', label: '状態', kind: 'choice', width: 100, choices: [{ value: 'applied', label: '申込' }, { value: 'fixed', label: '確定' }] },
];
const rows: Row[] = [
  { id: 'a', booth: 'A-01', power: 300, fire: false, status: 'fixed' },
  { id: 'b', booth: 'A-02', power: null, fire: true, status: 'applied' },
];
const box = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right });

describe('a table from the clipboard', () => {
  const cases: [string, string, string[][]][] = [
    ['cells and rows, Excel ends the last row too', 'a\tb\r\nc\td\r\n', [['a', 'b'], ['c', 'd']]],
    ['one cell', '銚子市', [['銚子市']]],
    ['empty cells stay', 'a\t\tc\n\t\t\n', [['a', '', 'c'], ['', '', '']]],
    ['an empty row between stays', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['line ends, tabs and quotes inside quotes', '"一行目\n二行目"\t"a\tb"\t"彼は""はい""と言う"\n', [['一行目\n二行目', 'a\tb', '彼は"はい"と言う']]],
    ['a quote inside a word is a letter', '24"モニター\tx', [['24"モニター', 'x']]],
    ['a quote that opens and never closes is a letter', '"大\t小\n', [['"大', '小']]],
    ['an empty quoted cell', '""\ta\n', [['', 'a']]],
    ['old Mac line ends', 'a\rb\r', [['a'], ['b']]],
    ['nothing', '', []],
  ];
  test.each(cases)('%s', (_, text, expected) => expect(readTable(text)).toEqual(expected));

  test('what is written is read back', () => {
    const table = [['a\tb', 'c"d', ''], ['一\n二', '', '"x"']];
    expect(readTable(writeTable(table))).toEqual(table);
  });
});

describe('a cell', () => {
  const numbers: [string, number | null | 'fault'][] = [
    ['1500', 1500], ['１，５００', 1500], ['1,500 W', 1500], ['1.5kW', 1500], ['１５００Ｗ', 1500], ['', null], ['なし', 0], ['無', 0], ['3台', 3],
    ['三百', 'fault'], ['15,00', 'fault'], ['1.5', 'fault'], ['-5', 'fault'], ['99999999999', 'fault'], ['300くらい', 'fault'],
  ];
  test.each(numbers)('a number is read: %s', (text, expected) => {
    const read = readCell(columns[1]!, text);
    expect(read.ok ? read.value : 'fault').toBe(expected);
  });

  test.each([['○', true], ['有', true], ['１', true], ['あり', true], ['', false], ['×', false], ['無', false]])('a flag is read: %s', (text, expected) => {
    expect(readCell(columns[2]!, text)).toEqual({ ok: true, value: expected });
  });

  test('a flag that is neither says so', () => expect(readCell(columns[2]!, '多分').ok).toBe(false));
  test('a choice is read by its word or a beginning of it', () => {
    expect(readCell(columns[3]!, '確定')).toEqual({ ok: true, value: 'fixed' });
    expect(readCell(columns[3]!, '申')).toEqual({ ok: true, value: 'applied' });
    expect(readCell(columns[3]!, 'その他')).toEqual({ ok: false, message: '申込・確定から選んでください' });
  });
  test('figures are grouped and a zero has its word', () => {
    expect(showCell(columns[1]!, 15000)).toBe('15,000');
    expect(showCell(columns[1]!, 0)).toBe('なし');
    expect(showCell(columns[1]!, null)).toBe('');
  });
});

describe('a paste', () => {
  test('is one step: changes, new rows, and faults beside the cells that could not be read', () => {
    const { edits, faults } = paste(readTable('A-09\t600\t○\t確定\nA-10\t三百\t\t申込\nA-11\t100\t\t確定'), columns, rows, { row: 1, col: 0 }, box(1, 0));
    expect(edits).toEqual([
      { row: 1, id: 'b', set: { booth: 'A-09', power: 600, status: 'fixed' } },
      { row: 2, id: null, set: { booth: 'A-10', status: 'applied' } },
      { row: 3, id: null, set: { booth: 'A-11', power: 100, status: 'fixed' } },
    ]);
    expect(faults).toEqual([{ row: 2, key: 'power', label: '電源', text: '三百', message: '数字で書いてください' }]);
  });
  test('of one cell fills the selection', () => {
    const { edits } = paste([['500']], columns, rows, { row: 0, col: 1 }, box(0, 1, 1, 1));
    expect(edits.map((e) => e.set)).toEqual([{ power: 500 }, { power: 500 }]);
  });
  test('leaves out what does not change and what is beyond the last column', () => {
    const { edits } = paste([['確定', '余り', '余り']], columns, rows, { row: 0, col: 3 }, box(0, 3));
    expect(edits).toEqual([]);
  });
  test('of empty lines past the end makes no rows', () => {
    expect(paste([[''], ['']], columns, rows, { row: 2, col: 0 }, box(2, 0)).edits).toEqual([]);
  });
  test('of a thousand lines is a thousand changes', () => {
    const table = Array.from({ length: 1000 }, (_, i) => [`Z-${i}`, String(i)]);
    expect(paste(table, columns, rows, { row: 2, col: 0 }, box(2, 0)).edits).toHaveLength(1000);
  });
});

test('emptying leaves a choice as it is', () => {
  expect(clear(columns, rows, box(0, 0, 0, 3))).toEqual([{ row: 0, id: 'a', set: { booth: '', power: null } }]);
});
test('filling down copies the first row', () => {
  expect(fillDown(columns, rows, box(0, 1, 1, 3))).toEqual([{ row: 1, id: 'b', set: { power: 300, fire: false, status: 'fixed' } }]);
});
test('copying gives plain digits that a sheet adds up', () => {
  expect(copy(columns, [{ id: 'x', booth: 'A', power: 1500, fire: true, status: 'fixed' }], box(0, 0, 0, 3))).toBe('A\t1500\t○\t確定');
});

describe('the cursor', () => {
  const size = { rows: 10, cols: 4, page: 5 };
  const press = (key: string, cursor: Cursor = single(2, 1), more: Partial<{ shift: boolean; ctrl: boolean; composing: boolean }> = {}) => move(cursor, { key, shift: false, ctrl: false, ...more }, size);
  const cases: [string, Partial<{ shift: boolean; ctrl: boolean }>, [number, number]][] = [
    ['ArrowUp', {}, [1, 1]], ['ArrowDown', {}, [3, 1]], ['ArrowLeft', {}, [2, 0]], ['ArrowRight', {}, [2, 2]],
    ['ArrowDown', { ctrl: true }, [9, 1]], ['ArrowUp', { ctrl: true }, [0, 1]],
    ['Home', {}, [2, 0]], ['End', {}, [2, 3]], ['Home', { ctrl: true }, [0, 0]], ['End', { ctrl: true }, [9, 3]],
    ['PageDown', {}, [7, 1]], ['PageUp', {}, [0, 1]], ['Enter', {}, [3, 1]], ['Enter', { shift: true }, [1, 1]], ['Tab', {}, [2, 2]], ['Tab', { shift: true }, [2, 0]],
  ];
  test.each(cases)('%s %o', (key, more, [row, col]) => expect(press(key, undefined, more)).toEqual(single(row, col)));
  test('Shift stretches the selection', () => expect(press('ArrowDown', single(2, 1), { shift: true })).toEqual({ from: { row: 2, col: 1 }, at: { row: 3, col: 1 } }));
  test('Tab goes on in the next row, and back', () => {
    expect(press('Tab', single(2, 3))).toEqual(single(3, 0));
    expect(press('Tab', single(3, 0), { shift: true })).toEqual(single(2, 3));
  });
  test('edges hold', () => expect(press('ArrowUp', single(0, 0))).toEqual(single(0, 0)));
  test('nothing moves while a word is being composed', () => expect(press('Enter', single(2, 1), { composing: true })).toBeNull());
  test('letters do not move', () => expect(press('あ')).toBeNull());
});

test('only the rows in sight are drawn', () => {
  const { first, count } = visible(140_000, 560, 28, 10_001);
  expect(first).toBe(4994);
  expect(count).toBeLessThan(40);
  expect(visible(0, 560, 28, 3)).toEqual({ first: 0, count: 3 });
});

test('columns that do not fit leave by their rank', () => {
  const all: Column[] = [
    { key: 'a', label: 'a', kind: 'text', width: 100, grow: 1 },
    { key: 'b', label: 'b', kind: 'text', width: 100, rank: 1 },
    { key: 'c', label: 'c', kind: 'text', width: 100, rank: 2 },
  ];
  expect(fit(all, 250).map((c) => [c.key, c.px])).toEqual([['a', 150], ['b', 100]]);
});
