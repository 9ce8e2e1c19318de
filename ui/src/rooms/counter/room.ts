// 来場者: counting at the doors, entered totals, days and hours.
import Tally5 from '@lucide/svelte/icons/tally-5';
import type { Room } from '../../app/rooms';
import Counter from './Counter.svelte';

export default { name: 'counter', label: '来場者', icon: Tally5, order: 4, component: Counter, shows: { door: 'door', entered_total: 'entered' } } satisfies Room;
