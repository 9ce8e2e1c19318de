// The line of presses: in order, never dropped, never twice, and kept when the window ends in between.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Presses, waitingAt, type Press } from '../src/rooms/counter/presses.svelte';
import { hourRange, printed } from '../src/rooms/counter/words';
import type { Counted } from '../src/wire';

const press = (delta = 1, undo = false): Press => ({ project: 'p', door: 'east', category: 'adult', delta, undo });
const done = (seq: number): Counted => ({ device: 'd', seq, at: '2025-11-09T13:42:08', door_total: seq, day_total: seq });
const paper = (text = '') => ({ text, read: () => text || null, write(t: string) { this.text = t; } });

beforeEach(() => void vi.useFakeTimers());

describe('presses', () => {
  test('go one after another in their order', async () => {
    const sent: number[] = [];
    let running = 0;
    const line = new Presses(async (p) => {
      expect(++running).toBe(1);
      await new Promise((r) => setTimeout(r, 5));
      running--;
      sent.push(p.delta);
      return done(sent.length);
    }, paper());
    for (let i = 1; i <= 20; i++) line.press(press(i));
    expect(waitingAt(line.waiting, 'east')).toBe(210);
    await vi.runAllTimersAsync();
    expect(sent).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(line.waiting).toEqual([]);
    expect(line.last?.counted.seq).toBe(20);
  });

  test('wait and go again when the disk refuses; none is lost', async () => {
    let refuse = 3;
    const sent: number[] = [];
    const line = new Presses(async (p) => {
      if (refuse-- > 0) throw { kind: 'disk', message: '書き込めません', hint: '' };
      sent.push(p.delta);
      return done(sent.length);
    }, paper());
    line.press(press(1));
    line.press(press(2));
    await vi.advanceTimersByTimeAsync(10);
    expect(line.fault?.message).toBe('書き込めません');
    expect(line.waiting).toHaveLength(2);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([1, 2]);
    expect(line.fault).toBeUndefined();
  });

  test('an undo keeps its place, and a refused undo does not block those behind it', async () => {
    const sent: string[] = [];
    const line = new Presses(async (p) => {
      sent.push(p.undo ? 'undo' : `+${p.delta}`);
      if (p.undo) throw { kind: 'nothing', message: '取り消す記録がありません', hint: '' };
      return done(1);
    }, paper());
    line.press(press(1));
    line.press(press(0, true));
    line.press(press(2));
    await vi.runAllTimersAsync();
    expect(sent).toEqual(['+1', 'undo', '+2']);
  });

  test('a press that can never be written stands aside with its reason, and stays in the journal', async () => {
    const journal = paper();
    const line = new Presses(async (p) => {
      if (p.door === 'gone') throw { kind: 'not_found', message: '入口がありません', hint: '' };
      return done(1);
    }, journal);
    line.press({ ...press(5), door: 'gone' });
    line.press(press(1));
    await vi.runAllTimersAsync();
    expect(line.waiting).toEqual([]);
    expect(line.refused.map((r) => [r.press.delta, r.fault.message])).toEqual([[5, '入口がありません']]);
    expect(JSON.parse(journal.text)).toHaveLength(1);
    line.putAway();
    expect(journal.text).toBe('');
  });

  test('what an ended window left is neither counted nor dropped until a person decides', async () => {
    const journal = paper(JSON.stringify([press(1), press(20)]));
    const sent: number[] = [];
    const line = new Presses(async (p) => (sent.push(p.delta), done(sent.length)), journal);
    await vi.runAllTimersAsync();
    expect(line.left).toHaveLength(2);
    expect(sent).toEqual([]);
    line.press(press(3));
    await vi.runAllTimersAsync();
    expect(JSON.parse(journal.text)).toHaveLength(2);
    line.decide(true);
    await vi.runAllTimersAsync();
    expect(sent).toEqual([3, 1, 20]);
    expect(journal.text).toBe('');
  });

  test('a torn journal does not stop the counter', () => {
    expect(new Presses(async () => done(1), paper('[{"door":')).left).toEqual([]);
  });
});

test('a figure keeps its meaning', () => {
  const figure = (counting: string, approximate: boolean, bound = 'exact') => printed({ value: 1158, counting, approximate, bound });
  expect(figure('gross', false)).toBe('延べ1,158名');
  expect(figure('unspecified', true)).toBe('約1,158名');
  expect(figure('net', false, 'over')).toBe('実人数1,158名超');
});

test('hours run from opening to closing without holes', () => {
  const hour = (h: number) => ({ hour: h, total: 3, doors: [3] });
  expect(hourRange([hour(12)], '10:00', '16:00')).toEqual([10, 11, 12, 13, 14, 15]);
  expect(hourRange([hour(17)], '10:00', '16:30')).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
  expect(hourRange([], '', '')).toEqual([]);
});
