// The one line of presses of this window: it outlives the room, so that leaving the counter loses nothing.
import { call } from '../../host';
import { Presses } from './presses.svelte';

const KEY = 'tenjicho.presses';

export const presses = new Presses(
  ({ project, door, category, delta, undo }) => (undo ? call('uncount', { project, door }) : call('count', { project, door, category, delta })),
  {
    read: () => localStorage.getItem(KEY),
    write: (text) => (text ? localStorage.setItem(KEY, text) : localStorage.removeItem(KEY)),
  },
);
