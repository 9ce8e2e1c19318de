// パネル on the rail.
import PanelsTopLeft from '@lucide/svelte/icons/panels-top-left';
import type { Room } from '../../app/rooms';
import Panel from './Panel.svelte';

export default { name: 'panel', label: 'パネル', icon: PanelsTopLeft, order: 6, component: Panel, shows: { panel: 'panel' } } satisfies Room;
