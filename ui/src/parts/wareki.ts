// Names of days and years as a ward office writes them, for what the window itself draws. Reading and judging dates is the office's work.

const eras: [string, string][] = [['2019-05-01', '令和'], ['1989-01-08', '平成'], ['1926-12-25', '昭和'], ['1912-07-30', '大正'], ['1868-10-23', '明治']];

function eraOf(iso: string): { name: string; year: number } | undefined {
  const era = eras.find(([from]) => iso >= from);
  return era && { name: era[1], year: Number(iso.slice(0, 4)) - Number(era[0].slice(0, 4)) + 1 };
}

/** 令和7 or 令和元, for a fiscal year: 2019 is 令和元年度 since it is counted by its greater part. */
export function eraYear(year: number): string {
  const era = eraOf(`${year}-06-01`);
  return era ? `${era.name}${era.year === 1 ? '元' : era.year}` : String(year);
}

/** 令和8年1月9日(金), 令和8年1月, 令和8年, as exactly as the text is. */
export function wareki(iso: string, weekday = true): string {
  const [y, m, d] = iso.split('-');
  const era = eraOf(iso.length >= 10 ? iso : `${y}-${m ?? '12'}-31`);
  const year = era ? `${era.name}${era.year === 1 ? '元' : era.year}年` : `${y}年`;
  if (!m) return year;
  if (!d) return `${year}${Number(m)}月`;
  return `${year}${monthDay(iso, weekday)}`;
}

/** 2026年1月9日(金) */
export function western(iso: string): string {
  const [y, m, d] = iso.split('-');
  return !m ? `${y}年` : !d ? `${y}年${Number(m)}月` : `${y}年${monthDay(iso)}`;
}

/** 1月9日(金) */
export function monthDay(iso: string, weekday = true): string {
  const [, m, d] = iso.split('-');
  return `${Number(m)}月${Number(d)}日${weekday ? `(${weekdayOf(iso)})` : ''}`;
}

export function weekdayOf(iso: string): string {
  return '日月火水木金土'[new Date(`${iso.slice(0, 10)}T00:00:00Z`).getUTCDay()];
}

/** A span in 令和: the second date drops what it shares with the first. */
export function warekiSpan(from: string, to: string): string {
  if (!to || to === from) return wareki(from);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  if (from.length === 10 && to.length === 10) return `${wareki(from)}～${sameYear ? monthDay(to) : wareki(to)}`;
  if (from.length === 7 && sameYear) return `${wareki(from)}～${Number(to.split('-')[1])}月`;
  return `${wareki(from)}～${wareki(to)}`;
}

/** A period as the office holds it, in words; a fiscal year is named as one. */
export function periodWords(period: { from: string; to: string; precision: string; text: string } | null | undefined): string {
  if (!period) return '';
  if (!period.from || period.precision === 'text') return period.text;
  if (period.precision === 'fiscal_year') return `${eraYear(Number(period.from.slice(0, 4)))}年度`;
  return warekiSpan(period.from, period.to);
}

export function periodWestern(period: { from: string; to: string; precision: string; text: string } | null | undefined): string {
  if (!period?.from) return '';
  if (period.precision === 'fiscal_year') return `${period.from.slice(0, 4)}年度`;
  return !period.to || period.to === period.from ? western(period.from) : `${western(period.from)}～${western(period.to)}`;
}
