/**
 * Weight normalisation: a matrix is trained as direction and length of each output's column,
 * `w = g v / ‖v‖`. Salimans and Kingma 2016; locuslab/deq, `--wnorm`.
 *
 * The trained tensors are v, under the parameter's own name, and g, under that name and `.g`.
 */
import * as tf from '../tf/index.ts';
import { param, type Params } from '../tf/params.ts';
import type { ParameterSpec } from '../families/parameters.ts';

type Specs = readonly Pick<ParameterSpec, 'name' | 'normalised'>[];

/** The name of the lengths that belong to a matrix. */
const scaleOf = (name: string): string => `${name}.g`;

const normalisedNames = (specs: Specs): string[] =>
  specs.filter(({ normalised }) => normalised).map(({ name }) => name);

/**
 * Add `<name>.g` `[out]` = ‖v‖ for every normalised matrix `[in, out]`, so that the function stays
 * what it was. Takes over `params`: the result holds the same tensors.
 */
export function addScales(specs: Specs, params: Params): Params {
  const scales = normalisedNames(specs).map((name): [string, tf.Tensor] => [
    scaleOf(name),
    tf.tidy(() => tf.squeeze(columnNorms(param(params, name)), [0])),
  ]);
  return { ...params, ...Object.fromEntries(scales) };
}

/**
 * The parameters that the model computes with: `g v / ‖v‖` for the normalised ones, handles of their
 * own for the others. Borrows `params`; the caller owns the result. Throws when one is missing.
 */
export function normalise(specs: Specs, params: Params): Params {
  const effective = (name: string, normalised = false): tf.Tensor => {
    const v = param(params, name);
    if (!normalised) return tf.clone(v);
    return tf.mul(tf.div(v, columnNorms(v)), param(params, scaleOf(name)));
  };
  return tf.tidy(() =>
    Object.fromEntries(specs.map(({ name, normalised }) => [name, effective(name, normalised)])),
  );
}

/**
 * Gradients of the effective parameters → gradients of v and g, with v̂ = v / ‖v‖:
 *
 * `dg = Σ_in dw v̂`, `dv = g / ‖v‖ (dw − v̂ dg)`.
 *
 * Borrows `params`, takes over `gradients`; the caller owns the result. A matrix without a gradient
 * gets none. Salimans and Kingma 2016, equation 3.
 */
export function pullThroughNorm(specs: Specs, params: Params, gradients: Params): Params {
  const pulled: Record<string, tf.Tensor> = { ...gradients };
  for (const name of normalisedNames(specs)) {
    const dw = gradients[name];
    if (!dw) continue;
    const { dv, dg } = tf.tidy(() => {
      const v = param(params, name);
      const norms = columnNorms(v);
      const direction = tf.div(v, norms);
      const along = tf.sum(tf.mul(dw, direction), 0, true);
      const across = tf.sub(dw, tf.mul(direction, along));
      return {
        dv: tf.mul(across, tf.div(param(params, scaleOf(name)), norms)),
        dg: tf.squeeze(along, [0]),
      };
    });
    dw.dispose();
    pulled[name] = dv;
    pulled[scaleOf(name)] = dg;
  }
  return pulled;
}

/** ‖column‖₂ of `[in, out]`, as `[1, out]`; never 0, so that a column of zeros makes no NaN. */
function columnNorms(v: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(tf.sum(tf.square(v), 0, true), 1e-20));
}
