// Dates as a ward office writes them.
import { expect, test } from 'vitest';
import { eraYear, periodWestern, periodWords, wareki, warekiSpan, western } from '../src/parts/wareki';

test.each([
  ['2026-01-09', '令和8年1月9日(金)'],
  ['2019-05-01', '令和元年5月1日(水)'],
  ['2019-04-30', '平成31年4月30日(火)'],
  ['2016-08', '平成28年8月'],
  ['2020', '令和2年'],
])('%s is %s', (iso, words) => expect(wareki(iso)).toBe(words));

test.each([[2019, '令和元'], [2025, '令和7'], [2018, '平成30']])('fiscal year %i is %s', (year, words) => expect(eraYear(year)).toBe(words));

test('a span drops what both ends share', () => {
  expect(warekiSpan('2022-11-09', '2022-12-22')).toBe('令和4年11月9日(水)～12月22日(木)');
  expect(warekiSpan('2026-01-09', '2026-03-03')).toBe('令和8年1月9日(金)～3月3日(火)');
  expect(warekiSpan('2025-12-20', '2026-01-10')).toBe('令和7年12月20日(土)～令和8年1月10日(土)');
  expect(warekiSpan('2022-05', '2022-06')).toBe('令和4年5月～6月');
});

test('the western year is there on hover, words stay words', () => {
  expect(western('2026-01-09')).toBe('2026年1月9日(金)');
  expect(periodWords({ from: '', to: '', precision: 'text', text: '毎年8月下旬' })).toBe('毎年8月下旬');
  expect(periodWords({ from: '2019', to: '2019', precision: 'fiscal_year', text: '' })).toBe('令和元年度');
  expect(periodWestern({ from: '2019', to: '2019', precision: 'fiscal_year', text: '' })).toBe('2019年度');
});
