import { solve } from '../../numerics/iterate.ts';
import { repeat } from '../../numerics/repeat.ts';
import type { FixedPointMap, SolverOptions, SolveStatus } from '../../numerics/solver.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { Batch, LanguageModel, SegmentMemory } from './languageModel.ts';
import { readAndFree } from '../../tf/readback.ts';

/** A solver, or the explicit network of that many plain evaluations from z = 0. */
export type Inference = SolverOptions | { readonly depth: number };

/** How a window is kept and solved. */
export interface WindowOptions {
  /** Positions; the same for all solves, so that no shape changes and nothing is compiled again. */
  readonly window: number;
  /** Positions to remember when a full window is left; 0 goes on with its last half instead. */
  readonly memoryLength: number;
  readonly solver: Inference;
  /** Start each solve at the state of the one before. */
  readonly warmStart: boolean;
  /**
   * Keep the equilibria of earlier positions and solve the new one alone; default true. The explicit network, whose
   * earlier layers see no equilibrium, and solvers that work on tensors alone go over the whole window anyway, as
   * all do with false.
   */
  readonly reuse?: boolean | undefined;
}

/** The tokens that the model sees now. Dispose it to free what it holds. */
export interface GenerationWindow extends Disposable {
  /** Append a token; a full window is left first. Throws a RangeError for an id that is none. */
  push(id: number): Promise<void>;
  /** Solve for the tokens so far, of which there must be one, and read the last one's logits. */
  solve(compare?: boolean): Promise<SolvedWindow>;
}

/** What one solve of the window gave. */
export interface SolvedWindow {
  /** Of the last token `[vocabulary]`. */
  readonly logits: ArrayLike<number>;
  readonly evaluations: number;
  /** Evaluations before, since the last solve: of the prompt, of positions solved again in a window that moved. */
  readonly otherEvaluations: number;
  /** Positions that an evaluation goes over. */
  readonly positions: number;
  /** Evaluations of the same solve from z = 0; when asked for, and when this one started elsewhere. */
  readonly coldEvaluations?: number;
  /** `max-iterations` for the explicit network, which nobody judges. */
  readonly status: SolveStatus;
}

/** Positions in a window of these options. Throws a RangeError for a window of no length. */
export function sizeOfWindow(
  { config }: Pick<LanguageModel, 'config'>,
  { window }: Pick<WindowOptions, 'window'>,
): number {
  if (!Number.isInteger(window) || window < 1)
    throw new RangeError(`The window must be a whole number from 1, not ${window}.`);
  // No character of the tanh model sees another one.
  return config.cell === 'tanh' ? 1 : window;
}

/**
 * The tokens that the model sees now, and their state, all solved together for each token: one row of fixed length, tokens at the left.
 * The model is causal, so that what pads the right does not matter; its state is held at zero, so
 * that residuals and solver steps are those of the tokens alone. Dispose it to free its tensors.
 */
export class TokenWindow implements GenerationWindow {
  readonly #model: LanguageModel;
  readonly #params: Params;
  readonly #options: WindowOptions;
  readonly #size: number;
  #tokens: number[] = [];
  #memory: SegmentMemory | undefined;
  #z: tf.Tensor | undefined;
  /** Whether z is the state of exactly these tokens. */
  #solved = false;
  #others = 0;

  /** Borrows the parameters for its life. Throws a RangeError for a window of no length. */
  constructor(model: LanguageModel, params: Params, options: WindowOptions) {
    this.#size = sizeOfWindow(model, options);
    this.#model = model;
    this.#params = params;
    this.#options = options;
  }

  /** Append a token; a full window is left first, which takes a solve when it is to be remembered. */
  async push(id: number): Promise<void> {
    if (this.#tokens.length === this.#size) await this.#leave();
    this.#tokens.push(id);
    this.#solved = false;
  }

  /** Solve for the tokens so far, of which there must be one, and read the last one's logits. */
  async solve(compare = false): Promise<SolvedWindow> {
    const { warmStart, solver } = this.#options;
    const params = this.#params;
    const problem = this.#model.problem(params, this.#batch);
    const injection = tf.tidy(() => problem.inject(params));
    const mask = this.#mask();
    const map: FixedPointMap = (z) => {
      const next = problem.f(params, injection, z);
      return mask ? tf.mul(next, mask) : next;
    };
    // The explicit network is what it is because it starts at zero.
    const started = warmStart && 'method' in solver ? this.#z : undefined;
    const zero = problem.initialState();
    try {
      const { z, ...outcome } = await this.#infer(map, started ?? zero);
      this.#keep(z);
      const cold = compare && started ? await this.#infer(map, zero) : undefined;
      cold?.z.dispose();
      const otherEvaluations = this.#others;
      this.#others = 0;
      return {
        ...outcome,
        ...{ otherEvaluations, positions: this.#size },
        ...(cold ? { coldEvaluations: cold.evaluations } : {}),
        logits: await this.#readLogits(z),
      };
    } finally {
      tf.dispose([injection, zero, mask ?? []]);
    }
  }

  [Symbol.dispose](): void {
    tf.dispose([this.#z ?? [], this.#memory?.z ?? [], this.#memory?.u ?? []]);
    this.#z = undefined;
    this.#memory = undefined;
  }

  get #batch(): Batch {
    const padding = Array<number>(this.#size - this.#tokens.length).fill(0);
    const tokens = [[...this.#tokens, ...padding]];
    return { tokens, targets: tokens, memory: this.#memory };
  }

  /** 1 at tokens, 0 at padding `[1, size, 1]`; absent when nothing is padded. */
  #mask(): tf.Tensor | undefined {
    const { length } = this.#tokens;
    if (length === this.#size) return undefined;
    const entries = Float32Array.from({ length: this.#size }, (_, i) => (i < length ? 1 : 0));
    return tf.tensor(entries, [1, this.#size, 1]);
  }

  async #infer(
    map: FixedPointMap,
    z0: tf.Tensor,
  ): Promise<{ z: tf.Tensor; evaluations: number; status: SolveStatus }> {
    const { solver } = this.#options;
    if ('method' in solver) {
      const { z, evaluations, status } = await solve(map, z0, solver);
      return { z, evaluations, status };
    }
    const { depth } = solver;
    return { z: repeat(map, z0, depth), evaluations: depth, status: 'max-iterations' };
  }

  async #readLogits(z: tf.Tensor): Promise<Float32Array> {
    const logits = tf.tidy(() => {
      const width = z.size / this.#size;
      const rows = tf.reshape(z, [this.#size, width]);
      const last = tf.slice(rows, [this.#tokens.length - 1, 0], [1, width]);
      return this.#model.logits(this.#params, last);
    });
    return readAndFree(logits);
  }

  /** Make room in a full window: remember it and start anew, or go on with its last half. */
  async #leave(): Promise<void> {
    const { memoryLength } = this.#options;
    if (memoryLength > 0 && this.#model.config.cell !== 'tanh') {
      if (!this.#solved) {
        const { evaluations, otherEvaluations } = await this.solve();
        this.#others = evaluations + otherEvaluations;
      }
      const z = this.#z as tf.Tensor;
      const memory = this.#model.remember(this.#params, this.#batch, z, memoryLength);
      this[Symbol.dispose]();
      this.#memory = memory;
      this.#tokens = [];
      return;
    }
    const kept = Math.floor(this.#size / 2);
    const left = this.#size - kept;
    this.#tokens = this.#tokens.slice(left);
    // In a window of one position its old state is the only guess there is.
    if (kept === 0 || !this.#z) return;
    const old = this.#z;
    const [, , width = 1] = old.shape;
    this.#z = tf.tidy(() =>
      tf.concat([tf.slice(old, [0, left, 0], [1, kept, width]), tf.zeros([1, left, width])], 1),
    );
    old.dispose();
  }

  #keep(z: tf.Tensor): void {
    this.#z?.dispose();
    this.#z = z;
    this.#solved = true;
  }
}
