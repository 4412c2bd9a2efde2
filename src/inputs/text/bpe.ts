import { decodeTokens, showBytes, singleBytes, toBytes } from './byteTokenizer.ts';
import { maximumSize, type Merge, type Tokenizer } from './tokenizerTypes.ts';

/** Code points in a piece, its leading space aside. It bounds the work on text without spaces. */
const longestPiece = 64;

/** Bytes a token can stand for: a piece, and its leading space, of four bytes a code point. */
export const longestToken = 4 * (longestPiece + 1);

/** Pieces whose ids are remembered; then the memory starts anew. */
const rememberedPieces = 65_536;

// As GPT-2 splits: contractions, words, numbers and punctuation with the space before them, other
// white space; but in pieces of bounded length.
const most = `{1,${longestPiece}}`;
const splitter = new RegExp(
  [
    "'(?:[stmd]|re|ve|ll)",
    ` ?\\p{L}${most}`,
    ` ?\\p{N}${most}`,
    ` ?[^\\s\\p{L}\\p{N}]${most}`,
    `\\s${most}(?!\\S)`,
    `\\s${most}`,
  ].join('|'),
  'gu',
);

/** The pieces of a text, in order; together they are the text. Merges never cross their ends. */
export function* pieces(text: string): Generator<string, void> {
  for (const [piece] of text.matchAll(splitter)) yield piece;
}

/** A pair of ids as one number that sorts like the pair. */
export const pairKey = (left: number, right: number): number => left * maximumSize + right;

/** Byte-level byte-pair encoding: 256 ids for the bytes, then one for each merge, in order. */
export function bpeTokenizer(merges: readonly Merge[]): Tokenizer {
  const tokens = [...singleBytes];
  const made = new Map<number, number>();
  for (const [left, right] of merges) {
    made.set(pairKey(left, right), tokens.length);
    tokens.push(Uint8Array.from([...(tokens[left] ?? []), ...(tokens[right] ?? [])]));
  }
  const remembered = new Map<string, readonly number[]>();
  const encodePiece = (piece: string): readonly number[] => {
    const known = remembered.get(piece);
    if (known) return known;
    const ids = mergeBytes(toBytes(piece), made);
    if (remembered.size >= rememberedPieces) remembered.clear();
    remembered.set(piece, ids);
    return ids;
  };
  return {
    kind: 'bpe',
    size: tokens.length,
    vocabulary: tokens.map(showBytes),
    unknownId: undefined,
    merges,
    encode: (text) => {
      const ids: number[] = [];
      for (const piece of pieces(text)) for (const id of encodePiece(piece)) ids.push(id);
      return Int32Array.from(ids);
    },
    decode: (ids) => decodeTokens(ids, tokens),
  };
}

/** Merge neighbours, the earliest merge first and from the left, until none is left to merge. */
function mergeBytes(bytes: Uint8Array, made: ReadonlyMap<number, number>): number[] {
  const ids = Array.from(bytes);
  /** What the id at i and the next one merge into; kept, for looking pairs up is the slow part. */
  const into = ids.map((_, i) => mergedAt(ids, i, made));
  for (;;) {
    let best = Infinity;
    let at = 0;
    into.forEach((id, i) => {
      if (id < best) {
        best = id;
        at = i;
      }
    });
    if (best === Infinity) return ids;
    ids.splice(at, 2, best);
    into.splice(at, 2, mergedAt(ids, at, made));
    if (at > 0) into[at - 1] = mergedAt(ids, at - 1, made);
  }
}

function mergedAt(ids: readonly number[], i: number, made: ReadonlyMap<number, number>): number {
  const left = ids[i];
  const right = ids[i + 1];
  if (left === undefined || right === undefined) return Infinity;
  return made.get(pairKey(left, right)) ?? Infinity;
}
