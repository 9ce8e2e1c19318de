// Putting a changed text into a field so that the field's own undo still knows it.
import type { Marked } from './markup';
export type { Marked };

export function put(area: HTMLTextAreaElement, next: Marked): void {
  area.focus();
  // Only what differs is replaced: the rest of the field's history stays whole.
  const [was, now] = [area.value, next.text];
  let start = 0;
  while (start < was.length && start < now.length && was[start] === now[start]) start += 1;
  let end = 0;
  while (end < was.length - start && end < now.length - start && was[was.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  area.setRangeText(now.slice(start, now.length - end), start, was.length - end, 'end');
  area.setSelectionRange(next.start, next.end);
}
