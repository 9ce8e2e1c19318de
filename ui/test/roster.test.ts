// The roster's sums, circuits and search, the timetable's clashes, and the floor's gaps.
import { describe, expect, test } from 'vitest';
import { doubled, findLines, relief, sums } from '../src/rooms/event/roster';
import { clockOf, minutes, timeFault, timetable } from '../src/rooms/event/timetable';
import { freePlace, gaps, inside, misplaced } from '../src/parts/plan/geometry';
import type { Booth, ProgrammeSlot, RosterEntry } from '../src/wire';

const line = (booth: string, power: number | null, more: Partial<RosterEntry> = {}) => ({ id: booth, booth, name: booth, kana: '', products: '', power_w: power, circuit: '', water: false, fire: false, status: 'fixed', ...more }) as RosterEntry;
const booth = (code: string, circuit: string) => ({ id: code, code, circuit }) as Booth;

describe('the footer', () => {
  const booths = [booth('A-01', 'A'), booth('A-02', 'A'), booth('B-01', 'B'), booth('B-02', 'B')];
  const lines = [line('A-01', 1500, { water: true }), line('A-02', 1000, { fire: true }), line('B-01', 300), line('B-02', 900, { status: 'cancelled', water: true })];
  const all = sums(lines, booths, { power_w: 2500, circuit_w: 2000 });
  test('adds what takes place and leaves out what was called off', () => {
    expect(all).toMatchObject({ groups: 3, booths: 4, free: 1, power: 2800, water: 1, fire: 1, cancelled: 1, overContract: true });
  });
  test('marks a circuit above its limit and names the smallest cure', () => {
    expect(all.circuits.map((c) => [c.name, c.load, c.over])).toEqual([['A', 2500, true], ['B', 300, false]]);
    const cure = relief(all.circuits[0]!, all.circuits, ['A', 'B', 'C']);
    expect(cure).toMatchObject({ line: { id: 'A-02' }, to: 'C' });
    expect(relief(all.circuits[1]!, all.circuits, ['A', 'B'])).toBeNull();
  });
  test('no limit, no warning', () => expect(sums(lines, booths, { power_w: null, circuit_w: null })).toMatchObject({ overContract: false, contract: null }));
});

test('a booth given twice is named', () => expect(doubled([line('A-01', 0), line('A-01', 0), line('A-02', 0), line('', 0), line('', 0)])).toEqual(['A-01']));

test('finding by reading takes katakana and half-width, beginnings first', () => {
  const lines = [line('1', 0, { name: '大槌町', kana: 'おおつちちょう' }), line('2', 0, { name: '銚子市', kana: 'ちょうしし' })];
  expect(findLines(lines, 'チョウ').map((l) => l.name)).toEqual(['銚子市', '大槌町']);
  expect(findLines(lines, 'ﾁｮｳｼ').map((l) => l.name)).toEqual(['銚子市']);
  expect(findLines(lines, ' ')).toEqual([]);
});

describe('a programme', () => {
  test.each([['9:30', 570], ['０９：３０', 570], ['930', 570], ['9時半', 570], ['9時', 540], ['14', 840], ['24:30', 1470], ['9:75', null], ['朝', null], ['', null]])('time %s', (text, expected) => expect(minutes(text)).toBe(expected));
  test('minutes are printed with two digits', () => expect(clockOf(545)).toBe('09:05'));
  const slot = (title: string, start: string, end: string, place = 'stage', performer = '') => ({ id: title, title, start, end, place, performer }) as ProgrammeSlot;
  test('clashes on one place, not on two', () => {
    const placed = timetable([slot('開会', '10:00', '10:30'), slot('太鼓', '10:20', '11:00'), slot('相談', '10:00', '11:00', 'pr'), slot('民謡', '11:00', '11:30')]);
    expect(placed.map((p) => [p.slot.title, !!p.clash, p.lane, p.lanes])).toEqual([['開会', true, 0, 2], ['相談', false, 0, 1], ['太鼓', true, 1, 2], ['民謡', false, 0, 1]]);
  });
  test('the same performer cannot be in two places', () => {
    const placed = timetable([slot('歌', '10:00', '10:30', 'stage', '見本合唱団'), slot('体験', '10:15', '11:00', 'workshop', '見本合唱団')]);
    expect(placed[0]!.clash).toContain('見本合唱団');
  });
  test('an end before its start is said', () => expect(timeFault({ start: '11:00', end: '10:00' })).toBe('終わりが始まりより前です'));
});

describe('the floor', () => {
  const box = (id: string, x: number, y: number) => ({ id, label: id, sub: '', x, y, w: 3, d: 2 });
  test('gaps are measured to what is beside', () => {
    const found = gaps(box('b', 6, 0), [box('a', 0.4, 0), box('c', 20, 20)]);
    expect(found).toHaveLength(1);
    expect(found[0]!.m).toBeCloseTo(2.6);
  });
  test('touching is not overlapping', () => expect(misplaced([box('a', 0, 0), box('b', 3, 0)], [], 10, 10).size).toBe(0));
  test('overlap and leaving the floor are named', () => {
    const wrong = misplaced([box('a', 0, 0), box('b', 2, 0), box('c', 8, 5)], [], 10, 10);
    expect([...wrong.keys()].sort()).toEqual(['a', 'b', 'c']);
    expect(wrong.get('c')).toBe('床の外に出ています');
  });
  test('a box stays inside', () => expect(inside(box('a', 9, -3), 10, 10)).toMatchObject({ x: 7, y: 0 }));
  test('a new box finds a free place', () => expect(freePlace({ w: 3, d: 2 }, [box('a', 0, 0)], 10, 10)).toEqual({ x: 3, y: 0.5 }));
});
