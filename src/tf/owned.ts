import * as tf from './index.ts';

/** A tensor tree this scope must free: declare it with `using`. */
export class Owned<T extends tf.TensorContainer> implements Disposable {
  #value: T | undefined;

  /** Runs `make` in a tidy and holds what it returns. */
  constructor(make: () => T) {
    this.#value = tf.tidy(make);
  }

  /** Takes over a value that already lives outside any tidy. */
  static of<T extends tf.TensorContainer>(value: T): Owned<T> {
    return new Owned<T>(() => value);
  }

  /** The value, still owned here. Throws once it was released or freed. */
  get value(): T {
    if (this.#value === undefined) throw new Error('Owned value was already released');
    return this.#value;
  }

  /** Free the old value and hold `next`, which must share no tensor handle with it. */
  set(next: T): void {
    const old = this.#value;
    this.#value = next;
    if (old !== undefined) tf.dispose(old);
  }

  /** Give the value to the caller, who now owns it. */
  release(): T {
    const value = this.value;
    this.#value = undefined;
    return value;
  }

  [Symbol.dispose](): void {
    if (this.#value !== undefined) tf.dispose(this.#value);
    this.#value = undefined;
  }
}
