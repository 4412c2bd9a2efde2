/**
 * A solver kind in one file, as somebody would add it: Polyak's heavy ball. `app/views/solve/race/newSolver.test.ts`
 * puts it into the three tables and looks for it all over the page.
 */
import type { KindSettings, KindWords, OptionFields, SolverKind } from '../src/numerics/kind.ts';
import { evaluate, hold, type Method, type Point } from '../src/numerics/method.ts';
import { dampingField } from '../src/numerics/picard/settings.ts';
import type { SolverOptions } from '../src/numerics/solver.ts';
import { real } from '../src/schema/field.ts';
import * as tf from '../src/tf/index.ts';

interface HeavyBallOptions {
  /** γ: the share of the last step that is made again. */
  readonly momentum: number;
  /** β. */
  readonly damping: number;
}

export const heavyBallSettings = {
  id: 'heavy-ball',
  title: 'Heavy ball',
  help: 'Goes on in the direction of its last step.',
  options: {
    momentum: real({
      label: 'Momentum',
      symbol: 'γ',
      help: 'Share of the last step that is made again.',
      default: 0.25,
      min: 0,
      max: 0.95,
    }),
    damping: dampingField,
  } satisfies OptionFields<HeavyBallOptions>,
  main: 'momentum',
  adjoint: {
    options: {
      momentum: real({
        label: 'Adjoint momentum',
        symbol: 'γ',
        help: 'Share of the last step that is made again in the adjoint solve.',
        default: 0.25,
        min: 0,
        max: 0.95,
      }),
    },
    fixed: {},
  },
  events: { turned: { words: 'The ball turned round', short: 'turned', mark: 'M0-6L6 6H-6Z' } },
  quiet: 'None so far. A turn of the ball would be listed here.',
  reading: 'The heavy ball rolls past the bottom and comes back.',
  next: 'anderson',
  lanes: [{ momentum: 0.5 }],
  conventions: { tutorial: { returns: 'lowest' } },
  memory: {
    storedStates: () => 3,
    reference: () => ({ kept: { states: 4, numbers: 0 }, working: { states: 3, numbers: 0 } }),
    fullAt: () => null,
  },
} as const satisfies KindSettings;

type Ball = Point & { readonly last?: tf.Tensor2D };

const heavyBall = ({ momentum, damping }: HeavyBallOptions): Method<Ball> => ({
  fallback: 'singular-system',
  start: (point) => point,
  step: (f, { z, g, last }, moving) =>
    Promise.resolve(
      tf.tidy((): Ball => {
        const step = tf.mul<tf.Tensor2D>(g, damping);
        const whole = last ? tf.add<tf.Tensor2D>(step, tf.mul(last, momentum)) : step;
        const point = evaluate(f, hold(tf.add(z, whole), z, moving));
        return { ...point, last: tf.sub(point.z, z) };
      }),
    ),
});

export const heavyBallKind = {
  settings: heavyBallSettings,
  read: (bag: SolverOptions): HeavyBallOptions => {
    // In the product, the row's fields make it an option of the bag's type.
    const { momentum = 0.25, damping = 1 } = bag as SolverOptions & Partial<HeavyBallOptions>;
    return { momentum, damping };
  },
  method: heavyBall,
} satisfies SolverKind;

export const heavyBallWords: KindWords = {
  solve: () => ({ title: 'Roll on', formula: 'd = g', words: 'The ball rolls on.', bars: [] }),
  step: ({ here, there }) => ({
    formula: `z${there} = z${here} + g + γ (z${here} − z)`,
    how: 'With its momentum',
  }),
};
