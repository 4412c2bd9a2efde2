import type { Tensor } from './index.ts';

/** Trainable tensors by name: plain tensors, never `tf.Variable`, whose names are global. */
export type Params = Readonly<Record<string, Tensor>>;

/** The parameter of that name. Throws when it is missing, since a typo would train nothing. */
export function param(params: Params, name: string): Tensor {
  const tensor = params[name];
  if (!tensor) throw new Error(`There is no parameter named ${name}.`);
  return tensor;
}
