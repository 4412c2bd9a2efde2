import * as tf from '../tf/index.ts';
import type { IterationMap, Maps, OpenMap } from './maps.ts';
import type { FixedPointMap } from './solver.ts';

/** f itself as a map: what every solver iterates unless told otherwise. `start` makes the initial state. */
export const plainMap = (f: FixedPointMap, start: () => tf.Tensor): IterationMap => ({
  name: 'plain',
  start: (z0) => (z0 ? tf.clone(z0) : start()),
  apply: f,
  project: (z) => tf.clone(z),
  evaluations: 1,
  f,
});

/** dz/dt = f(z) − z, whose equilibria are the fixed points of f. */
type Flow = (z: tf.Tensor) => tf.Tensor;

/** How one step of the flow is made, and of how many evaluations of f. */
interface Scheme {
  readonly evaluations: number;
  readonly step: (r: Flow, z: tf.Tensor, h: number) => tf.Tensor;
}

/** z + Σ cᵢ kᵢ. */
const moved = (
  z: tf.Tensor,
  ...slopes: readonly (readonly [c: number, k: tf.Tensor])[]
): tf.Tensor => slopes.reduce((sum, [c, k]) => tf.add(sum, tf.mul(k, c)), z);

const schemes: Readonly<Record<'euler' | 'heun' | 'rk4', Scheme>> = {
  euler: { evaluations: 1, step: (r, z, h) => moved(z, [h, r(z)]) },
  heun: {
    evaluations: 2,
    step: (r, z, h) => {
      const k1 = r(z);
      const k2 = r(moved(z, [h, k1]));
      return moved(z, [h / 2, k1], [h / 2, k2]);
    },
  },
  rk4: {
    evaluations: 4,
    step: (r, z, h) => {
      const k1 = r(z);
      const k2 = r(moved(z, [h / 2, k1]));
      const k3 = r(moved(z, [h / 2, k2]));
      const k4 = r(moved(z, [h, k3]));
      return moved(z, [h / 6, k1], [h / 3, k2], [h / 3, k3], [h / 6, k4]);
    },
  },
};

/** Step size of a flow map unless another is given. */
export const defaultStep = 0.5;
/** Damping of the damped map unless another is given. */
export const defaultDamping = 0.5;

/**
 * The maps that every f has. `plain`: f. `damped` (β, default 0.5): (1 − β) z + β f(z). `euler`, `heun`,
 * `rk4` (h, default 0.5): one step of that Runge–Kutta scheme along dz/dt = f(z) − z, of 1, 2 and 4
 * evaluations. All have f's fixed points and its state. An Euler step is a damped one with β = h, and goes on past
 * h = 1; a flow reaches a fixed point where every eigenvalue of ∂f/∂z has a real part below 1, though plain
 * iteration may not (Pal, Edelman, Rackauckas 2022).
 *
 * Borrows f, which must live as long as a map. Opening one throws a RangeError for an h or β that is not above 0.
 */
export function flowMaps(f: FixedPointMap, start: () => tf.Tensor): Maps {
  const plain = plainMap(f, start);
  const flow: Flow = (z) => tf.sub(f(z), z);
  const open =
    ({ evaluations, step }: Scheme, name: string, setting: string, standard: number): OpenMap =>
    (values = {}) => {
      const h = values[setting] ?? standard;
      if (!(h > 0 && Number.isFinite(h)))
        throw new RangeError(`The ${setting} of the map ${name} must be above 0, not ${h}.`);
      return { ...plain, name, evaluations, apply: (z) => tf.tidy(() => step(flow, z, h)) };
    };
  return {
    plain: () => plain,
    damped: open(schemes.euler, 'damped', 'beta', defaultDamping),
    euler: open(schemes.euler, 'euler', 'h', defaultStep),
    heun: open(schemes.heun, 'heun', 'h', defaultStep),
    rk4: open(schemes.rk4, 'rk4', 'h', defaultStep),
  };
}
