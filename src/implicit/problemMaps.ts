import { flowMaps } from '../numerics/flowMaps.ts';
import type { Maps, OpenMap } from '../numerics/maps.ts';
import * as tf from '../tf/index.ts';
import type { EquilibriumProblem } from './problem.ts';

/**
 * The maps that every problem has: `plain`, `damped`, `euler`, `heun`, `rk4`; see `flowMaps`. Opening one evaluates
 * what x contributes, and disposing it frees that. They start at the problem's initial state.
 */
export function problemMaps(problem: EquilibriumProblem): Maps {
  const open =
    (name: string): OpenMap =>
    (values) => {
      const { params } = problem;
      const injection = tf.tidy(() => problem.inject(params));
      try {
        const f = (z: tf.Tensor): tf.Tensor => problem.f(params, injection, z);
        const map = flowMaps(f, () => problem.initialState())[name]?.(values);
        if (!map) throw new RangeError(`There is no map named ${name}.`);
        return {
          ...map,
          dispose: () => {
            injection.dispose();
          },
        };
      } catch (error) {
        injection.dispose();
        throw error;
      }
    };
  return {
    plain: open('plain'),
    damped: open('damped'),
    euler: open('euler'),
    heun: open('heun'),
    rk4: open('rk4'),
  };
}
