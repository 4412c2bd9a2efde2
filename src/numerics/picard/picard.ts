import * as tf from '../../tf/index.ts';
import { evaluate, hold, type Method } from '../method.ts';
import type { PicardOptions } from './settings.ts';

/** Picard iteration, damped: `z ← z + β (f(z) − z)`. */
export function picard({ damping }: PicardOptions): Method {
  return {
    fallback: 'singular-system', // never used: there is nothing to fall back from
    start: (point) => point,
    step: (f, { z, g }, moving) =>
      Promise.resolve(
        tf.tidy(() => evaluate(f, hold(tf.add(z, tf.mul<tf.Tensor2D>(g, damping)), z, moving))),
      ),
  };
}
