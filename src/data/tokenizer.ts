/** Text to integers and back. */
export interface Tokenizer {
  readonly kind: 'char';
  /** Number of ids, the unknown one included. */
  readonly size: number;
  /** One id for each token of the text. */
  encode(text: string): Int32Array;
  /** The text of the ids; whatever has no text becomes U+FFFD. */
  decode(ids: ArrayLike<number>): string;
  /** The text of each id, in order. */
  readonly vocabulary: readonly string[];
  /** What `encode` gives for text it was not trained on. */
  readonly unknownId: number;
}

/** Makes a tokenizer for text like `text`. The same text gives the same ids, on any device. */
export type TrainTokenizer = (
  kind: Tokenizer['kind'],
  text: string,
  /** `merges`: pairs a merging tokenizer makes; nothing to the character tokenizer. */
  options?: { readonly merges?: number },
) => Tokenizer;

/** See `TrainTokenizer`. */
export const trainTokenizer: TrainTokenizer = (_kind, text) => characterTokenizer(text);

const unknownId = 0;
const unknownText = '\uFFFD';

/**
 * One id for each code point. Id 0 is unknown; 1, 2, … are the distinct code points of the
 * training text in order of first appearance, so appended text never renumbers what came before.
 * U+FFFD in the training text is the unknown token itself.
 */
function characterTokenizer(text: string): Tokenizer {
  const vocabulary = [...new Set([unknownText].concat(Array.from(text)))];
  const ids = new Map(vocabulary.map((character, id) => [character, id]));
  return {
    kind: 'char',
    size: vocabulary.length,
    vocabulary,
    unknownId,
    encode: (input) =>
      Int32Array.from(Array.from(input), (character) => ids.get(character) ?? unknownId),
    decode: (tokens) => Array.from(tokens, (id) => vocabulary[id] ?? unknownText).join(''),
  };
}
