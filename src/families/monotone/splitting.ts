import type { IterationMap, MapValues, OpenMap } from '../../numerics/maps.ts';
import type { FixedPointMap } from '../../numerics/solver.ts';
import * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import type { MonotoneOperator } from './operator.ts';

/**
 * Operator splittings: z* is where 0 ∈ (I − W) z − (U x + b) + ∂g(z), g being what σ is the proximal operator of. Both are
 * as in locuslab/monotone_op_net's `splitting.py`. Winston, Kolter 2020; Ryu, Boyd 2016.
 */

/** What a splitting starts from. Borrowed, and alive as long as its maps. */
export interface SplittingSetup {
  readonly operator: MonotoneOperator;
  readonly params: Params;
  /** z0 where none is given. */
  readonly initialState: () => tf.Tensor;
}

/** α of a map's values. Any number is let through: what follows of it is for the user to see. */
function alphaOf(values: MapValues | undefined): number {
  const alpha = values?.['alpha'] ?? 1;
  if (!Number.isFinite(alpha))
    throw new RangeError(`α must be a number, not ${String(values?.['alpha'])}.`);
  return alpha;
}

/**
 * The maps of z = σ(W z + U x + b). They hold what x contributes and, for Peaceman–Rachford, V: open them outside any
 * tidy, and dispose of them.
 */
export function splittingMaps(
  { operator, params, initialState }: SplittingSetup,
  inject: () => tf.Tensor,
): Splittings {
  /** A map on f, with the injection it needs. */
  const open =
    (make: (injection: tf.Tensor, values?: MapValues) => OwnMap): OpenMap =>
    (values) => {
      const injection = tf.tidy(inject);
      const f: FixedPointMap = (z) =>
        operator.activate(tf.add(operator.multiply(params, z), injection));
      const { dispose, ...own } = make(injection, values);
      return {
        start: (z0) => (z0 ? tf.clone(z0) : initialState()),
        project: (s) => tf.clone(s),
        f,
        evaluations: 1,
        ...own,
        dispose: () => {
          injection.dispose();
          dispose?.();
        },
      };
    };
  return {
    // z ← σ((1 − α) z + α (W z + U x + b)).
    'forward-backward': open((injection, values) => {
      const alpha = alphaOf(values);
      return {
        name: 'forward-backward',
        apply: (z) => {
          const forward = tf.add(operator.multiply(params, z), injection);
          return operator.activate(tf.add(tf.mul(z, 1 - alpha), tf.mul(forward, alpha)));
        },
      };
    }),
    // u½ = 2 z − u, z½ = V (u½ + α (U x + b)), u ← 2 z½ − u½, z = σ(u): the state is u, which says what z is.
    'peaceman-rachford': open((injection, values) => {
      const alpha = alphaOf(values);
      const resolvent = operator.resolvent(params, alpha);
      return {
        name: 'peaceman-rachford',
        apply: (u) => {
          const reflected = tf.sub(tf.mul(operator.activate(u), 2), u);
          const half = resolvent.apply(tf.add(reflected, tf.mul(injection, alpha)));
          return tf.sub(tf.mul(half, 2), reflected);
        },
        project: (u) => operator.activate(u),
        dispose: () => {
          resolvent[Symbol.dispose]();
        },
      };
    }),
  };
}

/** The two splittings, by name. */
export type Splittings = Readonly<Record<'forward-backward' | 'peaceman-rachford', OpenMap>>;

type OwnMap = Pick<IterationMap, 'name' | 'apply'> &
  Partial<Pick<IterationMap, 'project' | 'dispose' | 'start'>>;

/**
 * The adjoint u = Jᵀ u + dL/dz by the same splittings, J = D W with D = diag[z* > 0]. They look for w = D u,
 * which solves w = D (Wᵀ w + dL/dz) and is the cotangent of W z* + U x + b; `project` gives u = Wᵀ w + dL/dz. Borrows
 * `z` and `dz`, which must outlive the maps.
 */
export function adjointSplittingMaps(
  { operator, params }: Pick<SplittingSetup, 'operator' | 'params'>,
  z: tf.Tensor,
  dz: tf.Tensor,
): Splittings {
  const open =
    (make: (gate: (v: tf.Tensor) => tf.Tensor, values?: MapValues) => OwnMap): OpenMap =>
    (values) => {
      const active = tf.tidy(() => tf.cast(tf.greater(z, 0), 'float32'));
      const gate = (v: tf.Tensor): tf.Tensor => tf.mul(v, active);
      const through = (w: tf.Tensor): tf.Tensor =>
        tf.add(operator.multiplyTransposed(params, w), dz);
      const { dispose, ...own } = make(gate, values);
      return {
        start: (u0) => (u0 ? gate(u0) : tf.zerosLike(dz)),
        project: through,
        f: (u) => through(gate(u)),
        evaluations: 1,
        ...own,
        dispose: () => {
          active.dispose();
          dispose?.();
        },
      };
    };
  return {
    'forward-backward': open((gate, values) => {
      const alpha = alphaOf(values);
      return {
        name: 'forward-backward',
        apply: (w) => {
          const forward = tf.add(operator.multiplyTransposed(params, w), dz);
          return gate(tf.add(tf.mul(w, 1 - alpha), tf.mul(forward, alpha)));
        },
      };
    }),
    // The state is u of the splitting; the reference's first z, zero, is one iteration before our start.
    'peaceman-rachford': open((gate, values) => {
      const alpha = alphaOf(values);
      const resolvent = operator.resolvent(params, alpha);
      const stands = (s: tf.Tensor): tf.Tensor => gate(tf.add(s, tf.mul(dz, alpha)));
      return {
        name: 'peaceman-rachford',
        apply: (s) => {
          const reflected = tf.sub(tf.mul(stands(s), 2), s);
          const half = resolvent.applyTransposed(reflected);
          return tf.sub(tf.mul(half, 2), reflected);
        },
        project: (s) => tf.add(operator.multiplyTransposed(params, stands(s)), dz),
        dispose: () => {
          resolvent[Symbol.dispose]();
        },
      };
    }),
  };
}
