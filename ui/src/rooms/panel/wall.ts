// What is chosen on the wall after a click or a key, and the numbers of the panels after some were put elsewhere.

export type How = 'only' | 'toggle' | 'through';

/** `chosen` is the one that is shown, `more` those chosen beside it. */
export function chosenAfter(ids: readonly string[], chosen: string, more: readonly string[], id: string, how: How): { chosen: string; more: string[] } {
  if (how === 'only') return { chosen: id, more: [] };
  if (how === 'through') {
    const [from, to] = [ids.indexOf(chosen), ids.indexOf(id)].sort((a, b) => a - b);
    // The far end is shown; the next step goes on from there.
    return { chosen: id, more: [...new Set([...more, chosen, ...ids.slice(Math.max(0, from), to + 1)])].filter((m) => m !== id) };
  }
  if (id === chosen) return more.length ? { chosen: more[more.length - 1], more: more.slice(0, -1) } : { chosen, more: [] };
  return more.includes(id) ? { chosen, more: more.filter((m) => m !== id) } : { chosen, more: [...more, id] };
}

/** The order after these were taken out together and put where the first of them lands at `to`. */
export function moved(ids: readonly string[], taken: readonly string[], to: number): string[] {
  const rest = ids.filter((id) => !taken.includes(id));
  const at = Math.max(0, Math.min(rest.length, to));
  return [...rest.slice(0, at), ...ids.filter((id) => taken.includes(id)), ...rest.slice(at)];
}

/** Which panels get another number so that the order holds; the numbers that are there are dealt out anew. */
export function renumbered(before: readonly { id: string; number: number }[], order: readonly string[]): { id: string; number: number }[] {
  const numbers = before.map((p) => p.number).sort((a, b) => a - b);
  // Two with one number could not be told apart in their order.
  for (let i = 1; i < numbers.length; i += 1) if (numbers[i] <= numbers[i - 1]) numbers[i] = numbers[i - 1] + 1;
  const was = new Map(before.map((p) => [p.id, p.number]));
  return order.map((id, i) => ({ id, number: numbers[i] })).filter((p) => was.get(p.id) !== p.number);
}
