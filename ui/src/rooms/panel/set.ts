// The panel set of an exhibition: adding, copying, ordering, judging and removing panels, each as one step with its name.
import { asFault, call } from '../../host';
import { change, removal, save } from '../../records.svelte';
import { toasts } from '../../toasts.svelte';
import type { Change, PanelLine, RecordTypes } from '../../wire';
import { wordOf } from './states';
import { moved, renumbered } from './wall';

export class PanelSet {
  #exhibition: () => string | undefined;
  #lines: () => readonly PanelLine[];
  #choose: (id: string) => void;

  constructor(exhibition: () => string | undefined, lines: () => readonly PanelLine[], choose: (id: string) => void) {
    this.#exhibition = exhibition;
    this.#lines = lines;
    this.#choose = choose;
  }

  #next(): number {
    return Math.max(0, ...this.#lines().map((p) => p.number)) + 1;
  }

  #named(ids: readonly string[]): string {
    const first = this.#lines().find((l) => l.id === ids[0]);
    return ids.length > 1 ? `パネル${ids.length}枚` : `パネル「${first?.title || '題名未定'}」`;
  }

  /** One step; a fault is told where it was asked for. */
  async #do(label: string, changes: Change[]): Promise<string[] | undefined> {
    if (!changes.length) return [];
    try {
      return (await save(label, changes)).ids;
    } catch (thrown) {
      const fault = asFault(thrown);
      toasts.fault(fault.message, fault.hint);
      return undefined;
    }
  }

  async add(blank: string, label: string): Promise<void> {
    const project = this.#exhibition();
    if (!project) return;
    const ids = await this.#do(`パネル「${label}」を加える`, [change('panel', null, { project, number: this.#next(), title: label, content: blank, status: 'none', version: 1 })]);
    if (ids?.[0]) this.#choose(ids[0]);
  }

  async duplicate(ids: readonly string[]): Promise<void> {
    const project = this.#exhibition();
    if (!project) return;
    let number = this.#next();
    const changes: Change[] = [];
    for (const id of ids) {
      const record = (await call('get', { kind: 'panel', id })).record as RecordTypes['panel'] | null;
      if (record) changes.push(change('panel', null, { project, number: number++, title: `${record.title}の写し`, content: record.content, partner: record.partner, status: 'none', version: 1 }));
    }
    const made = await this.#do(`${this.#named(ids)}を複製`, changes);
    if (made?.[0]) this.#choose(made[0]);
  }

  async remove(ids: readonly string[]): Promise<void> {
    const lines = this.#lines();
    const rest = lines.filter((l) => !ids.includes(l.id));
    const after = lines.slice(lines.findIndex((l) => l.id === ids[0])).find((l) => !ids.includes(l.id)) ?? rest.at(-1);
    const done = await this.#do(`${this.#named(ids)}を消す`, ids.map((id) => removal('panel', id)));
    if (!done) return;
    this.#choose(after?.id ?? '');
    toasts.say(ids.length > 1 ? `${ids.length}枚を消しました。取り消すと戻ります` : 'パネルを消しました。取り消すと戻ります');
  }

  async status(ids: readonly string[], status: string): Promise<void> {
    await this.#do(`${this.#named(ids)}を${wordOf(status)}にする`, ids.map((id) => change('panel', id, { status })));
  }

  async move(ids: readonly string[], to: number): Promise<void> {
    const lines = this.#lines();
    const order = moved(lines.map((l) => l.id), ids, to);
    await this.#do(`${this.#named(ids)}の順を変える`, renumbered(lines, order).map((p) => change('panel', p.id, { number: p.number })));
  }
}
