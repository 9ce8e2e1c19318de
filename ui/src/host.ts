// The only door to the machine: one typed call, one event, file dialogs and the addresses of pictures. Nothing else may import @tauri-apps.
import { invoke, isTauri } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Calls, Changed, Fault } from './wire';

/** True inside the application window; false in a test or a plain browser. */
export const inWindow = isTauri();

/** Asks the office. Throws a `Fault`, never anything else. */
export async function call<K extends keyof Calls>(name: K, ask: Calls[K][0]): Promise<Calls[K][1]> {
  try {
    return await invoke<Calls[K][1]>('call', { name, ask });
  } catch (thrown) {
    throw asFault(thrown);
  }
}

export function asFault(thrown: unknown): Fault {
  if (typeof thrown === 'object' && thrown !== null && 'kind' in thrown && 'message' in thrown) return thrown as Fault;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'internal', message: text, hint: '展示帖を開き直してください。続くときは設定の「記録」を添えて知らせてください。' };
}

/** Called after every commit, by whoever made it: this window, a merge, an import, another window. */
export function onChanged(hear: (changed: Changed) => void): () => void {
  return hearing<Changed>('changed', hear);
}

/** A menu item was chosen; the name is the one given in the menu table. */
export function onMenu(hear: (item: string) => void): () => void {
  return hearing<string>('menu', hear);
}

function hearing<T>(event: string, hear: (payload: T) => void): () => void {
  if (!inWindow) return () => {};
  const stop = listen<T>(event, (e) => hear(e.payload));
  return () => void stop.then((end) => end());
}

/** The menu and the tooltips carry the name of the step: 取り消す：会期を変更. */
export async function nameSteps(undo: string | null, redo: string | null): Promise<void> {
  if (inWindow) await invoke('name_steps', { undo, redo });
}

// On Windows and Android a custom scheme is reached through http.
const front = navigator.userAgent.includes('Windows') ? 'http://tenji.localhost' : 'tenji://localhost';

/** Address of something the office draws: /page/…, /photo/…, /thumb/…, /font/…. */
export function address(path: string): string {
  return path ? front + (path.startsWith('/') ? path : `/${path}`) : '';
}

/** Text of something the office draws, e.g. a page as SVG. */
export async function textOf(path: string, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(address(path), { signal });
  if (!answer.ok) throw asFault(new Error(`${path}: ${answer.status}`));
  return answer.text();
}

export type FileKind = { name: string; extensions: string[] };

export async function pickFiles(title: string, kinds: FileKind[]): Promise<string[]> {
  const picked = await open({ title, multiple: true, filters: kinds });
  return picked ?? [];
}

export async function pickFile(title: string, kinds: FileKind[]): Promise<string | null> {
  return await open({ title, multiple: false, filters: kinds });
}

export async function pickFolder(title: string, from?: string): Promise<string | null> {
  return await open({ title, directory: true, defaultPath: from });
}

export async function nameNewFile(title: string, name: string, kinds: FileKind[]): Promise<string | null> {
  return await save({ title, defaultPath: name, filters: kinds });
}

/** Opens one's own workspace, which begins empty, or the sample again; the page is loaded anew afterwards. */
export async function openOther(sample: boolean): Promise<void> {
  await ask('open_other', { sample });
}

/** Opens a finished file or folder with the program the machine has for it. */
export async function openFile(path: string): Promise<void> {
  await ask('open_file', { path });
}

/** Shows a finished file in its folder. */
export async function showInFolder(path: string): Promise<void> {
  await ask('show_in_folder', { path });
}

async function ask(command: string, what: Record<string, unknown>): Promise<void> {
  try {
    await invoke(command, what);
  } catch (thrown) {
    throw asFault(thrown);
  }
}

export type FileDrag = { kind: 'over' | 'drop'; x: number; y: number; paths: string[] } | { kind: 'leave' };

/** Files from the file manager over the window, with the place in CSS pixels. On Windows this and HTML5 dragging exclude each other: our own lists are dragged with pointer events. */
export function onFileDrag(hear: (drag: FileDrag) => void): () => void {
  if (!inWindow) return () => {};
  const stop = getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === 'leave') return hear({ kind: 'leave' });
    const at = { x: payload.position.x / window.devicePixelRatio, y: payload.position.y / window.devicePixelRatio };
    hear(payload.type === 'drop' ? { kind: 'drop', ...at, paths: payload.paths } : { kind: 'over', ...at, paths: [] });
  });
  return () => void stop.then((end) => end());
}

/** Hands a pasted picture to the office, which keeps it as it keeps any photo. The bytes go as they are, beside the calls. */
export async function keepPasted(bytes: Uint8Array, partner: string): Promise<Calls['take_photos'][1]> {
  try {
    return await invoke<Calls['take_photos'][1]>('keep_pasted', bytes, { headers: { partner: partner } });
  } catch (thrown) {
    throw asFault(thrown);
  }
}

/** Runs before the window closes; the window waits for it, so nothing typed is lost. */
export function onClosing(last: () => Promise<void>): () => void {
  if (!inWindow) return () => {};
  const stop = getCurrentWindow().onCloseRequested(async () => {
    await last();
  });
  return () => void stop.then((end) => end());
}

export async function fullScreen(on: boolean): Promise<void> {
  if (inWindow) await getCurrentWindow().setFullscreen(on);
}

/** Copies text, e.g. a table for Excel. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
