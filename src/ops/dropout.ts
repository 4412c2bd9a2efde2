import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';

/**
 * `x [batch, length, features]` times the mask of that name, `[batch, 1, features]`, whose entries
 * are 0 or 1/(1 − rate); `x` itself without masks. One mask for all positions and for all
 * evaluations of a solve, so that f stays a function and has a fixed point.
 *
 * Gal and Ghahramani 2016; locuslab/deq, `VariationalHidDropout`. Throws when the masks lack the name.
 */
export const drop = (x: tf.Tensor, masks: Params | undefined, name: string): tf.Tensor =>
  masks ? tf.mul(x, param(masks, name)) : x;
