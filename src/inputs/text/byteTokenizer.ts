import { unknownText, type Tokenizer } from './tokenizerTypes.ts';

const encoder = new TextEncoder();
// Without `ignoreBOM` a decoder swallows a leading U+FEFF, and the round trip would lose it.
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** The 256 tokens of one byte each, by id. */
export const singleBytes: readonly Uint8Array[] = Array.from({ length: 256 }, (_, byte) =>
  Uint8Array.of(byte),
);

/** The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export const toBytes = (text: string): Uint8Array => encoder.encode(text);

/** The text of tokens laid end to end. An id without a token reads as U+FFFD. */
export function decodeTokens(ids: ArrayLike<number>, tokens: readonly Uint8Array[]): string {
  const missing = toBytes(unknownText);
  const parts = Array.from(ids, (id) => tokens[id] ?? missing);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return lenient.decode(bytes);
}

/** A text to show for a token: what can't be printed reads as its bytes, such as ‹0A›. */
export function showBytes(bytes: Uint8Array): string {
  try {
    return Array.from(strict.decode(bytes), (character) =>
      isPrintable(character) ? character : hexadecimal(toBytes(character)),
    ).join('');
  } catch {
    // Part of a character. Its ASCII neighbours are still worth reading.
    return Array.from(bytes, (byte) =>
      byte < 0x80 && isPrintable(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : hexadecimal([byte]),
    ).join('');
  }
}

/** 256 ids, one for each byte of UTF-8: nothing is unknown, and there is nothing to train. */
export function byteTokenizer(): Tokenizer {
  return {
    kind: 'byte',
    size: singleBytes.length,
    vocabulary: singleBytes.map(showBytes),
    unknownId: undefined,
    encode: (text) => Int32Array.from(toBytes(text)),
    decode: (ids) => decodeTokens(ids, singleBytes),
  };
}

/** Neither a control, unassigned or invisible character nor a separator other than the space. */
const isPrintable = (character: string): boolean =>
  character === ' ' || !/[\p{C}\p{Z}]/u.test(character);

const hexadecimal = (bytes: ArrayLike<number>): string =>
  Array.from(bytes, (byte) => `‹${byte.toString(16).toUpperCase().padStart(2, '0')}›`).join('');
