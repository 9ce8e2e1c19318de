// Where the window is: room, fiscal year, and what is chosen in each room. It opens again where it was left.
import { call } from './host';

export type At = Record<string, string>;

class Place {
  room = $state('nenkan');
  year = $state(fiscalYearOf(new Date()));
  /** Chosen things by name: exhibition, event, partner, panel, tab … Shared by the rooms, so a jump lands on the same thing. */
  at: At = $state({});
  /** light | dark | system */
  look = $state('system');
  #ready = false;
  /** Someone already went to a room, while the place that was left was still being read. */
  #gone = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Goes to a room, with what to show there. */
  go(room: string, at: At = {}, year?: number): void {
    this.room = room;
    this.#gone = true;
    if (year) this.year = year;
    for (const [name, value] of Object.entries(at)) this.at[name] = value;
    this.keep();
  }

  choose(name: string, value: string): void {
    this.at[name] = value;
    this.keep();
  }

  chosen(name: string): string {
    return this.at[name] ?? '';
  }

  setYear(year: number): void {
    this.year = year;
    this.keep();
  }

  setLook(look: string): void {
    this.look = look;
    this.keep();
  }

  /** Reads the place that was left, once at start. */
  async open(today: number): Promise<void> {
    this.year = today;
    try {
      const { value } = await call('setting', { key: 'place', value: null });
      if (value && typeof value === 'object' && !Array.isArray(value)) {
        const left = value as Partial<{ room: string; year: number; at: At; look: string }>;
        if (!this.#gone) this.room = left.room || this.room;
        this.year = left.year || this.year;
        // A half-made paste or export is not taken up again.
        this.at = { ...left.at, paste: '', export: '', ...(this.#gone ? $state.snapshot(this.at) : {}) };
        this.look = left.look ?? 'system';
      } else this.year = await latestYear(today);
    } finally {
      this.#ready = true;
    }
  }

  keep(): void {
    if (!this.#ready) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.leave(), 400);
  }

  async leave(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#ready) return;
    const value = { room: this.room, year: this.year, at: $state.snapshot(this.at), look: this.look };
    await call('setting', { key: 'place', value }).catch(() => {});
  }
}

export const place = new Place();

/** The first start shows a year in which something is: this one, or the last that has an exhibition. */
async function latestYear(today: number): Promise<number> {
  const { records } = await call('list', { kind: 'exhibition' });
  const years = records.map((r) => Number((r as { fiscal_year?: number }).fiscal_year)).filter((y) => y > 1900 && y <= today);
  return years.length ? Math.max(...years) : today;
}

/** April to March. */
export function fiscalYearOf(day: Date): number {
  return day.getMonth() >= 3 ? day.getFullYear() : day.getFullYear() - 1;
}
