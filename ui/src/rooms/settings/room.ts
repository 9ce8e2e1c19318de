// 設定: where the data lies, backups, two laptops, conflicts, photos, the look, what this is.
import Settings2 from '@lucide/svelte/icons/settings';
import type { Room } from '../../app/rooms';
import Settings from './Settings.svelte';

export default { name: 'settings', label: '設定', icon: Settings2, order: 9, component: Settings, shows: { photo: 'photo' } } satisfies Room;
