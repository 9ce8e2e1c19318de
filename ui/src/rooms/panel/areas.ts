// Blocks on the page as the press reports them: what is under the pointer, the text that is meant, and a text by its path.
import type { PanelArea, PanelText } from '../../wire';
import type { Block } from './content';
import type { Rect } from './snap';

export const rectOf = (place: readonly number[]): Rect => ({ x: place[0], y: place[1], w: place[2], h: place[3] });
export const holds = (r: Rect, x: number, y: number) => x >= r.x && x <= r.x + r.w && y >= r.y && y <= r.y + r.h;
const size = (place: readonly number[]) => place[2] * place[3];

/** Height of each area in the pile: a small block lies on a large one, e.g. the name on the picture. */
export function pile(areas: readonly PanelArea[]): number[] {
  const order = areas.map((a, i) => [size(a.place), i] as const).sort((a, b) => b[0] - a[0]);
  const height: number[] = [];
  order.forEach(([, i], n) => (height[i] = n + 1));
  return height;
}

/** The block under a point: of those that hold it, the one on top. */
export function under(areas: readonly PanelArea[], x: number, y: number): PanelArea | undefined {
  return areas.filter((a) => holds(rectOf(a.place), x, y)).sort((a, b) => size(a.place) - size(b.place))[0];
}

/** The text of a block that a point means: the one that holds it, else the nearest. */
export function textNear(area: PanelArea, x: number, y: number): PanelText | undefined {
  const away = (t: PanelText) => {
    const r = rectOf(t.place);
    const dx = Math.max(r.x - x, 0, x - r.x - r.w);
    const dy = Math.max(r.y - y, 0, y - r.y - r.h);
    return Math.hypot(dx, dy) + size(t.place) * 1e-6;
  };
  return [...area.texts].sort((a, b) => away(a) - away(b))[0];
}

const steps = (path: string) => path.split('/').slice(1);

export function textAt(block: Block, path: string): string | undefined {
  let at: unknown = block;
  for (const step of steps(path)) at = (at as Record<string, unknown> | undefined)?.[step];
  return typeof at === 'string' ? at : undefined;
}

/** The block with another text at this path; everything else is the same thing as before. */
export function withText(block: Block, path: string, text: string): Block {
  const put = (at: unknown, [step, ...rest]: string[]): unknown => {
    if (step === undefined) return text;
    if (Array.isArray(at)) return at.map((item, i) => (String(i) === step ? put(item, rest) : item));
    return { ...(at as object), [step]: put((at as Record<string, unknown>)?.[step], rest) };
  };
  return put(block, steps(path)) as Block;
}

/** The first text of a block that can be written in place, for a block that says nothing yet. */
const FIRST: Record<string, string> = {
  title: '/text', subtitle: '/text', lead: '/text', tag: '/text', body: '/sections/0/text', footer: '/lines/0', figure: '/title', chart: '/title', table: '/title',
  facts: '/rows/0/value', occasion: '/period', municipalities: '/title', photo: '/caption', qr: '/label',
  list: '/items/0', chronology: '/rows/0/text', timetable: '/days/0/label', plan: '/booths/0/label', logo: '/label', signature: '/name',
};
export function firstText(block: Block): string | undefined {
  const path = FIRST[block.type];
  return path && textAt(block, path) !== undefined ? path : undefined;
}

const words: Record<string, string> = {
  text: '文', heading: '小見出し', reading: 'よみ', region: '上の小さな文字', key_word: '大きく置く言葉', caption: '説明', credit: '提供', permission: '許可番号', title: '見出し', note: '注記',
  label: '項目', value: '内容', unit: '単位', head: '見出し', lines: '奥付', rows: 'セル', url: 'アドレス', period: '会期', venue: '会場', organisers: '主催', contents: '内容', era_year: '年', names: '自治体', themes: '区分', prefix: '延べ・約', suffix: '添え言葉',
  items: '項目', when: '年月', who: '出演', start: '始まり', end: '終わり', number: '番号', name: '氏名', series: '系列',
};
/** What a text is called: 小見出し, 注記 … */
export function wordOfPath(path: string): string {
  const names = steps(path).filter((step) => Number.isNaN(Number(step)));
  return words[names[names.length - 1] ?? ''] ?? '文';
}
