// The list of rooms. To add one: make a folder ui/src/rooms/<name>/ with the component and a `room.ts` that default-exports a `Room`.
// Nothing else is edited; the rail, the palette and the keys find it here.
import type { Component } from 'svelte';
import type { LucideIcon } from '@lucide/svelte';

/**
 *     // ui/src/rooms/event/room.ts
 *     // イベント: days, roster, programme.
 *     import Store from '@lucide/svelte/icons/store';
 *     import type { Room } from '../../app/rooms';
 *     import Event from './Event.svelte';
 *     export default { name: 'event', label: 'イベント', icon: Store, order: 3, component: Event } satisfies Room;
 *
 * A room begins with `<RoomBar title=… sub=…>` (app/RoomBar.svelte: title, saved note, undo, its own buttons), reads with `live(…)`
 * from records.svelte.ts, edits through a `Draft` or `save(label, changes)`, keeps what is chosen in `place.at`, and offers its
 * commands with `offer(() => ({ find, add, print }))`.
 */
export type Room = {
  name: string;
  label: string;
  icon: LucideIcon;
  /** Position on the rail: 年間 1, 展示 2, イベント 3, 来場者 4, 連携先 5, パネル 6, 設定 9 (at the foot). */
  order: number;
  component: Component;
  /** Which record kinds this room shows, and under which name in `place.at` it keeps the chosen one: the palette jumps by this. */
  shows?: Record<string, string>;
};

const found = import.meta.glob<{ default: Room }>('../rooms/*/room.ts', { eager: true });
export const rooms: Room[] = Object.values(found).map((m) => m.default).sort((a, b) => a.order - b.order);
