// Light or dark: what the machine says, unless 設定 says otherwise.
import { place } from '../place.svelte';

export function look(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let system = $state(dark.matches);
  $effect(() => {
    const hear = () => (system = dark.matches);
    dark.addEventListener('change', hear);
    return () => dark.removeEventListener('change', hear);
  });
  $effect(() => {
    document.documentElement.dataset.theme = place.look === 'system' ? (system ? 'dark' : 'light') : place.look;
  });
}
