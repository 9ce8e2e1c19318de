// Exports that are under way or were finished since the window opened.
import { asFault, call, pickFolder } from '../../host';
import { place } from '../../place.svelte';
import { toasts } from '../../toasts.svelte';
import type { Calls } from '../../wire';
import { checking } from './checking.svelte';

/** What the sheet opens with: a printer's name or `mode:…`, and which panels. */
export type Wanted = { whom: string; which: 'all' | 'one' };

class Exporting {
  /** The export sheet is open. */
  sheet: Wanted | undefined = $state();
  /** Result lines that were put away. */
  closed: string[] = $state([]);

  open(whom = 'standard-x4', which: Wanted['which'] = 'all'): void {
    this.sheet = { whom, which };
  }

  /** Asks where to, then begins. Without a place nothing is begun, and the sheet stays as it was filled in. Progress comes with `changed`. */
  async start(what: Omit<Calls['export_panels'][0], 'folder'>): Promise<void> {
    const folder = await pickFolder('書き出す場所', place.chosen('folder') || undefined);
    if (!folder) return;
    place.choose('folder', folder);
    this.sheet = undefined;
    await this.send({ ...what, folder });
  }

  /** Begins; where errors are left the report asks first. */
  async send(what: Calls['export_panels'][0]): Promise<void> {
    try {
      await call('export_panels', what);
    } catch (thrown) {
      const fault = asFault(thrown);
      if (fault.kind === 'not_ready') checking.hold(what, fault);
      else toasts.fault(fault.message, fault.hint);
    }
  }

  close(id: string): void {
    this.closed.push(id);
  }
}
export const exporting = new Exporting();
