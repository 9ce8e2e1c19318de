// The keys that hold in every room. Keys pressed inside a running conversion belong to the input method and never reach the rooms.
import { composing } from '../parts/ime';

const onMac = navigator.platform.startsWith('Mac');

/** Ctrl on Windows and Linux, Cmd on macOS. */
export function commandKey(e: KeyboardEvent): boolean {
  return onMac ? e.metaKey && !e.ctrlKey : e.ctrlKey && !e.metaKey;
}

const table: Record<string, string> = { z: 'undo', y: 'redo', s: 'save', f: 'find', n: 'add', p: 'print', k: 'palette' };

export function keys(target: Window, act: (deed: string) => void): () => void {
  const shield = (e: KeyboardEvent) => {
    if (composing(e)) e.stopPropagation();
  };
  const hear = (e: KeyboardEvent) => {
    if (composing(e) || e.defaultPrevented || !commandKey(e) || e.altKey) return;
    const key = e.key.toLowerCase();
    const deed = key === 'z' && e.shiftKey ? 'redo' : /^[1-9]$/.test(key) ? `room${key}` : table[key];
    if (!deed || (e.shiftKey && key !== 'z')) return;
    e.preventDefault();
    act(deed);
  };
  target.addEventListener('keydown', shield, true);
  target.addEventListener('keydown', hear);
  return () => {
    target.removeEventListener('keydown', shield, true);
    target.removeEventListener('keydown', hear);
  };
}
