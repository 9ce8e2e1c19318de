// Short words over the title of the room: what was done, or what went wrong where no field is to blame.

export type Toast = { id: number; words: string; hint: string; bad: boolean; act?: { name: string; run: () => void }; of?: string };

class Toasts {
  list: Toast[] = $state.raw([]);
  #next = 1;

  /** Words `of` the same thing take the place of those before: ten steps taken back are one line, not ten. */
  say(words: string, act?: Toast['act'], of?: string): void {
    if (of) this.list = this.list.filter((t) => t.of !== of);
    this.#put({ id: this.#next++, words, hint: '', bad: false, act, of }, 4000);
  }

  fault(words: string, hint = ''): void {
    this.#put({ id: this.#next++, words, hint, bad: true }, 12000);
  }

  close(id: number): void {
    this.list = this.list.filter((t) => t.id !== id);
  }

  #put(toast: Toast, stay: number): void {
    this.list = [...this.list.slice(-2), toast];
    setTimeout(() => this.close(toast.id), stay);
  }
}
export const toasts = new Toasts();
