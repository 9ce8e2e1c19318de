// 展示 on the rail.
import GalleryHorizontalEnd from '@lucide/svelte/icons/gallery-horizontal-end';
import type { Room } from '../../app/rooms';
import Exhibition from './Exhibition.svelte';

export default { name: 'exhibition', label: '展示', icon: GalleryHorizontalEnd, order: 2, component: Exhibition, shows: { exhibition: 'exhibition' } } satisfies Room;
