// Where a block comes to rest while it is dragged: the theme's grid, the edges and middles of the page and of the other blocks. All in millimetres.

export type Rect = { x: number; y: number; w: number; h: number };
export type Guide = { axis: 'x' | 'y'; at: number; from: number; to: number };
/** Which edges follow the pointer: -1 left or top, 1 right or bottom, 0 none. */
export type Grip = { x: -1 | 0 | 1; y: -1 | 0 | 1 };
export type Grid = { columns: { from: number; to: number }[]; module: number; margin: number };
export type Lines = { x: Line[]; y: Line[] };
type Line = { at: number; from: number; to: number };

export const SMALLEST = 5;
const tenth = (mm: number) => Math.round(mm * 10) / 10;
export const tidy = (r: Rect): Rect => ({ x: tenth(r.x), y: tenth(r.y), w: tenth(r.w), h: tenth(r.h) });

/** The grid of the themes (A1 upright: margin 25, 12 columns of 38, gutter 8, module 6), brought to this paper. */
export function gridOf(width: number, height: number): Grid {
  const shape = width > height ? { count: 16, column: 42, gutter: 8, margin: 24.5, wide: 841 } : height > width * 2 ? { count: 6, column: 80, gutter: 12, margin: 30, wide: 600 } : { count: 12, column: 38, gutter: 8, margin: 25, wide: 594 };
  const k = width / shape.wide;
  const step = (shape.column + shape.gutter) * k;
  const columns = Array.from({ length: shape.count }, (_, n) => ({ from: shape.margin * k + n * step, to: shape.margin * k + n * step + shape.column * k }));
  return { columns, module: 6 * k, margin: shape.margin * k };
}

/** Lines that draw a block: columns of the grid, margins and middle of the page, edges and middles of other blocks. */
export function linesOf(width: number, height: number, grid: Grid, others: readonly Rect[]): Lines {
  const whole = { x: { from: 0, to: height }, y: { from: 0, to: width } };
  const x: Line[] = [0, width / 2, width, ...grid.columns.flatMap((c) => [c.from, c.to])].map((at) => ({ at, ...whole.x }));
  const y: Line[] = [0, grid.margin, height / 2, height - grid.margin, height].map((at) => ({ at, ...whole.y }));
  for (const o of others) {
    for (const at of [o.x, o.x + o.w / 2, o.x + o.w]) x.push({ at, from: o.y, to: o.y + o.h });
    for (const at of [o.y, o.y + o.h / 2, o.y + o.h]) y.push({ at, from: o.x, to: o.x + o.w });
  }
  return { x, y };
}

/** The line nearest to one of these places, no further than `reach`. */
function nearest(places: readonly number[], lines: readonly Line[], reach: number): { by: number; line: Line } | undefined {
  let best: { by: number; line: Line } | undefined;
  for (const place of places) {
    for (const line of lines) {
      const by = line.at - place;
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by) - 1e-9)) best = { by, line };
    }
  }
  return best;
}

/** A rectangle on its way, drawn to the lines within reach. Gives where it rests and the guides to show. */
export function snapMove(rect: Rect, lines: Lines, reach: number): { rect: Rect; guides: Guide[] } {
  const x = nearest([rect.x, rect.x + rect.w / 2, rect.x + rect.w], lines.x, reach);
  const y = nearest([rect.y, rect.y + rect.h / 2, rect.y + rect.h], lines.y, reach);
  const rests = { ...rect, x: rect.x + (x?.by ?? 0), y: rect.y + (y?.by ?? 0) };
  return { rect: tidy(rests), guides: guides(rests, x?.line, y?.line) };
}

/** A rectangle whose gripped edges follow the pointer; the others stand still. */
export function snapResize(start: Rect, grip: Grip, dx: number, dy: number, lines: Lines, reach: number): { rect: Rect; guides: Guide[] } {
  const along = (from: number, length: number, side: -1 | 0 | 1, by: number, all: readonly Line[]) => {
    if (!side) return { from, length, line: undefined };
    const edge = (side < 0 ? from : from + length) + by;
    const hit = nearest([edge], all, reach);
    const at = edge + (hit?.by ?? 0);
    return side < 0 ? { from: Math.min(at, from + length - SMALLEST), length: Math.max(SMALLEST, from + length - at), line: hit?.line } : { from, length: Math.max(SMALLEST, at - from), line: hit?.line };
  };
  const h = along(start.x, start.w, grip.x, dx, lines.x);
  const v = along(start.y, start.h, grip.y, dy, lines.y);
  const rect = { x: h.from, y: v.from, w: h.length, h: v.length };
  return { rect: tidy(rect), guides: guides(rect, h.line, v.line) };
}

function guides(rect: Rect, x: Line | undefined, y: Line | undefined): Guide[] {
  const out: Guide[] = [];
  if (x) out.push({ axis: 'x', at: x.at, from: Math.min(x.from, rect.y), to: Math.max(x.to, rect.y + rect.h) });
  if (y) out.push({ axis: 'y', at: y.at, from: Math.min(y.from, rect.x), to: Math.max(y.to, rect.x + rect.w) });
  return out;
}

/** Arrow keys: the block goes to the next line of the grid; with `size` its right or lower edge does; `fine` is one millimetre. */
export function nudge(rect: Rect, key: string, grid: Grid, how: { size: boolean; fine: boolean }): Rect | undefined {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] as [number, number] | undefined;
  if (!way) return undefined;
  const [h, v] = way;
  if (how.fine) return tidy(how.size ? { ...rect, w: Math.max(SMALLEST, rect.w + h), h: Math.max(SMALLEST, rect.h + v) } : { ...rect, x: rect.x + h, y: rect.y + v });
  const columns = how.size ? grid.columns.map((c) => c.to) : grid.columns.map((c) => c.from);
  /** The next line of the vertical module. */
  const rows = (place: number) => (v > 0 ? Math.floor(place / grid.module + 0.02) + 1 : Math.ceil(place / grid.module - 0.02) - 1) * grid.module;
  if (how.size) return tidy({ ...rect, w: h ? Math.max(SMALLEST, next(rect.x + rect.w, h, columns) - rect.x) : rect.w, h: v ? Math.max(SMALLEST, rows(rect.y + rect.h) - rect.y) : rect.h });
  return tidy({ ...rect, x: h ? next(rect.x, h, columns) : rect.x, y: v ? rows(rect.y) : rect.y });
}

/** The next place of the list on this side; beyond the last it goes on by their step. */
function next(place: number, way: number, places: number[]): number {
  const hair = 0.06;
  const beyond = way > 0 ? places.find((p) => p > place + hair) : [...places].reverse().find((p) => p < place - hair);
  const step = places.length > 1 ? places[1] - places[0] : 10;
  return beyond ?? place + way * step;
}
