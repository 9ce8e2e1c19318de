// A draft saves by itself after a rest, as one step with one name, and never loses what was typed.
import { beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../src/wire';

const saves: { label: string; changes: Change[] }[] = [];
let refuse: { kind: string; message: string; hint: string } | undefined;
vi.mock('../src/host', () => ({
  inWindow: false,
  asFault: (x: unknown) => x,
  onChanged: () => () => {},
  call: async (name: string, ask: { label: string; changes: Change[] }) => {
    if (name !== 'save') throw new Error(name);
    if (refuse) throw refuse;
    saves.push(ask);
    return { ids: [], step: null };
  },
}));
const { Draft, REST, saveAll } = await import('../src/draft.svelte');

const venue = () => ({ id: 'v', name: '会館', kana: '', address: '', contact: '', tel: '', hire: '', note: '' });

beforeEach(() => {
  vi.useFakeTimers();
  saves.length = 0;
  refuse = undefined;
});

test('several keys make one step', async () => {
  const draft = new Draft('venue', venue);
  for (const text of ['東', '東京', '東京区政会館']) draft.set('name', text, '会場名を変更');
  expect(draft.value('name')).toBe('東京区政会館');
  expect(saves).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(REST);
  expect(saves).toEqual([{ label: '会場名を変更', changes: [{ kind: 'venue', id: 'v', set: { name: '東京区政会館' }, remove: false }] }]);
});

test('a step with another name saves the one before it', async () => {
  const draft = new Draft('venue', venue);
  draft.set('name', 'A', '会場名を変更');
  draft.set('tel', '03', '電話を変更');
  await vi.advanceTimersByTimeAsync(REST);
  expect(saves.map((s) => s.label)).toEqual(['会場名を変更', '電話を変更']);
});

test('Ctrl+S does not wait for the rest', async () => {
  const draft = new Draft('venue', venue);
  draft.set('note', '夜間は不可', 'メモを変更');
  await saveAll();
  expect(saves).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(REST * 2);
  expect(saves).toHaveLength(1);
});

test('what was refused stays typed, with its fault beside it, and is sent again with the next key', async () => {
  const draft = new Draft('venue', venue);
  refuse = { kind: 'bad_field', message: '電話が正しくありません。', hint: '' };
  draft.set('tel', 'あ', '電話を変更');
  await vi.advanceTimersByTimeAsync(REST);
  expect(draft.value('tel')).toBe('あ');
  expect(draft.faultOf('tel')?.message).toBe('電話が正しくありません。');
  expect(draft.faultOf('name')).toBeUndefined();
  refuse = undefined;
  draft.set('tel', '03-5210-9917', '電話を変更');
  await vi.advanceTimersByTimeAsync(REST);
  expect(saves).toHaveLength(1);
  expect(draft.faultOf('tel')).toBeUndefined();
});

test('after saving, the typed text stands until the record has been read again', async () => {
  let record = venue();
  let turn = 1;
  const draft = new Draft('venue', () => record, () => turn);
  draft.set('name', '新しい名', '会場名を変更');
  await vi.advanceTimersByTimeAsync(REST);
  expect(draft.value('name')).toBe('新しい名');
  // Another laptop's merge wins once it has been read.
  record = { ...record, name: '合併後の名' };
  turn = 2;
  expect(draft.value('name')).toBe('合併後の名');
});

test('a draft does not carry its text over to another record', async () => {
  let record = venue();
  const draft = new Draft('venue', () => record);
  draft.set('name', '直した', '会場名を変更');
  record = { ...venue(), id: 'w', name: '別の会場' };
  expect(draft.value('name')).toBe('別の会場');
  await vi.advanceTimersByTimeAsync(REST);
  expect(saves[0].changes[0].id).toBe('v');
});
