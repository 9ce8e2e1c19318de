// Presses on their way to the disk: kept in order, sent one after another, never dropped, never sent twice by this window.
import type { Counted, Fault } from '../../wire';

export type Press = { project: string; door: string; category: 'adult' | 'child' | 'group'; delta: number; undo: boolean };
/** Writes one press durably; answers when it is on the disk. */
export type Send = (press: Press) => Promise<Counted>;
/** Survives the window: a plain list of strings. */
export type Journal = { read(): string | null; write(text: string): void };

/** Kinds of fault that no further try can cure. */
const NEVER = new Set(['not_found', 'bad_field', 'bad_call']);
const REST = [300, 1000, 3000, 5000];

export class Presses {
  /** Not yet acknowledged, oldest first. */
  waiting: readonly Press[] = $state.raw([]);
  /** Left by a window that ended between a press and its acknowledgement: a person decides about them. */
  left: readonly Press[] = $state.raw([]);
  fault: Fault | undefined = $state.raw();
  /** Presses that can never be written (their door is gone): kept in sight with the reason until a person puts them away. */
  refused: readonly { press: Press; fault: Fault }[] = $state.raw([]);
  /** The latest acknowledgement and what was acknowledged. */
  last: { counted: Counted; press: Press } | undefined = $state.raw();
  #send: Send;
  #journal: Journal;
  #running = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: Send, journal: Journal) {
    this.#send = send;
    this.#journal = journal;
    this.left = readPresses(journal.read());
  }

  press(press: Press): void {
    this.waiting = [...this.waiting, press];
    this.#keep();
    void this.#run();
  }

  /** Sends at once what waits for its next try. */
  again(): void {
    clearTimeout(this.#timer);
    void this.#run();
  }

  /** Counts what an earlier window left, or lets it go. */
  decide(count: boolean): void {
    const left = this.left;
    this.left = [];
    if (count) this.waiting = [...this.waiting, ...left];
    this.#keep();
    void this.#run();
  }

  /** The refused presses were noted elsewhere. */
  putAway(): void {
    this.refused = [];
    this.fault = undefined;
    this.#keep();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    while (this.waiting.length > 0) {
      const press = this.waiting[0]!;
      try {
        const counted = await this.#send(press);
        this.waiting = this.waiting.slice(1);
        this.last = { counted, press };
        this.fault = undefined;
        this.#failures = 0;
        this.#keep();
      } catch (thrown) {
        this.fault = thrown as Fault;
        // A refused undo changes no figure, and a press at a door that is gone can never be written: neither may block those behind it.
        if (press.undo || NEVER.has(this.fault.kind)) {
          this.waiting = this.waiting.slice(1);
          if (!press.undo) this.refused = [...this.refused, { press, fault: this.fault }];
          this.#keep();
          continue;
        }
        this.#timer = setTimeout(() => void this.#run(), REST[Math.min(this.#failures++, REST.length - 1)]);
        break;
      }
    }
    this.#running = false;
  }

  #keep(): void {
    const all = [...this.left, ...this.refused.map((r) => r.press), ...this.waiting];
    this.#journal.write(all.length > 0 ? JSON.stringify(all) : '');
  }
}

function readPresses(text: string | null): Press[] {
  if (!text) return [];
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read.filter((p): p is Press => typeof p?.door === 'string' && typeof p?.project === 'string' && Number.isInteger(p?.delta)) : [];
  } catch {
    return [];
  }
}

/** People waiting to be saved at a door: shown beside the figure, never in it. */
export function waitingAt(waiting: readonly Press[], door: string): number {
  return waiting.filter((p) => p.door === door && !p.undo).reduce((sum, p) => sum + p.delta, 0);
}
