import { bpeTokenizer, pairKey, pieces } from './bpe.ts';
import { toBytes } from './byteTokenizer.ts';
import { pacer } from '../../data/pace.ts';
import { PairQueue, type Pair } from './pairQueue.ts';
import type { Merge, Tokenizer, TrainingProgress } from './tokenizerTypes.ts';

/** A distinct piece of the text and how often it occurs. */
interface Word {
  ids: readonly number[];
  readonly count: number;
}

/** A pair and the words that have, or had, it; a word may be listed more than once. */
interface ListedPair extends Pair {
  readonly words: Word[];
}

/** A pair that occurs once saves nothing. */
const leastCount = 2;

/** Words or pieces worked on between two looks at the clock. */
const chunk = 256;

/**
 * Merge the most frequent pair of neighbours, again and again, at most `total` times: fewer when no
 * pair occurs twice. Of equally frequent pairs the one with the lowest ids is merged, so the same
 * text gives the same merges. Overlaps count: “aaa” has the pair aa twice. Progress is in merges.
 */
export function* bpeTraining(text: string, total: number): Generator<TrainingProgress, Tokenizer> {
  const pause = pacer();
  const merges: Merge[] = [];
  let worked = 0;
  const breathe = function* () {
    if (++worked % chunk === 0) yield* pause({ done: merges.length, total });
  };

  const counts = new Map<string, number>();
  for (const piece of total > 0 ? pieces(text) : []) {
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
    yield* breathe();
  }
  const table = new PairTable();
  for (const [piece, count] of counts) {
    table.add({ ids: Array.from(toBytes(piece)), count });
    yield* breathe();
  }
  table.queueNew();
  while (merges.length < total) {
    const best = table.queue.pop(leastCount);
    if (!best) break;
    const id = 256 + merges.length;
    for (const word of best.words) {
      table.replace(word, best, id);
      yield* breathe();
    }
    table.queueNew();
    merges.push([best.left, best.right]);
    yield* breathe();
  }
  return bpeTokenizer(merges);
}

/** The pairs of all words. Only words that change are counted anew. */
class PairTable {
  readonly queue = new PairQueue<ListedPair>();
  readonly #pairs = new Map<number, ListedPair>();
  #new: ListedPair[] = [];

  /** Count the word's pairs; with `made`, only those of this id, which are new to the word. */
  add(word: Word, made?: number): void {
    let left: number | undefined;
    for (const right of word.ids) {
      if (left !== undefined && (made === undefined || made === left || made === right)) {
        const pair = this.#pair(left, right);
        pair.count += word.count;
        if (pair.words.at(-1) !== word) pair.words.push(word);
      }
      left = right;
    }
  }

  /** Write `id` for the pair wherever the word has it, from the left. */
  replace(word: Word, pair: Pair, id: number): void {
    const ids: number[] = [];
    let before: number | undefined;
    let foundBefore = false;
    for (let i = 0; i < word.ids.length; i++) {
      const left = word.ids[i] ?? 0;
      const found = left === pair.left && word.ids[i + 1] === pair.right;
      ids.push(found ? id : left);
      // The pairs inside and at both ends of what is replaced are gone, each counted out once.
      if (before !== undefined && (found || foundBefore)) {
        this.#pair(before, left).count -= word.count;
      }
      if (found) {
        pair.count -= word.count;
        i++;
      }
      before = found ? pair.right : left;
      foundBefore = found;
    }
    // The word may have lost the pair to an earlier merge.
    if (ids.length === word.ids.length) return;
    word.ids = ids;
    this.add(word, id);
  }

  /** Queue the pairs seen for the first time. Once queued, a pair's count can only fall. */
  queueNew(): void {
    for (const pair of this.#new) if (pair.count >= leastCount) this.queue.push(pair);
    this.#new = [];
  }

  #pair(left: number, right: number): ListedPair {
    const key = pairKey(left, right);
    const known = this.#pairs.get(key);
    if (known) return known;
    const pair: ListedPair = { left, right, key, count: 0, queued: 0, words: [] };
    this.#pairs.set(key, pair);
    this.#new.push(pair);
    return pair;
  }
}
