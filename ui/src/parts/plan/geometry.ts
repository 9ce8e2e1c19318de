// Rectangles on a floor, in metres: snapping, gaps to what is beside, and what lies on something else.

export type Rect = { x: number; y: number; w: number; d: number };
export type Box = Rect & { id: string; label: string; sub: string; empty?: boolean; alert?: string };
export type Item = Rect & { kind: string; label: string };
export type Gap = { x1: number; y1: number; x2: number; y2: number; m: number };

export const round = (m: number, step = 0.1) => Math.round(Math.round(m / step) * step * 1000) / 1000;

/** Keeps a rectangle inside the room. */
export function inside(rect: Rect, width: number, depth: number): Rect {
  return { ...rect, x: round(Math.max(0, Math.min(rect.x, width - rect.w)), 0.01), y: round(Math.max(0, Math.min(rect.y, depth - rect.d)), 0.01) };
}

/** Two rectangles share floor; touching edges do not count. */
export function overlap(a: Rect, b: Rect): boolean {
  const hair = 0.005;
  return a.x + a.w > b.x + hair && b.x + b.w > a.x + hair && a.y + a.d > b.y + hair && b.y + b.d > a.y + hair;
}

/** Boxes that lie on another box, or stick out of the room. */
export function misplaced(boxes: readonly Box[], items: readonly Item[], width: number, depth: number): Map<string, string> {
  const out = new Map<string, string>();
  const solid = items.filter((item) => item.kind === 'stage' || item.kind === 'pr' || item.kind === 'column');
  boxes.forEach((box, i) => {
    const other = boxes.find((b, j) => j !== i && overlap(box, b));
    const item = solid.find((s) => overlap(box, s));
    if (box.x < -0.005 || box.y < -0.005 || box.x + box.w > width + 0.005 || box.y + box.d > depth + 0.005) out.set(box.id, '床の外に出ています');
    else if (other) out.set(box.id, `${other.label}と重なっています`);
    else if (item) out.set(box.id, `${item.label || '柱'}と重なっています`);
  });
  return out;
}

/** Free distance to the nearest neighbour on each side that has one. */
export function gaps(box: Rect, others: readonly Rect[]): Gap[] {
  const level = others.filter((o) => o.y < box.y + box.d && o.y + o.d > box.y);
  const plumb = others.filter((o) => o.x < box.x + box.w && o.x + o.w > box.x);
  const left = nearest(
    level.filter((o) => o.x + o.w <= box.x + 0.001),
    (o) => box.x - o.x - o.w,
  );
  const right = nearest(
    level.filter((o) => o.x >= box.x + box.w - 0.001),
    (o) => o.x - box.x - box.w,
  );
  const above = nearest(
    plumb.filter((o) => o.y + o.d <= box.y + 0.001),
    (o) => box.y - o.y - o.d,
  );
  const below = nearest(
    plumb.filter((o) => o.y >= box.y + box.d - 0.001),
    (o) => o.y - box.y - box.d,
  );
  const out: Gap[] = [];
  const y = (o: Rect) => (Math.max(box.y, o.y) + Math.min(box.y + box.d, o.y + o.d)) / 2;
  const x = (o: Rect) => (Math.max(box.x, o.x) + Math.min(box.x + box.w, o.x + o.w)) / 2;
  if (left) out.push({ x1: left.x + left.w, x2: box.x, y1: y(left), y2: y(left), m: box.x - left.x - left.w });
  if (right) out.push({ x1: box.x + box.w, x2: right.x, y1: y(right), y2: y(right), m: right.x - box.x - box.w });
  if (above) out.push({ x1: x(above), x2: x(above), y1: above.y + above.d, y2: box.y, m: box.y - above.y - above.d });
  if (below) out.push({ x1: x(below), x2: x(below), y1: box.y + box.d, y2: below.y, m: below.y - box.y - box.d });
  return out.filter((gap) => gap.m > 0.05 && gap.m < 8);
}

function nearest(rects: Rect[], distance: (rect: Rect) => number): Rect | undefined {
  return rects.reduce<Rect | undefined>((best, rect) => (!best || distance(rect) < distance(best) ? rect : best), undefined);
}

/** A free place for a new box: the first spot of a coarse lattice that touches nothing; null on a full floor. */
export function freePlace(size: { w: number; d: number }, taken: readonly Rect[], width: number, depth: number): { x: number; y: number } | null {
  for (let y = 0.5; y + size.d <= depth; y += 0.5)
    for (let x = 0.5; x + size.w <= width; x += 0.5) if (!taken.some((t) => overlap({ x, y, ...size }, t))) return { x, y };
  return null;
}

/** Ticks of a ruler: every metre, with a number at each fifth (or tenth on a long wall). */
export function ticks(length: number): number[] {
  const step = length > 60 ? 10 : length > 12 ? 5 : 1;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step);
}
