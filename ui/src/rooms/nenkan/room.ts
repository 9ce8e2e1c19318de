// 年間 on the rail.
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import type { Room } from '../../app/rooms';
import Nenkan from './Nenkan.svelte';

export default { name: 'nenkan', label: '年間', icon: CalendarDays, order: 1, component: Nenkan } satisfies Room;
