// The page while it is being typed: at most one ask under way, always the newest content next, so that typing never waits.
import { untrack } from 'svelte';
import { address, asFault, call, textOf } from '../../host';
import { listen } from '../../records.svelte';
import type { Calls, Fault, PanelNotice, PressedPage } from '../../wire';

export type DrawnPage = PressedPage & { svg: string };

export class Preview {
  pages: DrawnPage[] = $state.raw([]);
  notices: PanelNotice[] = $state.raw([]);
  fault: Fault | undefined = $state.raw();
  #ask: () => Calls['press'][0] | undefined;
  #running = false;
  #again = false;
  #panel = '';

  constructor(ask: () => Calls['press'][0] | undefined) {
    this.#ask = ask;
    $effect(() => {
      void JSON.stringify(ask());
      untrack(() => void this.draw());
    });
    // A photo's credit or a theme may change elsewhere.
    $effect(() => listen((c) => (['photo', 'exhibition', 'waiver'] as const).some((k) => c.kinds.includes(k)) && void this.draw()));
  }

  async draw(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    do {
      this.#again = false;
      await this.#once(untrack(this.#ask));
    } while (this.#again);
    this.#running = false;
  }

  async #once(ask: Calls['press'][0] | undefined): Promise<void> {
    if (!ask) return;
    if (ask.panel !== this.#panel) this.pages = [];
    this.#panel = ask.panel ?? '';
    try {
      const pressed = await call('press', ask);
      const pages = await Promise.all(pressed.pages.map(async (page) => ({ ...page, svg: rooted(await textOf(page.url)) })));
      this.pages = pages;
      this.notices = pressed.notices;
      this.fault = undefined;
    } catch (thrown) {
      this.fault = asFault(thrown);
    }
  }
}

/** Pictures in the page are named by path, the window needs the whole address; and the page is shown as it is cut, without its bleed. */
function rooted(svg: string): string {
  const cut = svg.replace(/viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"/, (_, ...box: string[]) => {
    const [x, y, w, h] = box.slice(0, 4).map(Number);
    return `viewBox="0 0 ${w + 2 * x} ${h + 2 * y}"`;
  });
  return cut.replace(/((?:xlink:)?href=")(\/?photo\/)/g, (_, attribute: string, path: string) => attribute + address(path));
}
