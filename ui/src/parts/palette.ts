// One line that the palette can show.
export type Line = { id: string; group: string; name: string; sub: string; run: () => void };
