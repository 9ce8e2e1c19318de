// イベント: days, roster and floor, programme, result; and lectures with their speakers.
import Store from '@lucide/svelte/icons/store';
import type { Room } from '../../app/rooms';
import Events from './Events.svelte';

export default {
  name: 'event', label: 'イベント', icon: Store, order: 3, component: Events, shows: { event: 'event', lecture: 'event', speaker: 'speaker', roster_entry: 'roster', booth: 'booth', programme_slot: 'slot' },
} satisfies Room;
