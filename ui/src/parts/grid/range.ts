// Where the cursor of a grid is and what it covers. Pure: a move in, a cursor out.

export type Spot = { row: number; col: number };
/** `at` is where typing goes; the selection stretches from `from` to `at`. */
export type Cursor = { at: Spot; from: Spot };
export type Box = { top: number; left: number; bottom: number; right: number };
export type Size = { rows: number; cols: number; page: number };
export type Key = { key: string; shift: boolean; ctrl: boolean; composing?: boolean };

export function boxOf({ at, from }: Cursor): Box {
  return {
    top: Math.min(at.row, from.row),
    bottom: Math.max(at.row, from.row),
    left: Math.min(at.col, from.col),
    right: Math.max(at.col, from.col),
  };
}

export function holds(box: Box, row: number, col: number): boolean {
  return row >= box.top && row <= box.bottom && col >= box.left && col <= box.right;
}

export function single(row: number, col: number): Cursor {
  return { at: { row, col }, from: { row, col } };
}

const clamp = (n: number, most: number) => Math.max(0, Math.min(n, most));

/** Where an arrow-like key leads, or null if the key does not move. Nothing moves while a word is being composed. */
export function move(cursor: Cursor, key: Key, size: Size): Cursor | null {
  if (key.composing) return null;
  const to = target(cursor.at, key, size);
  if (!to) return null;
  const at = { row: clamp(to.row, size.rows - 1), col: clamp(to.col, size.cols - 1) };
  const stretches = key.shift && key.key !== 'Tab' && key.key !== 'Enter';
  return { at, from: stretches ? cursor.from : at };
}

function target({ row, col }: Spot, { key, shift, ctrl }: Key, size: Size): Spot | null {
  const last = { row: size.rows - 1, col: size.cols - 1 };
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1, col };
    case 'ArrowDown':
      return { row: ctrl ? last.row : row + 1, col };
    case 'ArrowLeft':
      return { row, col: ctrl ? 0 : col - 1 };
    case 'ArrowRight':
      return { row, col: ctrl ? last.col : col + 1 };
    case 'Home':
      return { row: ctrl ? 0 : row, col: 0 };
    case 'End':
      return { row: ctrl ? last.row : row, col: last.col };
    case 'PageUp':
      return { row: row - size.page, col };
    case 'PageDown':
      return { row: row + size.page, col };
    case 'Enter':
      return { row: row + (shift ? -1 : 1), col };
    case 'Tab':
      return tab(row, col, shift, last);
    default:
      return null;
  }
}

/** Tab runs on into the next row, as in Excel's tables. */
function tab(row: number, col: number, back: boolean, last: Spot): Spot {
  if (back) return col > 0 ? { row, col: col - 1 } : row > 0 ? { row: row - 1, col: last.col } : { row, col };
  return col < last.col ? { row, col: col + 1 } : row < last.row ? { row: row + 1, col: 0 } : { row, col };
}

/** First row to draw and how many, for rows of one height. */
export function visible(scrollTop: number, height: number, rowHeight: number, rows: number): { first: number; count: number } {
  const spare = 6;
  const first = clamp(Math.floor(scrollTop / rowHeight) - spare, Math.max(0, rows - 1));
  return { first, count: Math.min(rows - first, Math.ceil(height / rowHeight) + spare * 2) };
}
