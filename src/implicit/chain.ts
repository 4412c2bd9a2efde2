import * as tf from '../tf/index.ts';
import { breathe } from '../tf/pace.ts';
import { param, type Params } from '../tf/params.ts';
import { record, type Recording } from '../tf/tape.ts';

/** An explicit weight-tied network: `z_{k+1} = step(params, injection, z_k)`, `depth` times. */
export interface Chain {
  readonly step: (params: Params, injection: tf.Tensor, z: tf.Tensor) => tf.Tensor;
  readonly params: Params;
  readonly injection: tf.Tensor;
  readonly depth: number;
  /**
   * Keep only every c-th state and evaluate the steps between again on the way back: gradient
   * checkpointing, Chen et al. 2016. Absent keeps every step's tape.
   */
  readonly checkpointEvery?: number | undefined;
  /** Called whenever a stretch of steps has been taped, with all of its activations alive. */
  readonly onTape?: (() => void) | undefined;
  /** Once aborted, its reason is thrown, by `runChain` or by `pullback`. */
  readonly signal?: AbortSignal | undefined;
}

/** A chain that was run and can be pulled back through, once. Dispose it after. */
export interface ForwardChain extends Disposable {
  /** The last state; belongs to the chain. */
  readonly value: tf.Tensor;
  /** Cotangents of the parameters and of the injection; the caller owns them. */
  pullback(
    cotangent: tf.Tensor,
  ): Promise<{ readonly params: Params; readonly injection: tf.Tensor }>;
}

type Step = Recording<string>;

/** Names of z and the injection among a tape's inputs; no parameter may be called that. */
const stateKey = 'z*';
const injectionKey = 'u*';

/**
 * Run the chain from `z0`. Borrows `z0`, the parameters and the injection. The event loop runs between steps: a deep
 * network takes seconds.
 */
export function runChain(chain: Chain, z0: tf.Tensor): Promise<ForwardChain> {
  return chain.checkpointEvery === undefined
    ? runTaped(chain, z0)
    : runCheckpointed(chain, z0, chain.checkpointEvery);
}

/** One tape a step, each freed as soon as it was used on the way back. */
async function runTaped(chain: Chain, z0: tf.Tensor): Promise<ForwardChain> {
  const steps = await tapeSteps(chain, z0, chain.depth);
  const sums = new Sums();
  return {
    value: steps.at(-1)?.value ?? z0,
    pullback: async (cotangent) => {
      tf.dispose(await pullSteps(chain, steps, tf.clone(cotangent), sums));
      return sums.release(chain);
    },
    [Symbol.dispose]: () => {
      freeSteps(steps);
      sums[Symbol.dispose]();
    },
  };
}

async function runCheckpointed(chain: Chain, z0: tf.Tensor, every: number): Promise<ForwardChain> {
  const { step, params, injection, depth, signal } = chain;
  const kept: tf.Tensor[] = [tf.clone(z0)];
  let z = tf.clone(z0);
  try {
    for (let k = 1; k <= depth; k++) {
      await breathe(signal);
      const next = tf.tidy(() => step(params, injection, z));
      z.dispose();
      z = next;
      if (k % every === 0 && k < depth) kept.push(tf.clone(z));
    }
  } catch (error) {
    tf.dispose([z, kept]);
    throw error;
  }
  const sums = new Sums();
  return {
    value: z,
    pullback: async (cotangent) => {
      let u = tf.clone(cotangent);
      try {
        for (let start = (kept.length - 1) * every; start >= 0; start -= every) {
          const from = kept.pop() as tf.Tensor;
          const steps = await tapeSteps(chain, from, Math.min(every, depth - start)).finally(() => {
            from.dispose();
          });
          u = await pullSteps(chain, steps, u, sums);
        }
      } finally {
        u.dispose();
      }
      return sums.release(chain);
    },
    [Symbol.dispose]: () => {
      tf.dispose([z, kept.splice(0)]);
      sums[Symbol.dispose]();
    },
  };
}

async function tapeSteps(
  { step, params, injection, onTape, signal }: Chain,
  z0: tf.Tensor,
  count: number,
): Promise<Step[]> {
  const steps: Step[] = [];
  let z = z0;
  try {
    for (let k = 0; k < count; k++) {
      await breathe(signal);
      const inputs: Record<string, tf.Tensor> = {
        ...params,
        [stateKey]: z,
        [injectionKey]: injection,
      };
      // The whole record serves as the parameters: the step looks its own up by name.
      const taped = record(
        (given) => step(given, param(given, injectionKey), param(given, stateKey)),
        inputs,
      );
      steps.push(taped);
      z = taped.value;
    }
  } catch (error) {
    freeSteps(steps);
    throw error;
  }
  onTape?.();
  return steps;
}

const freeSteps = (steps: Step[]): void => {
  for (const step of steps.splice(0)) step[Symbol.dispose]();
};

/** Pull `u` back through the steps, last first, freeing each; takes `u` and gives the next one. */
async function pullSteps(
  { params, signal }: Chain,
  steps: Step[],
  u: tf.Tensor,
  sums: Sums,
): Promise<tf.Tensor> {
  const wanted = [stateKey, injectionKey, ...Object.keys(params)];
  let cotangent = u;
  try {
    for (let step = steps.pop(); step; step = steps.pop()) {
      using taped = step;
      const { [stateKey]: z, ...rest } = taped.pullback(cotangent, wanted);
      const next = z ?? tf.zerosLike(cotangent);
      cotangent.dispose();
      cotangent = next;
      sums.add(rest);
      await breathe(signal);
    }
  } catch (error) {
    cotangent.dispose();
    freeSteps(steps);
    throw error;
  }
  return cotangent;
}

/** Running sums of named tensors. */
class Sums implements Disposable {
  readonly #sums = new Map<string, tf.Tensor>();

  /** Takes over the tensors. */
  add(tensors: Readonly<Record<string, tf.Tensor | undefined>>): void {
    for (const [name, tensor] of Object.entries(tensors)) {
      if (!tensor) continue;
      const sum = this.#sums.get(name);
      this.#sums.set(name, sum ? tf.add(sum, tensor) : tensor);
      if (sum) tf.dispose([sum, tensor]);
    }
  }

  /** The sums, now the caller's; zeros for what never got a contribution. */
  release({ params, injection }: Chain): { params: Params; injection: tf.Tensor } {
    const take = (name: string, like: tf.Tensor): tf.Tensor => {
      const sum = this.#sums.get(name) ?? tf.zerosLike(like);
      this.#sums.delete(name);
      return sum;
    };
    return {
      injection: take(injectionKey, injection),
      params: Object.fromEntries(
        Object.entries(params).map(([name, tensor]) => [name, take(name, tensor)]),
      ),
    };
  }

  [Symbol.dispose](): void {
    tf.dispose([...this.#sums.values()]);
    this.#sums.clear();
  }
}
