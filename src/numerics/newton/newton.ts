import { LuDecomposition, Matrix } from 'ml-matrix';
import { breathe } from '../../tf/pace.ts';
import * as tf from '../../tf/index.ts';
import { readPacked } from '../../tf/readback.ts';
import { evaluate, hold, type Method, type Point } from '../method.ts';
import { denseBlocks, type Linearize } from '../products.ts';

/**
 * Newton's method on g(z) = f(z) − z: `z ← z + (I − J)⁻¹ g`, with the whole J = ∂f/∂z of each sample and the system
 * solved in float64. Two evaluations a step, the one with the tape and that of the new point, and n products with
 * J, which all samples share. Quadratic near a solution, down to float32's floor; where I − J is singular
 * the sample takes a Picard step.
 */
export function newton(linearize: Linearize): Method {
  return {
    fallback: 'singular-jacobian',
    start: (point) => point,
    async step(f, { z, g }, moving) {
      // Rows of J come by pullbacks, so no tape for forward products is made.
      using products = await linearize(z, 'difference');
      const blocks = await denseBlocks(products, z.shape, breathe);
      const [numbers = new Float32Array()] = await readPacked([g]);
      const [batch, n] = z.shape;
      const direction = Float32Array.from(numbers);
      const fell = new Float32Array(batch);
      for (const [sample, block] of blocks.entries()) {
        if (moving?.flags[sample] === false) continue;
        const step = solveStep(block, numbers.subarray(sample * n, (sample + 1) * n));
        if (step) direction.set(step, sample * n);
        else fell[sample] = 1;
      }
      return tf.tidy((): Point => {
        const point = evaluate(f, hold(tf.add(z, tf.tensor(direction, [batch, n])), z, moving));
        return { ...point, fellBack: tf.tensor1d(fell) };
      });
    },
  };
}

/** (I − J)⁻¹ g, or undefined where there is none that float32 can hold. */
function solveStep(jacobian: Float32Array, g: Float32Array): Float32Array | undefined {
  const n = g.length;
  const system = new Matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      system.set(i, j, (i === j ? 1 : 0) - (jacobian[i * n + j] as number));
  const lu = new LuDecomposition(system);
  if (lu.isSingular()) return undefined;
  const step = Float32Array.from(lu.solve(Matrix.columnVector(Array.from(g))).to1DArray());
  return step.every(Number.isFinite) ? step : undefined;
}
