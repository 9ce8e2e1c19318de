// A dated figure on a line; `open` is one that is not exact.
export type Point = { at: number; value: number; label: string; when: string; open?: boolean };
