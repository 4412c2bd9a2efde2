import type { PlainMethod } from '../../numerics/plain/method.ts';
import { solvePlain, type PlainSolution } from '../../numerics/plain/solve.ts';
import type { SolverOptions } from '../../numerics/solver.ts';
import { breathe } from '../../tf/pace.ts';
import type { LanguageModel } from './languageModel.ts';
import type { Sequence, Weights } from './sequence.ts';
import { checkIds } from './modelProblem.ts';
import {
  sizeOfWindow,
  type GenerationWindow,
  type SolvedWindow,
  type WindowOptions,
} from './tokenWindow.ts';

/**
 * The same window as `TokenWindow`, of which each position is solved once: its equilibrium is kept, or what later
 * positions read of it, and a new token is a solve of one position against those.
 *
 * With a memory nothing is ever solved twice: the remembered positions are those that were kept. Without one, the
 * half that stays of a full window is solved again, position by position, since its equilibria knew tokens that
 * are gone, which no position of a training window does. That doubles the solves at most.
 *
 * A position whose solve failed is kept as it ended, and those after it read it so until it has left the window;
 * each says of its own solve alone how that ended.
 *
 * All on the host, whatever the backend: the model is read once, then one position of one sample is some 10⁴ to 10⁵
 * multiply-adds, less than what asking a device for the dozen operations of an evaluation takes. Holds no tensors.
 */
export class KeptWindow implements GenerationWindow {
  readonly #sequence: Sequence;
  readonly #vocabulary: number;
  readonly #method: PlainMethod;
  readonly #options: WindowOptions & { readonly solver: SolverOptions };
  readonly #size: number;
  #tokens: number[] = [];
  /** Equilibria of the tokens; of all, or all but the newest. */
  #states: Float64Array[] = [];
  /** The newest equilibrium, after the window has been left too. */
  #newest: Float64Array | undefined;
  #others = 0;

  /** `weights`: the model's, borrowed. Throws a RangeError for a window of no length. */
  constructor(
    model: LanguageModel,
    weights: Weights,
    method: PlainMethod,
    options: WindowOptions & { readonly solver: SolverOptions },
  ) {
    this.#size = sizeOfWindow(model, options);
    this.#sequence = model.sequence(weights);
    this.#vocabulary = model.config.vocabulary;
    this.#method = method;
    this.#options = options;
  }

  /** Append a token. The one before is solved first if nobody asked for it; a full window is left. */
  async push(id: number): Promise<void> {
    checkIds('tokens', [[id]], this.#vocabulary);
    if (this.#states.length < this.#tokens.length) await this.#other(this.#start());
    if (this.#tokens.length === this.#size) await this.#leave();
    this.#enter(id);
  }

  /** Solve for the newest token, once after each push, and read its logits. */
  solve(compare = false): Promise<SolvedWindow> {
    const started = this.#start();
    const { z, evaluations, status } = this.#solveFrom(started);
    // Before it is kept: f is that of the newest position until then.
    const cold = compare && started ? this.#solveFrom(undefined) : undefined;
    this.#keep(z);
    const otherEvaluations = this.#others;
    this.#others = 0;
    return Promise.resolve({
      ...{ evaluations, otherEvaluations, status, positions: 1 },
      ...(cold ? { coldEvaluations: cold.evaluations } : {}),
      logits: this.#sequence.logits(z),
    });
  }

  [Symbol.dispose](): void {
    this.#tokens = [];
    this.#states = [];
  }

  /** Where a warm start begins: at the equilibrium of the token before. */
  #start(): Float64Array | undefined {
    return this.#options.warmStart ? this.#newest : undefined;
  }

  #enter(id: number): void {
    this.#sequence.enter(id);
    this.#tokens.push(id);
  }

  #solveFrom(z0: Float64Array | undefined): PlainSolution {
    const zero = new Float64Array(this.#sequence.width);
    return solvePlain(this.#sequence.f, z0 ?? zero, this.#method, this.#options.solver);
  }

  #keep(z: Float64Array): void {
    this.#sequence.keep(z);
    this.#states.push(z);
    this.#newest = z;
  }

  /** Solve for the newest token, whose logits nobody asks for. */
  async #other(z0: Float64Array | undefined): Promise<void> {
    const { z, evaluations } = this.#solveFrom(z0);
    this.#others += evaluations;
    this.#keep(z);
    await breathe();
  }

  /** Make room in a full window: remember it and start anew, or go on with its last half. */
  async #leave(): Promise<void> {
    const { memoryLength, warmStart } = this.#options;
    const from = memoryLength > 0 ? this.#size : this.#size - Math.floor(this.#size / 2);
    const tokens = this.#tokens.slice(from);
    const states = this.#states.slice(from);
    this.#tokens = [];
    this.#states = [];
    this.#sequence.begin(memoryLength);
    for (const [i, id] of tokens.entries()) {
      this.#enter(id);
      await this.#other(warmStart ? states[i] : undefined);
    }
  }
}
