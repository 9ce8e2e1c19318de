// Readings of known partners by their names, so that a pasted roster needs no よみ typed in.
import { call } from '../../host';
import type { PartnerLine } from '../../wire';

let known: Promise<Map<string, PartnerLine | null>> | undefined;
let read = 0;

/** Partners for these names. A name that two partners bear (府中市) is left to the coordinator. */
export async function readings(names: readonly string[]): Promise<Map<string, PartnerLine>> {
  if (names.length === 0) return new Map();
  // A partner that was added a moment ago should be known: the list is some 2,000 short lines and local.
  if (!known || Date.now() - read > 60_000) {
    read = Date.now();
    known = call('partners', { text: '', kinds: [], prefecture: '', row: '', offset: 0, limit: 10_000 })
      .then(({ partners }) => {
        const map = new Map<string, PartnerLine | null>();
        for (const partner of partners) map.set(partner.name, map.has(partner.name) ? null : partner);
        return map;
      })
      .catch(() => ((known = undefined), new Map()));
  }
  const map = await known;
  return new Map(names.flatMap((name): [string, PartnerLine][] => {
    const partner = map.get(name.trim());
    return partner?.kana ? [[name, partner]] : [];
  }));
}
