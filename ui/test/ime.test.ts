// While kana are being converted no text control commits, moves or closes; half-converted text is told to nobody.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushSync, mount, unmount, type Component } from 'svelte';
import { expect, test, vi } from 'vitest';
import { keys } from '../src/app/keys';
import Field from '../src/parts/Field.svelte';
import Palette from '../src/parts/Palette.svelte';
import SearchField from '../src/parts/SearchField.svelte';
import TagField from '../src/parts/TagField.svelte';
import TextArea from '../src/parts/TextArea.svelte';

const src = join(import.meta.dirname, '../src');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.svelte')).map((f) => ({ file: f.replaceAll('\\', '/'), text: readFileSync(join(src, f), 'utf8') }));

test('every text control in the tree goes through the guard', () => {
  const bare: string[] = [];
  for (const { file, text } of sources) {
    const controls = text.match(/<(input|textarea)\b(?:[^>"'{]|"[^"]*"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*>/g) ?? [];
    for (const control of controls) {
      if (/type="(checkbox|range|radio|color|file)"/.test(control)) continue;
      // Either wrapped, or the file asks `composing` itself, as the grid does, whose editor is always there.
      if (!/textKeys\(/.test(control) && !/\bcomposing\(/.test(text)) bare.push(`${file}: ${control.slice(0, 80)} has no guard`);
    }
    if (/contenteditable/.test(text)) bare.push(`${file}: contenteditable`);
  }
  expect(bare).toEqual([]);
});

function put<P extends Record<string, unknown>>(component: Component<any>, props: P) {
  const target = document.body.appendChild(document.createElement('div'));
  const it = mount(component, { target, props });
  flushSync();
  const control = target.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea')!;
  return { control, end: () => unmount(it) };
}
const press = (on: HTMLElement, key: string, more: KeyboardEventInit & { keyCode?: number } = {}) => on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
function type(control: HTMLInputElement | HTMLTextAreaElement, text: string, isComposing = false) {
  control.value = text;
  control.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
  flushSync();
}

const controls: [string, Component<any>, (told: (v: unknown) => void) => Record<string, unknown>][] = [
  ['Field', Field, (told) => ({ label: '題名', value: '', oninput: told, oncommit: told })],
  ['TextArea', TextArea, (told) => ({ label: '文', value: '', oninput: told })],
  ['TagField', TagField, (told) => ({ label: '内容', values: [], onchange: told })],
  ['SearchField', SearchField, (told) => ({ value: '', onkeydown: told })],
  ['Palette', Palette, (told) => ({ open: true, lines: async () => [{ id: 'a', group: '部屋', name: '年間', sub: '', run: () => told('went') }] })],
];

for (const [name, component, props] of controls) {
  for (const [how, init] of [['composing', { isComposing: true }], ['keyCode 229', { keyCode: 229 }]] as const) {
    test(`${name} leaves Enter and Esc to the input method (${how})`, async () => {
      const told = vi.fn();
      const { control, end } = put(component, props(told));
      await Promise.resolve();
      told.mockClear();
      for (const key of ['Enter', 'Escape', 'ArrowDown', 'Backspace']) press(control, key, init);
      flushSync();
      expect(told).not.toHaveBeenCalled();
      expect(document.contains(control)).toBe(true);
      end();
    });
  }
}

test('the keys of the window stay out of a conversion', () => {
  const act = vi.fn();
  const heard = vi.fn();
  document.body.addEventListener('keydown', heard);
  const end = keys(window, act);
  press(document.body, 'z', { ctrlKey: true, keyCode: 229 });
  press(document.body, 'Enter', { isComposing: true });
  expect(act).not.toHaveBeenCalled();
  expect(heard).not.toHaveBeenCalled();
  press(document.body, 'z', { ctrlKey: true });
  press(document.body, 'Z', { ctrlKey: true, shiftKey: true });
  expect(act.mock.calls.flat()).toEqual(['undo', 'redo']);
  end();
});

test('half-converted kana are not told; the conversion is, once it ends', () => {
  const told = vi.fn();
  const { control, end } = put(Field, { label: '題名', value: '', oninput: told });
  control.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
  type(control, 'さk', true);
  type(control, 'さかい', true);
  expect(told).not.toHaveBeenCalled();
  control.value = '堺';
  control.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '堺' }));
  expect(told).toHaveBeenCalledExactlyOnceWith('堺');
  end();
});

test('outside a conversion Enter commits and Esc gives the old text back', () => {
  const typed = vi.fn();
  const committed = vi.fn();
  const { control, end } = put(Field, { label: '題名', value: '前', oninput: typed, oncommit: committed });
  control.focus();
  type(control, '後');
  press(control, 'Enter');
  expect(committed).toHaveBeenCalledWith('後');
  press(control, 'Escape');
  flushSync();
  expect(typed).toHaveBeenLastCalledWith('前');
  end();
});
