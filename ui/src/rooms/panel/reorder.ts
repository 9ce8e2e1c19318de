// Dragging a thing of a list or a wall to another place with pointer events; HTML5 dragging would shut out files on Windows.

export type Drop = { from: number; to: number };
type Told = { onmove: (at: Drop | undefined) => void; ondrop: (drop: Drop) => void };

/** The place in a flow of boxes (a list, or rows of a wall) before which a point lies; `count` is behind the last. */
export function placeOfPoint(boxes: readonly { left: number; top: number; right: number; bottom: number }[], x: number, y: number): number {
  const wall = boxes.some((b, i) => i > 0 && b.left > boxes[i - 1].left + 1);
  for (const [i, box] of boxes.entries()) {
    if (y > box.bottom) continue;
    if (y < box.top) return i;
    if (wall ? x < (box.left + box.right) / 2 : y < (box.top + box.bottom) / 2) return i;
    const next = boxes[i + 1];
    // Right of the last of a row.
    if (wall && (!next || next.top >= box.bottom - 1)) return i + 1;
  }
  return boxes.length;
}

/** Where a thing ends when it is taken out at `from` and put before `before`. */
export function landing(from: number, before: number): number {
  return before > from ? before - 1 : before;
}

/** Begins on a pointerdown; a drag begins after a few pixels, so that a click stays a click. */
export function beginDrag(e: PointerEvent, list: HTMLElement, selector: string, from: number, told: Told): void {
  if (e.button !== 0) return;
  const [x, y] = [e.clientX, e.clientY];
  let going = false;
  let last = from;
  const move = (m: PointerEvent) => {
    if (!going && Math.hypot(m.clientX - x, m.clientY - y) < 6) return;
    going = true;
    m.preventDefault();
    const edge = list.getBoundingClientRect();
    if (m.clientY < edge.top + 24) list.scrollTop -= 12;
    else if (m.clientY > edge.bottom - 24) list.scrollTop += 12;
    last = placeOfPoint([...list.querySelectorAll(selector)].map((n) => n.getBoundingClientRect()), m.clientX, m.clientY);
    told.onmove({ from, to: last });
  };
  const end = (drop: boolean) => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', escape, true);
    told.onmove(undefined);
    if (!going) return;
    // The click that follows a drag chooses nothing.
    const swallow = (c: MouseEvent) => c.stopPropagation();
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, true), 50);
    const to = landing(from, last);
    if (drop && to !== from) told.ondrop({ from, to });
  };
  const up = () => end(true);
  const cancel = () => end(false);
  const escape = (k: KeyboardEvent) => { if (k.key === 'Escape' && going) { k.stopPropagation(); end(false); } };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', escape, true);
}
