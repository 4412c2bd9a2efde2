/** Operations of our own with gradients of their own, which tfjs's tape records like any other. */
import * as core from '@tensorflow/tfjs-core';
import type { BackendName } from './backend.ts';
import * as tf from './index.ts';

/** Makes the cotangent of an input. */
export interface Pull {
  (): tf.Tensor;
  /** The same with one or two tensors of its shape added, one after the other, in place of dispatches for that. */
  readonly plus?: (others: readonly tf.Tensor[]) => tf.Tensor;
}

/** A cotangent whose kernel can add others to what it makes. */
export const adding = (make: (others: readonly tf.Tensor[]) => tf.Tensor): Pull =>
  Object.assign(() => make([]), { plus: make });

/** An operation with a gradient. */
export interface Operation<Input extends string, Attributes> {
  readonly name: string;
  /** Backends that it runs on. */
  readonly on: readonly BackendName[];
  /** What the tape keeps for `pull`: these inputs, then these of the outputs. */
  readonly saves: { readonly inputs: readonly Input[]; readonly outputs: readonly boolean[] };
  /** The result first, then what else `saves` refers to. Runs in a tidy. */
  readonly run: (inputs: Readonly<Record<Input, tf.Tensor>>, attributes: Attributes) => tf.Tensor[];
  /**
   * Cotangents of the inputs, each made only when it is wanted, each in a tidy of its own; what
   * is made before the functions are returned lives until the pullback ends. Called once a pullback.
   */
  readonly pull: (
    dy: tf.Tensor,
    saved: readonly tf.Tensor[],
    attributes: Attributes,
  ) => Readonly<Record<Input, Pull>>;
}

/** Register an operation with tfjs. The function returned runs it; absent inputs are left out. */
export function defineOperation<Input extends string, Attributes extends object>({
  name,
  on,
  saves,
  run,
  pull,
}: Operation<Input, Attributes>): (
  inputs: Readonly<Partial<Record<Input, tf.Tensor | undefined>>>,
  attributes: Attributes,
) => tf.Tensor {
  for (const backendName of on)
    core.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs }) =>
        run(inputs as Record<Input, tf.Tensor>, attrs as unknown as Attributes),
    });
  core.registerGradient({
    kernelName: name,
    inputsToSave: [...saves.inputs],
    outputsToSave: [...saves.outputs],
    gradFunc: (dy, saved, attrs) =>
      pull((Array.isArray(dy) ? dy[0] : dy) as tf.Tensor, saved, attrs as unknown as Attributes),
  });
  return (inputs, attributes) => {
    const given = Object.entries<tf.Tensor | undefined>(inputs).filter(([, x]) => x);
    return tf.tidy(() => {
      const outputs: tf.Tensor[] = core
        .engine()
        .runKernel(
          name,
          Object.fromEntries(given) as core.NamedTensorMap,
          attributes as unknown as core.NamedAttrMap,
        );
      return outputs[0] as tf.Tensor;
    });
  };
}
