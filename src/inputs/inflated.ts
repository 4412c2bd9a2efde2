/** The bytes of a file that scripts packed; `what` it holds is said where it is damaged. Rejects in words. */
export async function inflated(
  file: Uint8Array<ArrayBuffer>,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw damaged(what);
  }
}

/** Why a file of that is of no use. */
export const damaged = (what: string): Error =>
  new Error(`The file of ${what} is damaged or cut off. Reload the page to fetch it again.`);
