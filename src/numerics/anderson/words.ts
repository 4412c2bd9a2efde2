import type { KindWords } from '../kind.ts';
import { dampedHow, factor } from '../picard/words.ts';
import type { AndersonOptions } from './settings.ts';

/** Weights beyond this cancel each other, and with them digits. */
const LARGE_WEIGHT = 5;

/** A step of Anderson acceleration in words. */
export const andersonWords: KindWords = {
  solve: ({ inside: { weights = [] } }, _, { number }) => {
    const largest = Math.max(0, ...weights.map(Math.abs));
    return {
      title: 'Find the mixing weights',
      formula: 'min ‖Σ αᵢ gᵢ‖, Σ αᵢ = 1',
      words:
        weights.length > 1
          ? `Of the last ${weights.length} residuals, which mix nearly cancels? A small least-squares problem says: these weights, which sum to 1.`
          : 'There is one evaluation only, so there is nothing to mix: its weight is 1.',
      bars: weights.map((value, age) => ({ name: age === 0 ? 'newest' : `−${age}`, value })),
      signed: true,
      total: 'Sum of the weights',
      ...(largest > LARGE_WEIGHT
        ? {
            warning: `The largest weight is ${number(largest)}: evaluations nearly cancel, and rounding errors grow as much. A smaller window or a larger ridge helps.`,
          }
        : {}),
    };
  },
  step: ({ inside: { weights }, there }, options: AndersonOptions) => {
    // The first step is Picard's, at full length.
    const damping = options.window > 1 && weights === undefined ? 1 : options.damping;
    return {
      formula:
        damping === 1 ? `z${there} = Σ αᵢ f(zᵢ)` : `z${there} = Σ αᵢ (zᵢ + ${factor(damping)}gᵢ)`,
      how: dampedHow(damping),
    };
  },
};
