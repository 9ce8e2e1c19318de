// What the room that is shown can do: its answers to Ctrl/Cmd + F, N and P and its lines in the palette.

export type Command = { name: string; run: () => void };

export type Offer = {
  /** Ctrl+F: puts the cursor into the room's search field. */
  find?: () => void;
  /** Ctrl+N: 展示を加える. */
  add?: Command;
  /** Ctrl+P: 入稿用PDFを書き出す. */
  print?: Command;
  /** Further lines of the palette. */
  more?: Command[];
};

class Offers {
  #stack: (() => Offer)[] = $state.raw([]);
  get now(): Offer {
    return this.#stack.at(-1)?.() ?? {};
  }
  push(offer: () => Offer): () => void {
    this.#stack = [...this.#stack, offer];
    return () => (this.#stack = this.#stack.filter((o) => o !== offer));
  }
}
export const offers = new Offers();

/** Offers commands for as long as a component is shown. Call it while the component is set up. */
export function offer(what: () => Offer): void {
  $effect(() => offers.push(what));
}
