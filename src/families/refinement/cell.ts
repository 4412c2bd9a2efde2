/** The cell of implicit feature refinement (Ma, Wang, Dong, Yan, Li, Zhang 2021), as lufanma/IFR has it. */
import { convolution } from '../../ops/convolution.ts';
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import { kernelSpec, norm, normSpecs } from '../normedConvolutions.ts';
import type { ParameterSpec } from '../parameters.ts';

/** Groups of the norms; channels are a multiple of it. */
export const groups = 4;

/** How large the features are that are refined: `[channels, rows, columns]`. */
export type FeatureShape = readonly [channels: number, rows: number, columns: number];

/** Numbers of a sample's state. */
export const stateSize = ([channels, rows, columns]: FeatureShape): number =>
  channels * rows * columns;

/**
 * The cell's parameters, by the names and in the layouts of lufanma/IFR (`BasicBlock` of mask_head.py, weight norm on): of
 * each kernel its lengths `_g` and directions `_v`.
 */
export const cellParameters = (channels: number): ParameterSpec[] => [
  ...['conv1', 'conv2'].flatMap((conv, i) => [
    {
      ...{ name: `${conv}.weight_g`, torch: `${conv}.weight_g` },
      ...{ shape: [channels, 1, 1, 1], deviation: 0 },
    },
    kernelSpec(`${conv}.weight_v`, [channels, channels, 3, 3]),
    ...normSpecs(`gn${String(i + 1)}`, channels),
  ]),
  ...normSpecs('gn3', channels),
];

/** The kernel g v / ‖v‖, the norm over each output's own: `[channels, channels, 3, 3]`. */
function kernel(params: Params, name: string): tf.Tensor {
  const v = param(params, `${name}.weight_v`);
  const [out = 1] = v.shape;
  const rows = tf.reshape(v, [out, v.size / out]);
  // Zeros stay zeros instead of becoming NaN.
  const length = tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), 1e-20));
  const g = tf.reshape(param(params, `${name}.weight_g`), [out, 1]);
  return tf.reshape(tf.mul(rows, tf.div(g, length)), v.shape);
}

/**
 * One evaluation: `z [batch, channels · rows · columns]`, `x [batch, channels, rows, columns]` → the same shape as z.
 * h = z + x; y = N₂(W₂ relu N₁(W₁ h)) + h; f = N₃(relu y): what is injected enters the residual branch too.
 */
export function refinementCell(params: Params, x: tf.Tensor, z: tf.Tensor): tf.Tensor {
  const h = tf.add(tf.reshape(z, x.shape), x);
  const inner = tf.relu(norm(convolution(h, kernel(params, 'conv1')), groups, params, 'gn1'));
  const y = tf.add(norm(convolution(inner, kernel(params, 'conv2')), groups, params, 'gn2'), h);
  return tf.reshape(norm(tf.relu(y), groups, params, 'gn3'), z.shape);
}
