// Who may name whom in the page: parts know no rooms and no calls, rooms know no other room, the host alone knows the window.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).map((f) => f.replaceAll('\\', '/')).filter((f) => /\.(ts|svelte)$/.test(f));

function imports(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => (name.startsWith('.') ? posix.normalize(posix.join(dirname(file), name)) : name));
}

function breaking(rule: (file: string, imported: string) => boolean): string[] {
  return files.flatMap((file) => imports(file).filter((i) => rule(file, i)).map((i) => `${file} imports ${i}`));
}

test('only the host speaks to the window', () => {
  expect(breaking((file, i) => file !== 'host.ts' && i.startsWith('@tauri-apps'))).toEqual([]);
});

test('parts import neither rooms nor calls', () => {
  expect(breaking((file, i) => file.startsWith('parts/') && !i.startsWith('parts/') && !/^(svelte|@lucide\/svelte|bits-ui)/.test(i))).toEqual([]);
});

test('a room imports no other room', () => {
  const room = (path: string) => path.match(/^rooms\/([^/]+)/)?.[1];
  expect(breaking((file, i) => !!room(file) && !!room(i) && room(file) !== room(i))).toEqual([]);
});

test('nothing but the registry knows the rooms', () => {
  expect(breaking((file, i) => !file.startsWith('rooms/') && i.startsWith('rooms/'))).toEqual([]);
});
