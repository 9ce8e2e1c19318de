// 連携先: municipalities, associations, companies and wards, found by reading.
import Handshake from '@lucide/svelte/icons/handshake';
import type { Room } from '../../app/rooms';
import Partners from './Partners.svelte';

export default { name: 'partners', label: '連携先', icon: Handshake, order: 5, component: Partners, shows: { partner: 'partner' } } satisfies Room;
