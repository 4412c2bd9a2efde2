/**
 * Files that stand beside the page and that an engine reads by itself when it needs them. Where they are, only who runs
 * the engine knows: the worker fetches them, Node reads them from the disk.
 */

/** Reads a file by its path in the page's folder; rejects when it is not there. */
export type AssetReader = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

let reader: AssetReader | undefined;
const known = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** Say where files are read from. */
export function setAssetReader(read: AssetReader): void {
  reader = read;
  known.clear();
}

/** A file, read once; one that could not be read is tried again the next time. Rejects in words. */
export function readAsset(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const before = known.get(path);
  if (before) return before;
  const read = reader
    ? reader(path)
    : Promise.reject(new Error(`Nobody has said where ${path} is: call setAssetReader.`));
  known.set(path, read);
  read.catch(() => known.delete(path));
  return read;
}
