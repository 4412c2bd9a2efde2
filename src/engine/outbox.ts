/** Milliseconds between two batches: ten a second is as fast as charts are drawn. */
const interval = 100;

/** Collects what a long command makes, one by one, and sends it in batches. */
export class Outbox<T> {
  readonly #send: (items: readonly T[]) => void;
  #items: T[] = [];
  #sent = -Infinity;

  constructor(send: (items: readonly T[]) => void) {
    this.#send = send;
  }

  /** Take one more, and send what has gathered if it is time. */
  add(item: T): void {
    this.#items.push(item);
    if (performance.now() - this.#sent >= interval) this.flush();
  }

  /** Send what has gathered. */
  flush(): void {
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    this.#sent = performance.now();
    this.#send(items);
  }
}
