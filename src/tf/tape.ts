/**
 * A tape of tfjs that is kept and replayed. tfjs has no public call for this: `tf.grad` runs the
 * forward map again each time it is asked. This file alone touches the engine's tape, scopes and
 * saved tensors; `tape.test.ts` pins what it relies on.
 */
import * as core from '@tensorflow/tfjs-core';
import { getFilteredNodesXToY, type TapeNode } from '@tensorflow/tfjs-core/dist/tape';
import * as tf from './index.ts';
import type { Pull } from './operation.ts';
import { sumOf } from './sum.ts';

/** The engine's own fields; tfjs 4.22 makes all of them public in JavaScript. */
interface TapeEngine {
  startTape: () => void;
  endTape: () => void;
  readonly state: { activeTape: TapeNode[] | null; gradientDepth: number };
}

/** One evaluation with everything kept that its derivative needs. Dispose it to free that. */
export interface Recording<Name extends string> extends Disposable {
  /** What was computed; belongs to the recording. */
  readonly value: tf.Tensor;
  /**
   * `cotangentᵀ ∂value/∂input` for the named inputs, by replaying the tape backwards: nothing is
   * evaluated again. The caller owns the results; inputs without influence have none. What is `added` to the results of
   * inputs that have some, of their shapes, is added with the last of their own terms, at once, to the bits of adding it after.
   */
  pullback<Wanted extends Name>(
    cotangent: tf.Tensor,
    wanted: readonly Wanted[],
    added?: Partial<Readonly<Record<Wanted, tf.Tensor>>>,
  ): Partial<Record<Wanted, tf.Tensor>>;
}

/**
 * Evaluate `f` on `inputs` and keep its tape. Call it outside any tidy and outside any other
 * gradient: the tape is global. Borrows the inputs; they may be disposed before the recording.
 */
export function record<Name extends string>(
  f: (inputs: Readonly<Record<Name, tf.Tensor>>) => tf.Tensor,
  inputs: Readonly<Record<Name, tf.Tensor>>,
): Recording<Name> {
  const engine = core.engine() as unknown as TapeEngine;
  if (engine.state.gradientDepth > 0)
    throw new Error('A tape cannot be recorded while a gradient is being computed.');
  engine.startTape();
  let value: tf.Tensor;
  try {
    // A handle of its own, so that f may return an input.
    value = tf.tidy(() => tf.clone(f(inputs)));
  } catch (error) {
    free(engine.state.activeTape ?? []);
    throw error;
  } finally {
    engine.endTape();
  }
  const tape = engine.state.activeTape ?? [];
  // Left in place it would be cleared, tensors and all, by the next gradient.
  engine.state.activeTape = null;
  const paths = new Map<string, TapeNode[]>();
  return {
    value,
    pullback: (cotangent, wanted, added = {}) => {
      const xs = wanted.map((name) => inputs[name]);
      const key = wanted.join('\n');
      let path = paths.get(key);
      if (!path) paths.set(key, (path = getFilteredNodesXToY(tape, xs, value)));
      return replay(path, value, cotangent, { wanted, xs, added });
    },
    [Symbol.dispose]: () => {
      value.dispose();
      free(tape);
      tape.length = 0;
    },
  };
}

/** Whose cotangents are asked for. */
interface Asked<Wanted extends string> {
  readonly wanted: readonly Wanted[];
  readonly xs: readonly tf.Tensor[];
  readonly added: Partial<Readonly<Record<Wanted, tf.Tensor>>>;
}

function replay<Wanted extends string>(
  path: TapeNode[],
  value: tf.Tensor,
  cotangent: tf.Tensor,
  { wanted, xs, added }: Asked<Wanted>,
): Partial<Record<Wanted, tf.Tensor>> {
  return tf.tidy(() => {
    const kept = new Set(xs.map(({ id }) => id));
    const open = new Map<number, Open>();
    for (const [i, name] of wanted.entries()) {
      const { id } = xs[i] as tf.Tensor;
      const [term, left] = [added[name], timesIn(path, id)];
      if (term) open.set(id, { added: term, left });
    }
    // A clone, because cotangents are freed as they are used.
    const cotangents = new Map([[value.id, tf.clone(cotangent)]]);
    for (const node of path.toReversed()) pullNode(node, cotangents, kept, open);
    const found: Partial<Record<Wanted, tf.Tensor>> = {};
    for (const [i, name] of wanted.entries()) {
      const { id } = xs[i] as tf.Tensor;
      const gradient = cotangents.get(id);
      if (gradient) found[name] = gradient;
    }
    return found;
  });
}

/** How often a path of a tape has a tensor as an input. */
const timesIn = (path: readonly TapeNode[], id: number): number =>
  path.flatMap(({ inputs }) => Object.values(inputs)).filter((input) => input.id === id).length;

/** An input whose cotangent something is added to, with the last of its own terms. */
interface Open {
  readonly added: tf.Tensor;
  /** Terms that are to come. */
  left: number;
}

/**
 * Pull cotangents back through one operation, as tfjs's `backpropagateGradients` does and to the same
 * bits; but that keeps all of them until its end, while here those of the outputs go once they are
 * used, which are half of what a pullback needs, and a kernel that can adds what it makes to what was there.
 */
function pullNode(
  { kernelName, inputs, outputs, gradient }: TapeNode,
  cotangents: Map<number, tf.Tensor>,
  kept: ReadonlySet<number>,
  open: ReadonlyMap<number, Open>,
): void {
  if (!gradient)
    throw new Error(`Cannot pull back: gradient function not found for ${kernelName}.`);
  const given = outputs.map(({ id }) => cotangents.get(id));
  const ids = Object.values(inputs).map(({ id }) => id);
  /** What the next term of an input's cotangent is added to. */
  const sumOfTerms = (id: number): readonly tf.Tensor[] => {
    const sum = cotangents.get(id);
    return sum ? [sum] : [];
  };
  /** What is added to the next one then, if it is the last. */
  const addedTo = (id: number): readonly tf.Tensor[] => {
    const still = open.get(id);
    return still?.left === 1 ? [still.added] : [];
  };
  const pulled = tf.tidy(() => {
    // An output without influence has none; tfjs puts zeros there.
    const pull = gradient(given as tf.Tensor[]) as Readonly<Partial<Record<string, Pull>>>;
    return Object.keys(inputs).map((name, i) => {
      const make = pull[name];
      if (!make) throw new Error(`The gradient of ${kernelName} leaves out its input ${name}.`);
      const id = ids[i] as number;
      // Not where the same tensor is another input too, whose terms are made meanwhile.
      const alone = ids.indexOf(id) === ids.lastIndexOf(id);
      const others = make.plus && alone ? [...sumOfTerms(id), ...addedTo(id)] : [];
      const made = tf.tidy(() => (others.length > 0 && make.plus ? make.plus(others) : make()));
      // Handed on unchanged, it would be freed with the output's.
      return { summed: others.length > 0, more: given.includes(made) ? tf.clone(made) : made };
    });
  });
  for (const { id } of outputs) {
    if (kept.has(id)) continue;
    cotangents.get(id)?.dispose();
    cotangents.delete(id);
  }
  for (const [i, { summed, more }] of pulled.entries()) {
    const id = ids[i] as number;
    const before = sumOfTerms(id);
    const terms = [...before, more, ...addedTo(id)];
    if (summed || terms.length === 1) cotangents.set(id, more);
    else {
      cotangents.set(id, sumOf(terms));
      more.dispose();
    }
    tf.dispose([...before]);
    const still = open.get(id);
    if (still) still.left--;
  }
}

/** Free the tensors that a tape saved for its derivatives. */
function free(tape: readonly TapeNode[]): void {
  for (const { saved } of tape) for (const tensor of saved ?? []) tensor.dispose();
}
