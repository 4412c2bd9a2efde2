import * as tf from '../tf/index.ts';
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
}

/** A chain that was run and can be pulled back through, once. Dispose it after. */
export interface ForwardChain extends Disposable {
  /** The last state; belongs to the chain. */
  readonly value: tf.Tensor;
  /** Cotangents of the parameters and of the injection; the caller owns them. */
  pullback(cotangent: tf.Tensor): { readonly params: Params; readonly injection: tf.Tensor };
}

type Step = Recording<string>;

/** Names of z and the injection among a tape's inputs; no parameter may be called that. */
const stateKey = 'z*';
const injectionKey = 'u*';

/** Run the chain from `z0`. Borrows `z0`, the parameters and the injection. */
export function runChain(chain: Chain, z0: tf.Tensor): ForwardChain {
  return chain.checkpointEvery === undefined
    ? runTaped(chain, z0)
    : runCheckpointed(chain, z0, chain.checkpointEvery);
}

/** One tape a step, each freed as soon as it was used on the way back. */
function runTaped(chain: Chain, z0: tf.Tensor): ForwardChain {
  const steps = tapeSteps(chain, z0, chain.depth);
  const sums = new Sums();
  return {
    value: steps.at(-1)?.value ?? z0,
    pullback: (cotangent) => {
      tf.dispose(pullSteps(chain, steps, tf.clone(cotangent), sums));
      return sums.release(chain);
    },
    [Symbol.dispose]: () => {
      for (const step of steps.splice(0)) step[Symbol.dispose]();
      sums[Symbol.dispose]();
    },
  };
}

function runCheckpointed(chain: Chain, z0: tf.Tensor, every: number): ForwardChain {
  const { step, params, injection, depth } = chain;
  const kept: tf.Tensor[] = [tf.clone(z0)];
  let z = tf.clone(z0);
  for (let k = 1; k <= depth; k++) {
    const next = tf.tidy(() => step(params, injection, z));
    z.dispose();
    z = next;
    if (k % every === 0 && k < depth) kept.push(tf.clone(z));
  }
  const sums = new Sums();
  return {
    value: z,
    pullback: (cotangent) => {
      let u = tf.clone(cotangent);
      for (let start = (kept.length - 1) * every; start >= 0; start -= every) {
        const from = kept.pop() as tf.Tensor;
        const steps = tapeSteps(chain, from, Math.min(every, depth - start));
        from.dispose();
        u = pullSteps(chain, steps, u, sums);
      }
      u.dispose();
      return sums.release(chain);
    },
    [Symbol.dispose]: () => {
      tf.dispose([z, kept.splice(0)]);
      sums[Symbol.dispose]();
    },
  };
}

function tapeSteps(
  { step, params, injection, onTape }: Chain,
  z0: tf.Tensor,
  count: number,
): Step[] {
  const steps: Step[] = [];
  let z = z0;
  for (let k = 0; k < count; k++) {
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
  onTape?.();
  return steps;
}

/** Pull `u` back through the steps, last first, freeing each; takes `u` and gives the next one. */
function pullSteps({ params }: Chain, steps: Step[], u: tf.Tensor, sums: Sums): tf.Tensor {
  const wanted = [stateKey, injectionKey, ...Object.keys(params)];
  let cotangent = u;
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { [stateKey]: z, ...rest } = step.pullback(cotangent, wanted);
    const next = z ?? tf.zerosLike(cotangent);
    cotangent.dispose();
    step[Symbol.dispose]();
    cotangent = next;
    sums.add(rest);
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
