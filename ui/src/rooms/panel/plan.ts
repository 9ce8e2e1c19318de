// The booths of a plan as records and as lines that Excel copies: number, name, left, top, width, depth, kind.

export type Booth = { number?: string; label?: string; x: number; y: number; w: number; h: number; kind?: string };

export const PLAN_KINDS: Record<string, string> = { booth: 'ブース', hall: '建物', stage: 'ステージ', desk: '受付', rest: '休憩', entrance: '出入口', closed: '立入不可' };

const number = (cell: string | undefined, otherwise: number) => {
  const n = Number((cell ?? '').normalize('NFKC').replace(/m$/i, ''));
  return cell?.trim() && Number.isFinite(n) ? n : otherwise;
};

export function asLines(booths: readonly Booth[]): string {
  return booths.map((b) => [b.number ?? '', b.label ?? '', b.x, b.y, b.w, b.h, PLAN_KINDS[b.kind ?? 'booth'] ?? PLAN_KINDS.booth].join('\t')).join('\n');
}

export function fromLines(lines: string): Booth[] {
  return lines.split('\n').filter((l) => l.trim()).map((line) => {
    const [no, label, x, y, w, h, kind] = line.split(/\t|　{2,}/);
    const found = Object.entries(PLAN_KINDS).find(([, word]) => word === kind?.trim())?.[0];
    const booth: Booth = { number: no?.trim() ?? '', label: label?.trim() ?? '', x: number(x, 0), y: number(y, 0), w: measure(w, 3, 'w'), h: measure(h, 3, 'h') };
    return found && found !== 'booth' ? { ...booth, kind: found } : booth;
  });
}

/** A side in metres as it is typed; what is no number leaves the old one, and nothing is narrower than a hand. */
export function measure(text: string | undefined, before: number, side: 'x' | 'y' | 'w' | 'h'): number {
  const n = number(text, before);
  return side === 'w' || side === 'h' ? Math.max(0.1, n) : n;
}

/** One more of the kind that was drawn last, at its right, with the next number. */
export function nextBooth(booths: readonly Booth[]): Booth {
  const last = booths.at(-1);
  if (!last) return { number: '1', label: '', x: 0, y: 0, w: 3, h: 3 };
  const next = (last.number ?? '').replace(/\d+$/, (n) => String(Number(n) + 1).padStart(n.length, '0'));
  return { ...last, number: next, label: '', x: Math.round((last.x + last.w) * 100) / 100 };
}
