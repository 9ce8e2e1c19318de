// Panels on a wall, in metres from its left end and the floor: sizes, rows, and what touches. Pure, so that it can be tested.
import type { Panel, PlanItem, WallPlace } from '../../wire';

export type Size = { w: number; h: number };
export type Hung = Size & { place: WallPlace; panel: Panel; x: number; y: number };

const MM: Record<string, [number, number]> = {
  A0: [841, 1189], A1: [594, 841], A2: [420, 594], A3: [297, 420], A4: [210, 297], A5: [148, 210],
  B0: [1030, 1456], B1: [728, 1030], B2: [515, 728], tapestry600: [600, 1800], tapestry900: [900, 1800],
};
/** The middle of a panel hangs at the height of the eyes; a tapestry hangs from the rail. */
const EYES = 1.45;
export const HEIGHT = 2.7;
/** Air between two panels that are set in a row. */
export const GAP = 0.15;

/** Width and height in metres of what a panel's content says; A1 where it says nothing. */
export function sizeOf(panel: Panel): Size {
  let paper: unknown;
  try {
    paper = (JSON.parse(panel.content) as { paper?: unknown }).paper;
  } catch {
    // A panel without content yet is taken for an A1.
  }
  const named = (name: unknown): [number, number] => MM[String(name).replace(/[_ ]/g, '')] ?? MM.A1!;
  let [w, h] = named(paper);
  if (paper && typeof paper === 'object') {
    const of = paper as { name?: string; landscape?: boolean; width?: number; height?: number };
    [w, h] = of.name ? named(of.name) : [of.width ?? w, of.height ?? h];
    if (of.landscape) [w, h] = [h, w];
  }
  return { w: w / 1000, h: h / 1000 };
}

/** Height of the lower edge at which a panel of this size hangs. */
export function lowerEdge(size: Size): number {
  return round(Math.max(0.1, Math.min(EYES - size.h / 2, HEIGHT - 0.1 - size.h)));
}

export function hung(places: readonly WallPlace[], panels: readonly Panel[], wall: string): Hung[] {
  return places
    .filter((place) => place.wall === wall)
    .flatMap((place) => {
      const panel = panels.find((p) => p.id === place.panel);
      return panel ? [{ place, panel, ...sizeOf(panel), x: place.x_m, y: place.y_m }] : [];
    })
    .sort((a, b) => a.x - b.x);
}

/** Length of a wall: as the plan of the space has it, else as long as what hangs there needs. */
export function lengthOf(wall: string, on: readonly Hung[], plan: readonly PlanItem[]): { metres: number; known: boolean } {
  const drawn = plan.find((item) => item.kind === 'wall' && item.label === wall);
  if (drawn) return { metres: Math.max(drawn.w_m, drawn.d_m), known: true };
  return { metres: Math.max(6, ...on.map((h) => h.x + h.w + 0.5)), known: false };
}

/** The left edge of the first free place behind what hangs there. */
export function nextFree(on: readonly Hung[]): number {
  return round(Math.max(0.3, ...on.map((h) => h.x + h.w + GAP)));
}

/** Everything in one row from the left, in the order in which it hangs. */
export function inRow(on: readonly Hung[]): { place: WallPlace; x: number; y: number }[] {
  let x = 0.3;
  return on.map((h) => {
    const at = { place: h.place, x: round(x), y: lowerEdge(h) };
    x += h.w + GAP;
    return at;
  });
}

/** Ids of places that touch another one or leave the wall. */
export function amiss(on: readonly Hung[], length: number): Set<string> {
  const bad = new Set<string>();
  for (const a of on) {
    if (a.x < -0.001 || a.x + a.w > length + 0.001 || a.y < -0.001 || a.y + a.h > HEIGHT + 0.001) bad.add(a.place.id);
    for (const b of on) {
      const apart = a.x + a.w <= b.x + 0.001 || b.x + b.w <= a.x + 0.001 || a.y + a.h <= b.y + 0.001 || b.y + b.h <= a.y + 0.001;
      if (a !== b && !apart) bad.add(a.place.id);
    }
  }
  return bad;
}

/** To the centimetre: nobody hangs finer. */
export const round = (metres: number): number => Math.round(metres * 100) / 100;
