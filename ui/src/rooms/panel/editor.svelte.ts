// What is being done on the page: which block is chosen, whether its words or its picture are being worked on, and every change as one step.
import { firstText, textAt, withText, wordOfPath } from './areas';
import { nameOf, withBlock, withBlocks, withNewBlock, withoutBlock, type Block, type Content } from './content';
import { tidy, type Rect } from './snap';
import type { PanelArea, PanelNotice } from '../../wire';

export type Mode = 'choose' | 'text' | 'crop';
type Write = (content: Content, label: string, now: boolean) => void;

export class Editor {
  block: number | undefined = $state();
  mode: Mode = $state('choose');
  /** Path of the text that is written in place. */
  path = $state('');
  page = $state(0);
  /** A notice that was clicked, for the frame on the page and the cursor in the form. */
  notice: PanelNotice | undefined = $state.raw();
  /** The content while something is being dragged: shown, not yet saved. */
  live: Content | undefined = $state.raw();
  #saved: () => Content | undefined;
  #write: Write;

  constructor(saved: () => Content | undefined, write: Write) {
    this.#saved = saved;
    this.#write = write;
  }

  get content(): Content | undefined { return this.live ?? this.#saved(); }
  get chosen(): Block | undefined { return this.block === undefined ? undefined : this.content?.blocks[this.block]; }

  /** Another panel: nothing is chosen in it. */
  reset(): void {
    this.choose(undefined);
    this.notice = undefined;
    this.live = undefined;
    this.page = 0;
  }

  choose(block: number | undefined): void {
    if (block === this.block && this.mode === 'choose') return;
    this.mode = 'choose';
    this.path = '';
    this.block = block;
    if (this.notice && this.notice.block !== block) this.notice = undefined;
  }

  /** Begins to work on what the block holds: a photo is cropped, words are written in place. Says whether it could. */
  enter(block: number, path?: string): boolean {
    const it = this.content?.blocks[block];
    if (!it) return false;
    this.choose(block);
    if (it.type === 'photo' && it.picture && (path === undefined || textAt(it, path) === undefined)) {
      this.mode = 'crop';
      return true;
    }
    const meant = path !== undefined && textAt(it, path) !== undefined ? path : firstText(it);
    if (meant === undefined) return false;
    this.path = meant;
    this.mode = 'text';
    return true;
  }

  /** From the words or the picture back to the block; from the block to the page. */
  leave(): void {
    if (this.mode !== 'choose') this.mode = 'choose';
    else this.choose(undefined);
  }

  jump(notice: PanelNotice): void {
    if (notice.block !== null) this.choose(notice.block);
    this.notice = notice;
    this.page = notice.page;
  }

  /** A change that is being typed: saved after a short rest. */
  edit(content: Content, label: string): void {
    this.live = undefined;
    this.#write(content, label, false);
  }

  /** A change that is whole in itself: one drag, one key, one choice. Saved at once as one step. */
  done(content: Content, label: string): void {
    this.live = undefined;
    this.#write(content, label, true);
  }

  editBlock(block: Block, label: string): void {
    if (this.content && this.block !== undefined) this.edit(withBlock(this.content, this.block, block), label);
  }

  setText(text: string): void {
    const block = this.chosen;
    if (block) this.editBlock(withText(block, this.path, text), `${nameOf(block)}の${wordOfPath(this.path)}を変更`);
  }

  /** Shows a change of a block that is still under the hand. */
  show(block: number, next: Block): void {
    const saved = this.#saved();
    if (saved) this.live = withBlock(saved, block, next);
  }

  /** Ends a drag: what was shown is saved as one step. */
  settle(block: number, next: Block, label: string): void {
    const saved = this.#saved();
    if (saved) this.done(withBlock(saved, block, next), label);
  }

  /** Gives up a drag. */
  drop(): void { this.live = undefined; }

  add(block: Block): void {
    const content = this.content;
    if (!content) return;
    this.done(withNewBlock(content, structuredClone(block)), `${nameOf(block)}を加える`);
    this.choose(content.blocks.length);
  }

  remove(index = this.block): void {
    const content = this.content;
    if (!content || index === undefined) return;
    this.done(withoutBlock(content, index), `${nameOf(content.blocks[index])}を外す`);
    this.choose(undefined);
  }

  duplicate(index: number): void {
    const content = this.content;
    const block = content?.blocks[index];
    if (!content || !block) return;
    const copy = structuredClone(block);
    if (copy.place) copy.place = { ...(copy.place as Rect), x: (copy.place as Rect).x + 10, y: (copy.place as Rect).y + 10 };
    this.done(withBlocks(content, [...content.blocks.slice(0, index + 1), copy, ...content.blocks.slice(index + 1)]), `${nameOf(block)}を複製`);
    this.choose(index + 1);
  }

  /** Moves a block in the list: the order in which the templates take them. */
  reorder(from: number, to: number): void {
    const content = this.content;
    if (!content || from === to || to < 0 || to >= content.blocks.length) return;
    const blocks = [...content.blocks];
    const [block] = blocks.splice(from, 1);
    blocks.splice(to, 0, block);
    this.done(withBlocks(content, blocks), `${nameOf(block)}の順を変える`);
    if (this.block !== undefined) this.block = blocks.indexOf(content.blocks[this.block]);
  }

  /** Takes a block out of its template and puts it where it now stands. */
  loosen(index: number, area: PanelArea | undefined): void {
    const block = this.content?.blocks[index];
    if (!block || !area) return;
    const [x, y, w, h] = area.place;
    this.settle(index, { ...block, place: tidy({ x, y, w, h }) }, `${nameOf(block)}を自由に置く`);
  }

  /** Gives a block back to its template. */
  putBack(index: number): void {
    const block = this.content?.blocks[index];
    if (!block) return;
    const { place: _, ...rest } = block;
    this.settle(index, rest as Block, `${nameOf(block)}をテンプレートの位置に戻す`);
  }
}

/** The free place of a block, if it has one. */
export function placeOf(block: Block | undefined): Rect | undefined {
  const place = block?.place as Rect | null | undefined;
  return place ? { x: place.x, y: place.y, w: place.w, h: place.h } : undefined;
}

/** The block in another free place; its type size stays. */
export function placed(block: Block, rect: Rect): Block {
  return { ...block, place: { ...(block.place as object | undefined), ...tidy(rect) } };
}
