// The content document of a panel as the window edits it, and the words for its blocks. What is right or wrong in it, the press says.

export type Block = { type: string; [field: string]: unknown };
export type Content = { name?: string; template?: string | null; theme?: unknown; paper?: unknown; bleed?: number | null; reading_distance?: number | null; blocks: Block[]; [field: string]: unknown };

export function readContent(text: string | undefined): Content | undefined {
  if (!text) return { blocks: [] };
  try {
    const it: unknown = JSON.parse(text);
    return typeof it === 'object' && it !== null && Array.isArray((it as Content).blocks) ? (it as Content) : undefined;
  } catch {
    return undefined;
  }
}

/** A new document with one block replaced, added or taken away; the old one stays as it was. */
export function withBlock(content: Content, index: number, block: Block): Content {
  return { ...content, blocks: content.blocks.map((b, i) => (i === index ? block : b)) };
}
export function withNewBlock(content: Content, block: Block): Content {
  return { ...content, blocks: [...content.blocks, block] };
}
export function withoutBlock(content: Content, index: number): Content {
  return { ...content, blocks: content.blocks.filter((_, i) => i !== index) };
}

const names: Record<string, string> = {
  title: '題名', subtitle: '副題', lead: 'リード', tag: '番号と種別', body: '本文', photo: '写真', facts: 'データ', table: '表', chart: 'グラフ',
  figure: '数字', municipalities: '自治体の一覧', occasion: '会期と会場', qr: 'QRコード', footer: '奥付',
};
const roles: Record<string, string> = { hero: '主役', second: '2枚目', third: '3枚目' };

export function nameOf(block: Block): string {
  return names[block.type] ?? block.type;
}

/** A few words of what the block says, to tell two of a kind apart. */
export function glimpse(block: Block): string {
  if (block.type === 'photo') return [roles[String(block.role ?? 'hero')], block.caption].filter(Boolean).join('　');
  const say = (v: unknown): string => (typeof v === 'string' ? v : Array.isArray(v) ? v.map(say).filter(Boolean).join('、') : v && typeof v === 'object' ? say(Object.values(v)) : '');
  return say(block.text ?? block.title ?? block.lines ?? block.sections ?? block.rows ?? block.period ?? block.url ?? '').replace(/\s+/g, ' ').slice(0, 40);
}

export const BLANK: { name: string; block: Block }[] = [
  { name: '写真', block: { type: 'photo', picture: '', role: 'second', caption: '', credit: '' } },
  { name: 'リード', block: { type: 'lead', text: '' } },
  { name: '本文', block: { type: 'body', sections: [{ heading: '', text: '' }] } },
  { name: 'データ', block: { type: 'facts', rows: [{ label: '', value: '' }] } },
  { name: '表', block: { type: 'table', columns: [{ head: '' }, { head: '', numeric: true }], rows: [['', '']] } },
  { name: 'グラフ', block: { type: 'chart', kind: 'bar', points: [{ label: '', value: 0 }] } },
  { name: '数字', block: { type: 'figure', title: '', values: [{ value: '', unit: '' }], note: '' } },
  { name: 'QRコード', block: { type: 'qr', url: '', label: '' } },
];

/** The simple fields of each kind of block: field, label, lines. */
export const TEXTS: Record<string, [field: string, label: string, rows: number][]> = {
  title: [['text', '題名', 1], ['reading', 'よみ', 1], ['region', '上の小さな文字', 1], ['key_word', '大きく置く言葉', 1]],
  subtitle: [['text', '副題', 2]],
  lead: [['text', 'リード', 4]],
  tag: [['text', '種別', 1]],
  table: [['title', '見出し', 1], ['note', '注記', 2]],
  chart: [['title', '見出し', 1], ['unit', '単位', 1], ['note', '注記', 2]],
  figure: [['title', '見出し', 1], ['note', '注記', 2]],
  municipalities: [['title', '見出し', 1]],
  occasion: [['era_year', '年', 1], ['period', '会期', 1], ['venue', '会場', 2], ['organisers', '主催', 2], ['contents', '内容', 1]],
  qr: [['url', 'アドレス', 2], ['label', '添える言葉', 2]],
  footer: [['credit', '権利表示', 1]],
};

/** Box of a block on the drawn page, in parts of its width and height; what is clipped away does not count. */
export function boxOf(svg: SVGSVGElement, block: number): { x: number; y: number; w: number; h: number } | undefined {
  const view = svg.viewBox.baseVal;
  let box: [number, number, number, number] | undefined;
  for (const group of svg.querySelectorAll<SVGGElement>(`[data-block="${block}"]`)) {
    const b = group.getBBox();
    if (!b.width && !b.height) continue;
    let [l, t, r, e] = [b.x, b.y, b.x + b.width, b.y + b.height];
    const clip = clipBox(svg, group);
    if (clip) [l, t, r, e] = [Math.max(l, clip[0]), Math.max(t, clip[1]), Math.min(r, clip[2]), Math.min(e, clip[3])];
    if (r <= l || e <= t) continue;
    box = box ? [Math.min(box[0], l), Math.min(box[1], t), Math.max(box[2], r), Math.max(box[3], e)] : [l, t, r, e];
  }
  if (!box) return undefined;
  return { x: (box[0] - view.x) / view.width, y: (box[1] - view.y) / view.height, w: (box[2] - box[0]) / view.width, h: (box[3] - box[1]) / view.height };
}

/** The picture of a photo block hangs over its frame and is clipped by it: the frame is what is chosen. */
function clipBox(svg: SVGSVGElement, group: SVGGElement): [number, number, number, number] | undefined {
  const clipped = group.hasAttribute('clip-path') ? group : group.children.length === 1 && group.firstElementChild?.hasAttribute('clip-path') ? group.firstElementChild : undefined;
  const id = clipped?.getAttribute('clip-path')?.match(/#([^)]+)/)?.[1];
  const path = id && svg.querySelector(`[id="${id}"] path`)?.getAttribute('d');
  const numbers = path ? [...path.matchAll(/-?\d*\.?\d+/g)].map(Number) : [];
  if (numbers.length < 4) return undefined;
  const xs = numbers.filter((_, i) => i % 2 === 0);
  const ys = numbers.filter((_, i) => i % 2 === 1);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
