// Answers of the office that stay true: asked again whenever `changed` names what they were made of. Nothing here waits for a save.
import { untrack } from 'svelte';
import { asFault, call, onChanged } from './host';
import type { Calls, Change, Changed, Fault, Kind, RecordTypes, Saved } from './wire';

/** What makes an answer old: kinds of records, and the other things `changed` may name (tallies, jobs, settings, history). */
export type Watch = { kinds?: readonly Kind[]; also?: readonly string[] } | 'everything';

type Listener = (changed: Changed) => void;
const listeners = new Set<Listener>();
onChanged(announce);

/** Tells every live answer; the host does so, and tests do. */
export function announce(changed: Changed): void {
  for (const hear of [...listeners]) hear(changed);
}

export function listen(hear: Listener): () => void {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

function touches(watch: Watch, changed: Changed): boolean {
  if (watch === 'everything') return true;
  return !!watch.kinds?.some((k) => changed.kinds.includes(k)) || !!watch.also?.some((a) => changed.also.includes(a));
}

/** One answer that stays true. Read `answer` in a component; it is undefined until the first one has come. */
export class Live<K extends keyof Calls> {
  answer: Calls[K][1] | undefined = $state.raw();
  fault: Fault | undefined = $state.raw();
  /** What the answer is the answer to: while a new one is awaited, the old one may be about something else. */
  asked: Calls[K][0] | undefined = $state.raw();
  /** How often an answer has come: a draft lets go of what it had typed when the record has been read again. */
  turn = $state(0);
  #name: K;
  #ask: (() => Calls[K][0] | undefined) | undefined;
  #latest = 0;

  constructor(name: K, ask?: () => Calls[K][0] | undefined) {
    this.#name = name;
    this.#ask = ask;
  }

  async read(ask = this.#ask && untrack(this.#ask)): Promise<void> {
    const mine = ++this.#latest;
    if (ask === undefined) {
      this.answer = undefined;
      return;
    }
    try {
      const answer = await call(this.#name, ask);
      // An older ask may answer later than a newer one.
      if (mine !== this.#latest) return;
      this.answer = answer;
      this.asked = ask;
      this.fault = undefined;
      this.turn += 1;
    } catch (thrown) {
      if (mine === this.#latest) this.fault = asFault(thrown);
    }
  }
}

/**
 * A live answer for the life of a component (call it while the component is set up). `ask` may read state: when that changes, the
 * answer is asked for anew; undefined means there is nothing to ask yet.
 *
 *     const events = live('list', () => ({ kind: 'event', equals: { fiscal_year: place.year }, search: '', limit: null }), { kinds: ['event'] });
 *     {#each recordsOf('event', events.answer) as event}
 */
export function live<K extends keyof Calls>(name: K, ask: () => Calls[K][0] | undefined, watch: Watch): Live<K> {
  const it = new Live(name, ask);
  $effect(() => {
    const wanted = ask();
    untrack(() => void it.read(wanted));
  });
  $effect(() => listen((changed) => touches(watch, changed) && void it.read()));
  return it;
}

/** One record that stays true. */
export function liveRecord<K extends Kind & keyof RecordTypes>(kind: K, id: () => string | undefined): { readonly record: RecordTypes[K] | undefined; readonly turn: number } {
  const got = live('get', () => {
    const wanted = id();
    return wanted ? { kind, id: wanted } : undefined;
  }, { kinds: [kind] });
  return {
    get record() {
      const record = got.answer?.record as RecordTypes[K] | null | undefined;
      return record && record.id === id() ? record : undefined;
    },
    get turn() { return got.turn; },
  };
}

/** The records of a `list` answer with their type. */
export function recordsOf<K extends keyof RecordTypes>(_kind: K, list: Calls['list'][1] | undefined): RecordTypes[K][] {
  return (list?.records ?? []) as unknown as RecordTypes[K][];
}

/** Saves as one undoable step and notes the time. What the window shows moves when `changed` comes. */
export async function save(label: string, changes: Change[]): Promise<Saved> {
  saving.busy += 1;
  try {
    const saved = await call('save', { label, changes });
    saving.at = new Date();
    saving.fault = undefined;
    return saved;
  } catch (thrown) {
    saving.fault = asFault(thrown);
    throw saving.fault;
  } finally {
    saving.busy -= 1;
  }
}

/** A change with the parts that are usually absent filled in. */
export function change<K extends Kind & keyof RecordTypes>(kind: K, id: string | null, set: Partial<RecordTypes[K]>): Change {
  return { kind, id, set: set as Change['set'], remove: false };
}

export function removal(kind: Kind, id: string): Change {
  return { kind, id, set: {}, remove: true };
}

/** What the bar says: 保存しました 14:32, or why not. */
class Saving {
  at: Date | undefined = $state.raw();
  busy = $state(0);
  fault: Fault | undefined = $state.raw();
  get words(): string {
    if (this.fault) return '保存できませんでした';
    if (this.busy) return '保存しています';
    return this.at ? `保存しました ${this.time}` : '';
  }
  /** The hour alone, where there is little room. */
  get time(): string { return this.at ? clock(this.at) : ''; }
}
export const saving = new Saving();

function clock(at: Date): string {
  return `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
}
