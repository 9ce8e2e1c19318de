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
export function withBlocks(content: Content, blocks: Block[]): Content {
  return { ...content, blocks };
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
  list: '箇条書き', photo_grid: '写真の組', timetable: 'タイムテーブル', chronology: '年表', plan: '会場案内図', logo: 'ロゴ', signature: '署名',
};
const roles: Record<string, string> = { hero: '主役', second: '2枚目', third: '3枚目' };

export function nameOf(block: Block): string {
  return names[block.type] ?? block.type;
}

/** A few words of what the block says, to tell two of a kind apart. */
export function glimpse(block: Block): string {
  if (block.type === 'photo') return [roles[String(block.role ?? 'hero')], block.caption].filter(Boolean).join('　');
  const say = (v: unknown): string => (typeof v === 'string' ? v : Array.isArray(v) ? v.map(say).filter(Boolean).join('、') : v && typeof v === 'object' ? say(Object.values(v)) : '');
  const first = ['text', 'title', 'lines', 'sections', 'rows', 'period', 'items', 'values', 'points', 'days', 'booths', 'names', 'name', 'label', 'url'].map((field) => say(block[field])).find(Boolean);
  return (first ?? '').replace(/\s+/g, ' ').slice(0, 40);
}

export const BLANK: { name: string; block: Block }[] = [
  { name: '写真', block: { type: 'photo', picture: '', role: 'second', caption: '', credit: '' } },
  { name: 'リード', block: { type: 'lead', text: '' } },
  { name: '本文', block: { type: 'body', sections: [{ heading: '', text: '' }] } },
  { name: 'データ', block: { type: 'facts', rows: [{ label: '', value: '' }] } },
  { name: '表', block: { type: 'table', columns: [{ head: '' }, { head: '', numeric: true }], rows: [['', '']] } },
  { name: 'グラフ', block: { type: 'chart', kind: 'bar', points: [{ label: '', value: 0 }] } },
  { name: '数字', block: { type: 'figure', title: '', values: [{ value: '', unit: '' }], note: '' } },
  { name: '箇条書き', block: { type: 'list', title: '', items: [''] } },
  { name: '写真の組', block: { type: 'photo_grid', photos: [] } },
  { name: '年表', block: { type: 'chronology', title: '', rows: [{ when: '', text: '' }] } },
  { name: 'タイムテーブル', block: { type: 'timetable', days: [{ label: '', slots: [{ start: '10:00', end: '10:30', title: '' }] }] } },
  { name: '会場案内図', block: { type: 'plan', booths: [{ number: '1', label: '', x: 0, y: 0, w: 3, h: 3 }] } },
  { name: '自治体の一覧', block: { type: 'municipalities', title: '', names: [] } },
  { name: 'ロゴ', block: { type: 'logo', picture: '', label: '' } },
  { name: '署名', block: { type: 'signature', title: '', name: '' } },
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
  list: [['title', '見出し', 1]],
  timetable: [['note', '注記', 2]],
  chronology: [['title', '見出し', 1]],
  plan: [['note', '注記', 2]],
  logo: [['label', '添える言葉', 1]],
  signature: [['title', '職', 1], ['name', '氏名', 1]],
};
