import { anderson } from './anderson.ts';
import { broyden } from './broyden.ts';
import type { Method } from './method.ts';
import { picard } from './picard.ts';
import type { SolverOptions } from './solver.ts';

/**
 * The method that the options ask for. Throws a RangeError that names the option when one
 * of them makes no sense. Adding a solver is a file and a case here.
 */
export function buildMethod(options: SolverOptions): Method {
  check(options);
  const { method, maxIterations, damping = 1, history } = options;
  switch (method) {
    case 'picard':
      return picard({ damping });
    case 'anderson':
      return anderson({
        window: Math.min(history ?? 6, maxIterations + 1),
        damping,
        ridge: options.ridge ?? 1e-4,
        ridgeMode: options.ridgeMode ?? 'relative',
      });
    case 'broyden':
      return broyden({
        rank: Math.min(history ?? 10, maxIterations + 1),
        lineSearch: options.lineSearch ?? false,
      });
    default:
      method satisfies never;
      throw new RangeError(
        `Unknown solver method ${JSON.stringify(method)}: use picard, anderson or broyden.`,
      );
  }
}

function check({
  maxIterations,
  tolerance,
  stopMode,
  damping,
  history,
  ridge,
}: SolverOptions): void {
  const demand = (holds: boolean, what: string): void => {
    if (!holds) throw new RangeError(`Solver option ${what}.`);
  };
  demand(
    Number.isInteger(maxIterations) && maxIterations >= 0,
    `maxIterations must be a whole number from 0, not ${maxIterations}`,
  );
  demand(tolerance >= 0, `tolerance must be 0 or more, not ${tolerance}`);
  demand(
    // Options also come from plain JavaScript, where the type does not hold.
    (['abs', 'rel'] as readonly string[]).includes(stopMode),
    `stopMode must be abs or rel, not ${JSON.stringify(stopMode)}`,
  );
  if (damping !== undefined)
    demand(damping > 0 && damping <= 1, `damping must be in (0, 1], not ${damping}`);
  if (history !== undefined)
    demand(
      history === Infinity || (Number.isInteger(history) && history >= 1),
      `history must be a whole number from 1, or Infinity, not ${history}`,
    );
  if (ridge !== undefined) demand(ridge >= 0, `ridge must be 0 or more, not ${ridge}`);
}
