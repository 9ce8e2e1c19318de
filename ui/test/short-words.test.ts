// Short words over the room, and faults as running text.
import { afterEach, expect, test, vi } from 'vitest';
import { sentence } from '../src/parts/sentence';
import { toasts } from '../src/toasts.svelte';

afterEach(() => { for (const t of toasts.list) toasts.close(t.id); vi.useRealTimers(); });

test('ten steps taken back are one line, and other words stay', () => {
  toasts.say('保存しました');
  for (let i = 1; i <= 10; i += 1) toasts.say(`取り消しました：${i}`, undefined, 'step');
  expect(toasts.list.map((t) => t.words)).toEqual(['保存しました', '取り消しました：10']);
});

test('words go by themselves, faults stay longer', () => {
  vi.useFakeTimers();
  toasts.say('保存しました');
  toasts.fault('書き込めません', '空きをお確かめください');
  vi.advanceTimersByTime(5000);
  expect(toasts.list.map((t) => t.words)).toEqual(['書き込めません']);
  vi.advanceTimersByTime(8000);
  expect(toasts.list).toEqual([]);
});

test('each part of a fault ends as a sentence once', () => {
  expect(sentence('誤りが1件あります', '検査で直すか、見送ってください。')).toBe('誤りが1件あります。検査で直すか、見送ってください。');
  expect(sentence('読めません', '')).toBe('読めません。');
});
