// The grid under the fingers: an input method from the first character, F2, Tab and Enter, paste as one step, a refused write.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import Grid from '../src/parts/grid/Grid.svelte';
import type { Column } from '../src/parts/grid/cell';
import type { Edit } from '../src/parts/grid/edits';

const columns: Column[] = [
  { key: 'name', label: '自治体', kind: 'text', width: 100 },
  { key: 'power', label: '電源', kind: 'number', width: 60 },
  { key: 'fire', label: '火', kind: 'flag', width: 30 },
  { key: 'status', label: '状態', kind: 'choice', width: 80, choices: [{ value: 'applied', label: '申込' }, { value: 'fixed', label: '確定' }] },
];
const rows = [
  { id: 'a', name: '銚子市', power: 300, fire: false, status: 'fixed' },
  { id: 'b', name: '大槌町', power: 600, fire: false, status: 'applied' },
];

beforeAll(() => {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  } as unknown as typeof ResizeObserver;
});

let end: (() => void) | undefined;
afterEach(() => end?.());

function open(refuse = false) {
  const steps: { edits: Edit[]; what: string }[] = [];
  const save = async (edits: Edit[], what: string) => {
    if (refuse) throw { kind: 'disk', message: '書き込めません。', hint: '空きを確かめてください。' };
    steps.push({ edits, what });
    return edits.map((edit, i) => edit.id ?? `made ${i}`);
  };
  const grid = mount(Grid, { target: document.body, props: { rows, columns, label: '名簿', invite: 'ここに書く', save } });
  end = () => void unmount(grid);
  flushSync();
  const area = document.querySelector('textarea')!;
  const key = (name: string, more: KeyboardEventInit & { keyCode?: number } = {}) => {
    const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
    area.dispatchEvent(event);
    flushSync();
    return event;
  };
  const type = (text: string) => {
    area.value += text;
    area.dispatchEvent(new InputEvent('input', { data: text, bubbles: true }));
    flushSync();
  };
  const rest = async () => {
    await new Promise((done) => setTimeout(done, 0));
    flushSync();
  };
  return { steps, area, key, type, rest };
}

test('typing replaces the cell; Enter writes it and moves down', async () => {
  const { steps, area, key, type, rest } = open();
  type('上田市');
  expect(area.dataset.grid).toBe('type');
  key('Enter');
  await rest();
  expect(steps).toEqual([{ edits: [{ row: 0, id: 'a', set: { name: '上田市' } }], what: '自治体を変更' }]);
  expect(area.dataset.grid).toBe('ready');
  expect(area.getAttribute('aria-label')).toBe('2行 自治体 大槌町');
});

test('a conversion starts in the cell at its first key, and its Enter and arrows belong to the input method', async () => {
  const { steps, area, key, type, rest } = open();
  key('Process', { keyCode: 229 });
  area.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
  flushSync();
  expect(area.dataset.grid).toBe('type');
  type('ちょうし');
  key('ArrowDown', { isComposing: true });
  key('Enter', { isComposing: true });
  // WKWebView: the Enter that confirmed the word, after the conversion has ended.
  key('Enter', { keyCode: 229 });
  await rest();
  expect(steps).toEqual([]);
  expect(area.value).toBe('ちょうし');
  key('Enter');
  await rest();
  expect(steps[0]?.edits[0]?.set).toEqual({ name: 'ちょうし' });
});

test('Escape gives the old value back', async () => {
  const { steps, area, key, type, rest } = open();
  type('x');
  key('Escape');
  await rest();
  expect(steps).toEqual([]);
  expect(area.value).toBe('');
});

test('F2 edits what is there; arrows then move in the text', () => {
  const { area, key } = open();
  key('F2');
  expect(area.value).toBe('銚子市');
  expect(key('ArrowLeft').defaultPrevented).toBe(false);
  expect(area.dataset.grid).toBe('edit');
});

test('a run of Tabs ends with Enter under its beginning', async () => {
  const { area, key, type, rest } = open();
  type('伊那市');
  key('Tab');
  type('500');
  key('Enter');
  await rest();
  expect(area.getAttribute('aria-label')).toBe('2行 自治体 大槌町');
});

test('Space turns a flag, Delete empties, both without opening the cell', async () => {
  const { steps, area, key, rest } = open();
  key('ArrowRight');
  key('ArrowRight');
  key(' ');
  key('ArrowLeft');
  key('Delete');
  await rest();
  expect(steps.map((s) => s.edits[0]?.set)).toEqual([{ fire: true }, { power: null }]);
  expect(area.dataset.grid).toBe('ready');
});

test('a choice is typed by its beginning or picked by arrows', async () => {
  const { steps, key, type, rest } = open();
  key('End');
  type('申');
  key('Enter');
  key('F2');
  key('ArrowDown');
  key('Enter');
  await rest();
  expect(steps.map((s) => s.edits[0]?.set)).toEqual([{ status: 'applied' }, { status: 'fixed' }]);
});

test('a paste is one step with new rows, and a bad number stays beside its cell', async () => {
  const { steps, area, rest } = open();
  const paste = new Event('paste', { bubbles: true, cancelable: true }) as ClipboardEvent;
  Object.defineProperty(paste, 'clipboardData', { value: { getData: () => '釧路市\t三百\n大空町\t７００\n堺市\t0\n' } });
  area.dispatchEvent(paste);
  await rest();
  expect(steps).toHaveLength(1);
  expect(steps[0]!.edits.map((e) => [e.id, e.set])).toEqual([['a', { name: '釧路市' }], ['b', { name: '大空町', power: 700 }], [null, { name: '堺市', power: 0 }]]);
  expect(steps[0]!.what).toBe('3行を貼り付け');
  expect(document.body.textContent).toContain('1か所を読めませんでした');
  expect(document.querySelector('.cell.fault')?.textContent?.trim()).toBe('三百');
});

test('a refused write is taken back and said', async () => {
  const { key, type, rest } = open(true);
  type('上田市');
  key('Enter');
  await rest();
  expect(document.body.textContent).toContain('書き込めません。 空きを確かめてください。');
  expect(document.querySelector('[data-row="0"][data-col="0"]')?.textContent?.trim()).toBe('銚子市');
});

test('Ctrl+Z is left to the window', () => {
  const { key } = open();
  expect(key('z', { ctrlKey: true }).defaultPrevented).toBe(false);
});
