// Words of partners: kinds, how members are counted, the rows of kana, and figures over the years.
import { reading } from '../../parts/reading';
import type { Point } from '../../parts/trend';
import { wareki } from '../../parts/wareki';
import type { FigureEntry, PartnerLine } from '../../wire';

export const KINDS = [
  { name: 'association', label: '市長会・町村会' },
  { name: 'municipality', label: '市町村' },
  { name: 'prefecture', label: '都道府県' },
  { name: 'company', label: '企業' },
  { name: 'ward', label: '特別区' },
  { name: 'other', label: 'その他' },
];
export const kindLabel = (kind: string): string => KINDS.find((k) => k.name === kind)?.label ?? 'その他';

export const ROWS = ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ'];
const letters = 'あいうえお かきくけこがぎぐげご さしすせそざじずぜぞ たちつてとだぢづでど なにぬねの はひふへほばびぶべぼぱぴぷぺぽ まみむめも やゆよ らりるれろ わをん'.split(' ');

/** The row that a reading begins in: ち is in た. */
export function rowOf(text: string): string {
  const first = reading(text)[0];
  return first ? (ROWS[letters.findIndex((row) => row.includes(first))] ?? '') : '';
}

/** 37市, 17町村: what stands at the end of a line. */
export function memberWords(line: Pick<PartnerLine, 'kind' | 'name' | 'members' | 'prefecture'>): string {
  if (line.kind === 'association' && line.members > 0) return `${line.members}${line.name.includes('町村') ? '町村' : line.name.includes('市') ? '市' : '団体'}`;
  return line.kind === 'municipality' || line.kind === 'association' ? line.prefecture : '';
}

/** Figures of one name that can stand on a line: dated, with a value. */
export function series(figures: readonly FigureEntry[]): { name: string; unit: string; points: Point[] }[] {
  return [...new Set(figures.map((f) => f.name))].flatMap((name) => {
    const dated = figures.filter((f) => f.name === name && f.value !== null && f.as_of?.from);
    if (dated.length < 2) return [];
    const points = dated.map((f) => ({
      at: dayNumber(f.as_of!.from), value: f.value!, label: figureWords(f), when: wareki(f.as_of!.from, false), open: f.approximate || (f.bound !== '' && f.bound !== 'exact'),
    }));
    return [{ name, unit: dated[0]!.unit, points }];
  });
}

function dayNumber(iso: string): number {
  const [y, m = 1, d = 1] = iso.split('-').map(Number);
  return Date.UTC(y!, m - 1, d) / 86_400_000;
}

/** 約1,100, 1,100超: the figure as it may be printed. */
export function figureWords(figure: FigureEntry): string {
  if (figure.value === null) return figure.text;
  const counting = { gross: '延べ', net: '実人数' }[figure.counting] ?? '';
  const about = figure.approximate || figure.bound === 'about' ? '約' : '';
  const tail = figure.bound === 'over' ? '超' : figure.bound === 'under' ? '未満' : '';
  return `${counting}${about}${new Intl.NumberFormat('ja-JP').format(figure.value)}${tail}`;
}
