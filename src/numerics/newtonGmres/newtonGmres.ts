import * as tf from '../../tf/index.ts';
import { evaluate, hold, type Method, type Point } from '../method.ts';
import type { Linearize } from '../products.ts';
import { gmres, type GmresLimits } from './gmres.ts';
import type { NewtonGmresOptions } from './settings.ts';

/**
 * Newton's method whose steps are only good enough: (I − J) d = g(z) by a few products with J, from the tape of
 * one evaluation. One Krylov space serves the whole batch, so that its steps depend on the batch; samples
 * that are held have no part in it. On an affine map, such as the adjoint's, the first step is the answer as
 * far as GMRES got. Knoll and Keyes 2004.
 *
 * Its records tell the products of the step (`products`) and the linear residual it left (`linearResidual`).
 */
export function newtonGmres(
  { krylov, krylovTolerance, products: by }: NewtonGmresOptions,
  linearize: Linearize,
): Method {
  const limits: GmresLimits = { iterations: krylov, tolerance: krylovTolerance };
  return {
    fallback: 'singular-jacobian',
    start: (point) => point,
    async step(f, { z, g }, moving) {
      using products = await linearize(z, by);
      const right = tf.tidy(() => (moving ? hold(g, tf.zerosLike(g), moving) : tf.clone(g)));
      try {
        const found = await gmres((v) => tf.sub(v, products.jvp(v)), right, limits);
        const { x, iterations, residual, singular } = found;
        try {
          const point = tf.tidy((): Point => evaluate(f, hold(tf.add(z, x), z, moving)));
          const differed = by === 'pullback' && products.by === 'difference';
          const event = singular
            ? 'singular-jacobian'
            : differed
              ? 'products-by-difference'
              : undefined;
          return {
            ...point,
            ...(event ? { event } : {}),
            figures: { products: iterations, linearResidual: residual },
          };
        } finally {
          x.dispose();
        }
      } finally {
        right.dispose();
      }
    },
  };
}
