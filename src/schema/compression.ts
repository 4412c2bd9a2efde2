/** Text in a URL-safe, compressed form: base64url of raw deflate, by the browser's own streams. */

/** Most bytes that are ever inflated: a few kilobytes of link can hold megabytes of zeros. */
export const inflatedLimit = 256 * 1024;

/** What came out, or in words why nothing did. */
export type Unpacked =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string };

/** Compresses text for a URL. */
export async function packText(text: string): Promise<string> {
  const chunks: number[] = [];
  const stream = through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  await readChunks(stream, (chunk) => {
    for (const byte of chunk) chunks.push(byte);
    return true;
  });
  const binary = chunks.map((byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Reverses `packText`. Never rejects; stops inflating at `inflatedLimit` bytes. */
export async function unpackText(packed: string): Promise<Unpacked> {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    let text = '';
    let size = 0;
    const whole = await readChunks(
      through(bytes, new DecompressionStream('deflate-raw')),
      (chunk) => {
        size += chunk.length;
        if (size > inflatedLimit) return false;
        text += decoder.decode(chunk, { stream: true });
        return true;
      },
    );
    if (whole) return { ok: true, text: text + decoder.decode() };
    return { ok: false, problem: 'unpacks to more than 256 KB' };
  } catch {
    return { ok: false, problem: 'is damaged, perhaps cut off when it was copied' };
  }
}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: GenericTransformStream,
): ReadableStream<Uint8Array> {
  const writer = (transform.writable as WritableStream<BufferSource>).getWriter();
  // A failure to write shows again, and is handled, where the result is read.
  const ignore = (): void => undefined;
  writer.write(bytes).catch(ignore);
  writer.close().catch(ignore);
  writer.closed.catch(ignore);
  return transform.readable as ReadableStream<Uint8Array>;
}

/** Hands over chunks until the stream ends (true) or `take` declines one (false). */
async function readChunks(
  stream: ReadableStream<Uint8Array>,
  take: (chunk: Uint8Array) => boolean,
): Promise<boolean> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    if (take(value)) continue;
    await reader.cancel();
    return false;
  }
}
