// Marks in a text: ruby, dots, bold, colour, size and links, put around what is selected and taken off again.

export type Mark = { name: string; label: string; hint: string; key: string; open: string; close: string };
export type Marked = { text: string; start: number; end: number };

export const MARKS: readonly Mark[] = [
  { name: 'ruby', label: 'ルビ', hint: 'ふりがなを付ける', key: 'r', open: '｜', close: '《》' },
  { name: 'dots', label: '傍点', hint: '傍点で強める', key: 'e', open: '《《', close: '》》' },
  { name: 'bold', label: '太字', hint: '太くする', key: 'b', open: '**', close: '**' },
  { name: 'colour', label: '色', hint: 'テーマの色にする', key: 'o', open: '[[', close: ']]' },
  { name: 'large', label: '大', hint: '一段大きく', key: '.', open: '^^', close: '^^' },
  { name: 'small', label: '小', hint: '一段小さく', key: ',', open: ',,', close: ',,' },
  { name: 'link', label: 'リンク', hint: 'リンクにする', key: 'l', open: '[', close: '](https://)' },
];

/**
 * Puts a mark around the selection, or takes it off where it stands around it. Without a selection the cursor ends between the marks.
 * Ruby and links leave the cursor where the reading or the address is to be written.
 */
export function marked(mark: Mark, text: string, start: number, end: number): Marked {
  const [before, inner, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const off = taken(mark, before, inner, after);
  if (off) return off;
  const put = before + mark.open + inner + mark.close + after;
  const from = start + mark.open.length;
  const to = from + inner.length;
  if (!inner) return { text: put, start: from, end: from };
  if (mark.name === 'ruby') return { text: put, start: to + 1, end: to + 1 };
  if (mark.name === 'link') return { text: put, start: to + 2, end: to + mark.close.length - 1 };
  return { text: put, start: from, end: to };
}

function taken(mark: Mark, before: string, inner: string, after: string): Marked | undefined {
  const pair = mark.name === 'ruby' ? { open: /｜$/, close: /^《[^》]*》/ } : mark.name === 'link' ? { open: /\[$/, close: /^\]\([^)]*\)/ } : { open: new RegExp(`${quoted(mark.open)}$`), close: new RegExp(`^${quoted(mark.close)}`) };
  const [open, close] = [before.match(pair.open), after.match(pair.close)];
  if (!open || !close || !inner) return undefined;
  const start = before.length - open[0].length;
  return { text: before.slice(0, start) + inner + after.slice(close[0].length), start, end: start + inner.length };
}

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The mark that a key with Ctrl/Cmd puts, if any. Ctrl+B, and with Shift the others, so that no key of the program is taken. */
export function markOfKey(e: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'code'>): Mark | undefined {
  if (!(e.ctrlKey || e.metaKey) || e.altKey) return undefined;
  const key = e.code === 'Period' ? '.' : e.code === 'Comma' ? ',' : e.key.toLowerCase();
  const mark = MARKS.find((m) => m.key === key);
  return mark && (e.shiftKey || mark.name === 'bold') ? mark : undefined;
}

export const keyWords = (mark: Mark) => (mark.name === 'bold' ? 'Ctrl+B' : `Ctrl+Shift+${mark.key.toUpperCase()}`);
