// What is being typed and not yet saved: one draft a record, saved by itself after a short rest, as one step with a name.
import { untrack } from 'svelte';
import { change, save } from './records.svelte';
import { asFault } from './host';
import type { Fault, Kind, RecordTypes } from './wire';

/** Rest after the last key before a draft is saved, in milliseconds. */
export const REST = 700;

const open = new Set<{ flush(): Promise<void> }>();

/** Saves everything typed so far: Ctrl+S, leaving a room, closing the window. */
export async function saveAll(): Promise<void> {
  await Promise.all([...open].map((draft) => draft.flush()));
}

/**
 * A draft over one record.
 *
 *     const draft = new Draft('event', () => event.record, () => event.turn);
 *     <Field label="名称" value={draft.value('title')} oninput={(v) => draft.set('title', v, '名称を変更')} fault={draft.faultOf('title')} />
 */
export class Draft<K extends Kind & keyof RecordTypes> {
  #kind: K;
  #record: () => RecordTypes[K] | undefined;
  #turn: () => number;
  /** Typed, not yet sent. */
  #typed: Partial<RecordTypes[K]> = $state.raw({});
  /** Sent, not yet read back; shown until the record has been read again, so that nothing flickers. */
  #sent: { fields: Partial<RecordTypes[K]>; turn: number } | undefined = $state.raw();
  /** Whose fields these are; a draft never moves from one record to another. */
  #id: string | undefined;
  #label = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();
  fault: Fault | undefined = $state.raw();
  #faulty: string[] = $state.raw([]);

  constructor(kind: K, record: () => RecordTypes[K] | undefined, turn: () => number = () => 0) {
    this.#kind = kind;
    this.#record = record;
    this.#turn = turn;
  }

  value<F extends keyof RecordTypes[K]>(field: F): RecordTypes[K][F] | undefined {
    const record = this.#record();
    if (record && record.id === this.#id) {
      if (field in this.#typed) return this.#typed[field];
      if (this.#sent && this.#sent.turn === this.#turn() && field in this.#sent.fields) return this.#sent.fields[field];
    }
    return record?.[field];
  }

  /** Notes a new value. Steps with another name, or of another record, are saved first. */
  set<F extends keyof RecordTypes[K]>(field: F, value: RecordTypes[K][F], label: string): void {
    const id = untrack(this.#record)?.id;
    if (!id) return;
    if (this.dirty && (label !== this.#label || id !== this.#id)) void this.flush();
    this.#id = id;
    this.#label = label;
    this.#typed = { ...untrack(() => this.#typed), [field]: value };
    open.add(this);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), REST);
  }

  get dirty(): boolean {
    return untrack(() => Object.keys(this.#typed).length > 0);
  }

  /** Saves now. A fault stays beside its field and what was typed stays typed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const id = this.#id;
    const fields = untrack(() => this.#typed);
    const label = this.#label;
    if (!id || !this.dirty) {
      open.delete(this);
      return this.#running;
    }
    this.#typed = {};
    this.#sent = { fields: { ...untrack(() => this.#sent?.turn === this.#turn() ? this.#sent?.fields : undefined), ...fields }, turn: untrack(this.#turn) };
    this.#running = this.#running.then(() => this.#send(id, label, fields));
    return this.#running;
  }

  async #send(id: string, label: string, fields: Partial<RecordTypes[K]>): Promise<void> {
    try {
      await save(label, [change(this.#kind, id, fields)]);
      this.fault = undefined;
      this.#faulty = [];
      if (!this.dirty) open.delete(this);
    } catch (thrown) {
      this.fault = asFault(thrown);
      this.#faulty = Object.keys(fields);
      // What was typed since then wins over what was refused.
      if (id === this.#id) this.#typed = { ...fields, ...this.#typed };
    }
  }

  /** The fault of a field that was refused. */
  faultOf(field: keyof RecordTypes[K]): Fault | undefined {
    return this.#faulty.includes(field as string) ? this.fault : undefined;
  }
}
