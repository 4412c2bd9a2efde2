import * as tf from '../tf/index.ts';
import { judge, type SampleStatus, type StopRule, worstOf } from './judge.ts';
import type { Moving } from './method.ts';
import type { SolveStatus } from './solver.ts';

/**
 * What the host knows of each sample of a solve: its residuals, its verdict, and whether it
 * still moves. A verdict other than `running` is final: the sample is held from then on,
 * so that its result does not depend on the batch around it.
 */
export class Samples implements Disposable {
  readonly #rule: StopRule;
  readonly #traces: number[][];
  readonly #first: number[] = [];
  readonly #lowest: number[];
  readonly #verdicts: SampleStatus[];
  #moving: Moving | undefined;

  constructor(batch: number, rule: StopRule) {
    this.#rule = rule;
    this.#traces = Array.from({ length: batch }, () => []);
    this.#lowest = new Array<number>(batch).fill(Infinity);
    this.#verdicts = new Array<SampleStatus>(batch).fill('running');
  }

  /**
   * Take the newest residuals, in the rule's mode, and ‖f(z) − z‖ beside them. Says which samples were
   * never lower.
   */
  note(values: readonly number[], lengths: readonly number[]): boolean[] {
    return this.#traces.map((trace, i) => {
      const value = values[i] ?? NaN;
      trace.push(value);
      const length = lengths[i] ?? NaN;
      const first = (this.#first[i] ??= length);
      if (this.#verdicts[i] === 'running')
        this.#verdicts[i] = judge(trace, this.#rule, [first, length]);
      const better = value < (this.#lowest[i] ?? Infinity);
      if (better) this.#lowest[i] = value;
      return better;
    });
  }

  /** Whether sample i still moves. */
  moves(i: number): boolean {
    return this.#verdicts[i] === 'running';
  }

  /** The verdict on the whole batch; at the limit, running samples can run no further. */
  status(atLimit: boolean): SolveStatus {
    if (!atLimit && this.#verdicts.includes('running')) return 'running';
    const worst = worstOf(this.#verdicts);
    return worst === 'running' ? 'max-iterations' : worst;
  }

  /** Who still moves, for a method's step; undefined while everyone does. */
  get moving(): Moving | undefined {
    const flags = this.#verdicts.map((verdict) => verdict === 'running');
    if (flags.every(Boolean)) return undefined;
    if (this.#moving?.flags.join() !== flags.join()) {
      this.#moving?.mask.dispose();
      this.#moving = { flags, mask: tf.tensor(flags, [flags.length, 1], 'bool') };
    }
    return this.#moving;
  }

  [Symbol.dispose](): void {
    this.#moving?.mask.dispose();
  }
}
