/** What a token is: a code point, a byte of UTF-8, or a run of bytes made by merging pairs. */
export type TokenizerKind = 'char' | 'byte' | 'bpe';

/** Text to integers and back. */
export interface Tokenizer {
  readonly kind: TokenizerKind;
  /** Number of ids, the unknown one included. */
  readonly size: number;
  /** The ids of the text, in order. */
  encode(text: string): Int32Array;
  /** The text of the ids; whatever has no text, and bytes that are not UTF-8, become U+FFFD. */
  decode(ids: ArrayLike<number>): string;
  /** A text to show for each id, in order. Bytes that can't be printed read as ‹0A›. */
  readonly vocabulary: readonly string[];
  /** What `encode` gives for text it was not trained on; undefined where nothing is unknown. */
  readonly unknownId: number | undefined;
  /** `bpe` only: id 256 + i stands for the i-th pair of ids. */
  readonly merges?: readonly Merge[];
}

/** Two ids that are replaced by one, the left one first. */
export type Merge = readonly [left: number, right: number];

/** How far training is. */
export interface TrainingProgress {
  readonly done: number;
  readonly total: number;
}

/** Ids of all tokenizers are below this, so that a pair of ids fits in one number. */
export const maximumSize = 65_536;

/** What stands for text that isn't there. */
export const unknownText = '\uFFFD';
