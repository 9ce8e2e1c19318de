// A photo in its frame: where the whole picture lies for a focus point and a zoom, as the press places it, and how the hand moves it.
import type { Rect } from './snap';

export type Focus = [number, number];
export const ZOOM = { least: 1, most: 6 };

/** The whole picture so that the frame is filled and the focus is as near its middle as the edges allow. */
export function wholeOf(frame: Rect, aspect: number, focus: Focus, zoom: number): Rect {
  const w = Math.max(frame.w, frame.h * aspect) * zoom;
  const h = w / aspect;
  const place = (from: number, length: number, size: number, at: number) => Math.min(from, Math.max(from + length - size, from + length / 2 - at * size));
  return { x: place(frame.x, frame.w, w, focus[0]), y: place(frame.y, frame.h, h, focus[1]), w, h };
}

/** The focus that says where the picture now lies: a drag that began beyond an edge answers at once. */
export function focusOf(frame: Rect, whole: Rect): Focus {
  const at = (from: number, length: number, start: number, size: number) => (size <= length + 1e-6 ? 0.5 : (from + length / 2 - start) / size);
  return [at(frame.x, frame.w, whole.x, whole.w), at(frame.y, frame.h, whole.y, whole.h)];
}

const two = (n: number) => Math.round(Math.max(0, Math.min(1, n)) * 1000) / 1000;

/** The picture pulled by so many millimetres; it never leaves its frame. An axis that cannot move keeps its focus. */
export function pulled(frame: Rect, aspect: number, focus: Focus, zoom: number, dx: number, dy: number): Focus {
  const before = wholeOf(frame, aspect, focus, zoom);
  const inside = (start: number, from: number, length: number, size: number) => Math.min(from, Math.max(from + length - size, start));
  const after = { ...before, x: inside(before.x + dx, frame.x, frame.w, before.w), y: inside(before.y + dy, frame.y, frame.h, before.h) };
  const [x, y] = focusOf(frame, after);
  return [before.w > frame.w + 1e-6 ? two(x) : focus[0], before.h > frame.h + 1e-6 ? two(y) : focus[1]];
}

/** One notch closer or further. */
export function zoomed(zoom: number, by: number): number {
  return Math.round(Math.max(ZOOM.least, Math.min(ZOOM.most, zoom * 1.06 ** by)) * 100) / 100;
}
