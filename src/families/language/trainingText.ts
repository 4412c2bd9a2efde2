/** Training text from outside, checked before anything is done with it. */

/** Largest text that is taken, in bytes of UTF-8. */
export const textLimit = 5_000_000;

/** A text, or why it cannot be one, in words for the visitor. */
export type ReadText = { readonly text: string } | { readonly problem: string };

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Reads a file's bytes as UTF-8 text. Never throws. */
export function readTextBytes(bytes: Uint8Array, name: string): ReadText {
  if (bytes.length > textLimit)
    return {
      problem: `“${name}” has ${megabytes(bytes.length)}; at most ${megabytes(textLimit)} can be trained on here. Cut a part out of it.`,
    };
  // Zero bytes do not occur in text; in UTF-16, images and archives they do.
  if (bytes.subarray(0, 65_536).includes(0))
    return { problem: `“${name}” is not a text file. Open a plain text in UTF-8.` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readText(text);
  } catch {
    return {
      problem: `“${name}” is not valid UTF-8. Save it as UTF-8 in a text editor and open it again.`,
    };
  }
}

/** Checks a pasted text. Never throws. */
export function readText(raw: string): ReadText {
  const text = raw.replace(/\r\n?/g, '\n').replace(/\p{Surrogate}/gu, '\uFFFD');
  if (text.trim() === '') return { problem: 'The text is empty. Paste a page or more.' };
  const characters = Array.from(text.slice(0, 4)).length;
  if (characters < 2)
    return { problem: 'One character is nothing to learn from. Paste a page or more.' };
  // UTF-8 needs at most three bytes for each UTF-16 unit, so short texts need no count.
  const bytes = text.length * 3 > textLimit ? new TextEncoder().encode(text).length : 0;
  if (bytes > textLimit)
    return {
      problem: `The text has ${megabytes(bytes)}; at most ${megabytes(textLimit)} can be trained on here. Cut a part out of it.`,
    };
  return { text };
}
