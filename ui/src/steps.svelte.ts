// Undo and redo with the names of the steps, for the bar, the menu and the keys.
import { asFault, call, nameSteps } from './host';
import { saveAll } from './draft.svelte';
import { Live, listen, saving } from './records.svelte';
import { toasts } from './toasts.svelte';

class Steps {
  #history = new Live('history', () => ({ project: '', limit: 1 }));

  get undo(): string { return this.#history.answer?.undo?.label ?? ''; }
  get redo(): string { return this.#history.answer?.redo?.label ?? ''; }
  get canUndo(): boolean { return !!this.#history.answer?.undo; }
  get canRedo(): boolean { return !!this.#history.answer?.redo; }

  /** Begins to follow the history; the app does so once. */
  follow(): () => void {
    const read = async () => {
      await this.#history.read();
      await nameSteps(this.undo || null, this.redo || null).catch(() => {});
    };
    void read();
    return listen((changed) => (changed.kinds.length || changed.also.includes('history')) && void read());
  }

  async back(): Promise<void> {
    await this.#take('undo', '取り消しました');
  }

  async forth(): Promise<void> {
    await this.#take('redo', 'やり直しました');
  }

  async #take(way: 'undo' | 'redo', words: string): Promise<void> {
    // What is still being typed is a step of its own, and the first to be taken back.
    await saveAll();
    await this.#history.read();
    if (way === 'undo' ? !this.canUndo : !this.canRedo) return;
    try {
      const { step } = await call(way, {});
      saving.at = new Date();
      if (step) toasts.say(`${words}：${step.label}`, undefined, 'step');
    } catch (thrown) {
      const fault = asFault(thrown);
      toasts.fault(fault.message, fault.hint);
    }
  }
}
export const steps = new Steps();
