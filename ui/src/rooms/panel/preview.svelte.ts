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
  /** Milliseconds that the press took for the latest page. */
  millis = $state(0);
  #ask: () => Calls['press'][0] | undefined;
  #running = false;
  #again = false;
  #panel = '';

  constructor(ask: () => Calls['press'][0] | undefined) {
    this.#ask = ask;
    let before = '';
    $effect(() => {
      // The same ask again draws nothing anew.
      const now = JSON.stringify(ask());
      if (now !== before) untrack(() => void this.draw());
      before = now;
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
      this.pages = await Promise.all(pressed.pages.map(async (page) => ({ ...page, svg: await this.#svg(page) })));
      this.notices = pressed.notices;
      this.millis = pressed.millis;
      this.fault = undefined;
    } catch (thrown) {
      this.fault = asFault(thrown);
    }
  }

  /** A page is named by what it shows: one that is on the screen already is neither fetched nor put there again. */
  async #svg(page: PressedPage): Promise<string> {
    return this.pages.find((p) => p.url === page.url)?.svg ?? rooted(await textOf(page.url));
  }
}

/** Pages of another content, for comparing; their names are their own, so that two pages can stand in one window. */
export async function drawn(ask: Calls['press'][0], prefix: string): Promise<DrawnPage[]> {
  const { pages } = await call('press', ask);
  return Promise.all(pages.map(async (page) => ({ ...page, svg: renamed(rooted(await textOf(page.url)), prefix) })));
}

/** Pictures in the page are named by path, the window needs the whole address; and the page is shown as it is cut, without its bleed. */
function rooted(svg: string): string {
  const cut = svg.replace(/viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"/, (_, ...box: string[]) => {
    const [x, y, w, h] = box.slice(0, 4).map(Number);
    return `viewBox="0 0 ${w + 2 * x} ${h + 2 * y}"`;
  });
  return cut.replace(/((?:xlink:)?href=")(\/?photo\/)/g, (_, attribute: string, path: string) => attribute + address(path));
}

function renamed(svg: string, prefix: string): string {
  return svg.replace(/(id="|href="#|url\(#)g/g, (_, before: string) => `${before}${prefix}`);
}
