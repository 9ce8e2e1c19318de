// Which shape stands for which word of a state. The words themselves are given by whoever shows them.
import type { Mark } from './StatusMark.svelte';

const marks: Record<string, Mark> = {
  none: 'none', asked: 'asked', received: 'half', proofing: 'most', approved: 'done',
  applied: 'half', check: 'check', papers: 'late', fixed: 'done', arrived: 'most', open: 'most', left: 'none', cancelled: 'clash',
  plan: 'asked', held: 'half', sent: 'most', closed: 'done', returned: 'done',
};

export function markOf(status: string): Mark {
  return marks[status] ?? 'none';
}
