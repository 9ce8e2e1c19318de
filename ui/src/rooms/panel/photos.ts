// Where photos go in a content document: into the frame they were let go on, into frames that still wait, or as further photos.
import { withBlock, withBlocks, type Block, type Content } from './content';
import type { Rect } from './snap';

/** Blocks that take a photo when it is let go on them. */
export const TAKES = ['photo', 'logo', 'photo_grid'];
const waits = (block: Block) => block.type === 'photo' && !block.picture;

/** The block with a photo put into it: a frame forgets its old crop, a group gets one more. */
function filled(block: Block, hash: string): Block {
  if (block.type === 'photo_grid') return { ...block, photos: [...((block.photos as unknown[] | undefined) ?? []), { picture: hash }] };
  return block.type === 'logo' ? { ...block, picture: hash } : { ...block, picture: hash, focus: null, zoom: null };
}

export function withPhotos(content: Content, hashes: readonly string[], target: number | undefined, spot?: { at: [number, number]; paper: [number, number] }): { content: Content; first: number | undefined } {
  let next = content;
  let first: number | undefined;
  const put = (index: number, hash: string) => {
    next = withBlock(next, index, filled(next.blocks[index], hash));
    first ??= index;
  };
  hashes.forEach((hash, i) => {
    const meant = target === undefined ? undefined : next.blocks[target];
    const here = meant && (meant.type === 'photo_grid' || (i === 0 && TAKES.includes(meant.type)));
    const frame = here ? target! : next.blocks.findIndex(waits);
    if (frame >= 0) return put(frame, hash);
    const block: Block = { type: 'photo', picture: hash, role: roleOf(next), caption: '', credit: '' };
    if (!next.template) block.place = around(spot?.at ?? [spot ? spot.paper[0] / 2 : 150, 150 + 20 * i], spot?.paper ?? [594, 841]);
    next = withBlocks(next, [...next.blocks, block]);
    first ??= next.blocks.length - 1;
  });
  return { content: next, first };
}

/** The first role that no photo has yet. */
function roleOf(content: Content): string {
  const taken = content.blocks.filter((b) => b.type === 'photo').map((b) => String(b.role ?? 'hero'));
  return ['hero', 'second', 'third'].find((role) => !taken.includes(role)) ?? 'third';
}

/** A third of the paper's width about a point, inside the paper. */
function around([x, y]: [number, number], [width, height]: [number, number]): Rect {
  const [w, h] = [Math.round(width / 3), Math.round(width / 4)];
  const inside = (at: number, length: number, most: number) => Math.round(Math.max(0, Math.min(most - length, at - length / 2)));
  return { x: inside(x, w, width), y: inside(y, h, height), w, h };
}
