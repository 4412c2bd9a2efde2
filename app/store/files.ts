/** Bytes of a file that may cross to a worker. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Largest file of weights or of a model that is read. */
export const MODEL_LIMIT = 256e6;

/** Whether a file says by its name that it is safetensors. */
export const isSafetensors = (name: string): boolean => /\.safetensors$/i.test(name);

/** Whether a file says by its name that it is JSON: a bundle of runs, perhaps. */
export const isJson = ({ name }: { readonly name: string }): boolean => /\.json$/i.test(name);

/** A file of this page's own, such as `corpora/moby-dick.txt`. Rejects with what happened. */
export async function fetchOwnFile(path: string): Promise<Bytes> {
  const response = await fetch(`${import.meta.env.BASE_URL}${path}`);
  if (!response.ok) throw new Error(`the server answered ${String(response.status)}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** `read`, done once for all who ask; after a failure the next one to ask has it done again. */
export function readOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | null = null;
  return () =>
    (reading ??= read().catch((error: unknown) => {
      reading = null;
      throw error;
    }));
}

/** Lets the browser save a file as if it had been downloaded. */
export function saveFile(name: string, bytes: Bytes): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the file only after the click has been dealt with.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
