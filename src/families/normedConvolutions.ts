/** What networks of convolutions and group norms have in common: their parameters, and how these begin. */
import { groupNorm } from '../ops/groupNorm.ts';
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import type { ParameterSpec } from './parameters.ts';

/** A kernel `[out, in, height, width]`, as PyTorch has it, with variance one over what flows into a number. */
export const kernelSpec = (name: string, shape: readonly number[]): ParameterSpec => ({
  ...{ name, torch: name, shape },
  deviation: 1 / Math.sqrt(shape.slice(1).reduce((a, b) => a * b, 1)),
});

/** A norm's factor and offset. Zero as they are drawn: see `startAt`. */
export const normSpecs = (name: string, channels: number): ParameterSpec[] =>
  ['weight', 'bias'].map((part) => ({
    ...{ name: `${name}.${part}`, torch: `${name}.${part}` },
    ...{ shape: [channels], deviation: 0 },
  }));

/** A norm by its name. */
export const norm = (x: tf.Tensor, groups: number, params: Params, name: string): tf.Tensor =>
  groupNorm(x, groups, {
    weight: param(params, `${name}.weight`),
    bias: param(params, `${name}.bias`),
  });

/** Drawn parameters, those that `start` has a number for filled with it; takes `drawn` over. */
export const startAt = (drawn: Params, start: (name: string) => number | undefined): Params =>
  Object.fromEntries(
    Object.entries(drawn).map(([name, tensor]) => {
      const value = start(name);
      if (value === undefined) return [name, tensor];
      const { shape } = tensor;
      tensor.dispose();
      return [name, tf.fill([...shape], value)];
    }),
  );
