/** A pair of ids, counted in the training text. */
export interface Pair {
  readonly left: number;
  readonly right: number;
  /** The pair as one number, see `pairKey`. */
  readonly key: number;
  /** How often it occurs now. */
  count: number;
  /** How often it occurred when it joined the queue. */
  queued: number;
}

/**
 * Pairs, the most frequent first and of equally frequent ones the lowest ids first. A pair's count
 * may fall while it waits, but not rise: it is put back where it belongs when it comes up.
 */
export class PairQueue<P extends Pair> {
  /** A binary heap: the pair at i comes before those at 2i + 1 and 2i + 2. */
  readonly #heap: P[] = [];

  push(pair: P): void {
    pair.queued = pair.count;
    let at = this.#heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#heap[parent];
      if (!above || comesFirst(above, pair)) break;
      this.#heap[at] = above;
      at = parent;
    }
    this.#heap[at] = pair;
  }

  /** Take out the first pair that occurs at least `minimum` times; undefined when there is none. */
  pop(minimum: number): P | undefined {
    for (;;) {
      const first = this.#take();
      if (!first || (first.count === first.queued && first.count >= minimum)) return first;
      if (first.count >= minimum) this.push(first);
    }
  }

  #take(): P | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (!last || last === first) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      let below = this.#heap[child];
      const other = this.#heap[child + 1];
      if (below && other && comesFirst(other, below)) {
        below = other;
        child++;
      }
      if (!below || comesFirst(last, below)) break;
      this.#heap[at] = below;
      at = child;
    }
    this.#heap[at] = last;
    return first;
  }
}

const comesFirst = (a: Pair, b: Pair): boolean =>
  a.queued > b.queued || (a.queued === b.queued && a.key < b.key);
