// Photos on their way in: from the file manager, a dialog or the clipboard; how far, and what was wrong with which file.
import { asFault, call, keepPasted, pickFiles } from '../../host';
import type { FileFault } from '../../wire';

class Taking {
  busy: { done: number; of: number } | undefined = $state.raw();
  faults: FileFault[] = $state.raw([]);
  #stopped = false;

  /** Takes the files in one after the other; gives the hashes of those that are photos. */
  async files(paths: readonly string[], partner: string): Promise<string[]> {
    const hashes: string[] = [];
    this.faults = [];
    this.#stopped = false;
    this.busy = { done: 0, of: paths.length };
    for (const [i, path] of paths.entries()) {
      if (this.#stopped) break;
      try {
        const taken = await call('take_photos', { paths: [path], partner });
        hashes.push(...taken.hashes);
        this.faults = [...this.faults, ...taken.faults];
      } catch (thrown) {
        const fault = asFault(thrown);
        this.faults = [...this.faults, { file: path, message: fault.message, hint: fault.hint }];
      }
      this.busy = { done: i + 1, of: paths.length };
    }
    this.busy = undefined;
    return hashes;
  }

  async pick(partner: string): Promise<string[]> {
    const paths = await pickFiles('写真を選ぶ', [{ name: '写真', extensions: ['jpg', 'jpeg', 'png'] }]);
    return paths?.length ? this.files(paths, partner) : [];
  }

  /** What the clipboard holds: files of the file manager by their path where it tells it, else the bytes of a picture. */
  async pasted(data: DataTransfer, partner: string): Promise<string[]> {
    const paths = data.getData('text/uri-list').split(/\r?\n/).filter((line) => line.startsWith('file://')).map((line) => decodeURIComponent(line.slice(7)));
    if (paths.length) return this.files(paths, partner);
    const pictures = [...data.files].filter((file) => file.type.startsWith('image/'));
    const hashes: string[] = [];
    this.faults = [];
    for (const picture of pictures) {
      this.busy = { done: hashes.length, of: pictures.length };
      try {
        const taken = await keepPasted(new Uint8Array(await picture.arrayBuffer()), partner);
        hashes.push(...taken.hashes);
        this.faults = [...this.faults, ...taken.faults];
      } catch (thrown) {
        const fault = asFault(thrown);
        this.faults = [...this.faults, { file: picture.name, message: fault.message, hint: fault.hint }];
      }
    }
    this.busy = undefined;
    return hashes;
  }

  /** Stops after the photo that is under way; those that were taken in stay. */
  stop(): void {
    this.#stopped = true;
  }

  close(): void {
    this.faults = [];
  }
}
export const taking = new Taking();
