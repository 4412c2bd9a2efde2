/** The cell of a network of coordinates, places side by side: x is `[2, N]`, a state `[C, N]`. */
import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { PictureNetwork } from './network.ts';
import { bounded } from './spectralBound.ts';

/** What the cell is beside its weights. */
export type PictureCell = Pick<PictureNetwork, 'filter' | 'layers'> & {
  /** Whether weights are scaled down to a contraction. */
  readonly norm: 'spectral' | 'none';
};

/** What x contributes to f, one after the other in one tensor of one axis: see `injected`. */
export function injectionOf(cell: PictureCell, params: Params, x: tf.Tensor): tf.Tensor {
  const { filter, layers } = cell;
  const names = [
    'init_filter',
    ...Array.from({ length: layers }, (_, l) => `layers.${String(l)}.filter`),
  ];
  const waves = names.map((name, l) => {
    const wave = phase(params, name, x);
    // A sine takes state and place together; of x alone only the first is one.
    const made = filter === 'sine' && l > 0 ? wave : tf.sin(wave);
    return filter === 'gabor' ? tf.mul(made, spot(params, name, x)) : made;
  });
  const weights = Array.from({ length: layers }, (_, l) => {
    const w = param(params, weightOf(l));
    return cell.norm === 'spectral' ? bounded(w) : w;
  });
  return tf.concat([...waves, ...weights].map((part) => tf.reshape(part, [-1])));
}

/** The parts of an injection: g₀ `[C, N]`, each layer's filter `[C, N]` (a sine's phase), each layer's W `[C, C]`. */
export interface Injected {
  readonly own: tf.Tensor;
  readonly filters: readonly tf.Tensor[];
  readonly weights: readonly tf.Tensor[];
}

/** An injection taken apart again, for states of C numbers at N places. Inside a tidy. */
export function injected(
  { layers }: Pick<PictureCell, 'layers'>,
  injection: tf.Tensor,
  width: number,
  places: number,
): Injected {
  const size = width * places;
  const waves = Array.from({ length: layers + 1 }, (_, l) =>
    tf.reshape(tf.slice(injection, [l * size], [size]), [width, places]),
  );
  const from = (layers + 1) * size;
  return {
    own: waves[0] as tf.Tensor,
    filters: waves.slice(1),
    weights: Array.from({ length: layers }, (_, l) =>
      tf.reshape(tf.slice(injection, [from + l * width ** 2], [width ** 2]), [width, width]),
    ),
  };
}

/** One evaluation of the cell at a state `[C, N]`: z + g₀(x), then W h + b and the filter, layer by layer. */
export function evaluate(
  cell: PictureCell,
  params: Params,
  injection: tf.Tensor,
  z: tf.Tensor,
): tf.Tensor {
  const [width = 1, places = 1] = z.shape;
  const { own, filters, weights } = injected(cell, injection, width, places);
  return filters.reduce<tf.Tensor>(
    (h, filter, l) => {
      const bias = tf.reshape(param(params, biasOf(l)), [width, 1]);
      const mixed = tf.add(tf.matMul(weights[l] as tf.Tensor, h), bias);
      return cell.filter === 'sine' ? tf.sin(tf.add(mixed, filter)) : tf.mul(mixed, filter);
    },
    tf.add(z, own),
  );
}

/** Parameters of layer l. */
export const weightOf = (l: number): string => `layers.${String(l)}.z_map.weight`;
export const biasOf = (l: number): string => `layers.${String(l)}.z_map.bias`;

/** A x + a, `[C, N]`. */
const phase = (params: Params, filter: string, x: tf.Tensor): tf.Tensor =>
  tf.add(
    tf.matMul(param(params, `${filter}.x_map.weight`), x),
    tf.reshape(param(params, `${filter}.x_map.bias`), [-1, 1]),
  );

/** exp(−½ relu(γ) ‖x − μ‖²), `[C, N]`. */
function spot(params: Params, filter: string, x: tf.Tensor): tf.Tensor {
  const mu = param(params, `${filter}.mu`);
  const sharp = tf.relu(tf.reshape(param(params, `${filter}.gamma`), [-1, 1]));
  // ‖x‖² − 2 μ x + ‖μ‖², since a difference at every place would be a third axis.
  const across = tf.sub(tf.sum(tf.square(x), 0, true), tf.mul(tf.matMul(mu, x), 2));
  const distance = tf.add(across, tf.sum(tf.square(mu), 1, true));
  return tf.exp(tf.mul(tf.mul(sharp, distance), -0.5));
}
