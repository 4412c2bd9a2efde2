import { demand, demandCount } from '../demand.ts';
import type { SolverKind } from '../kind.ts';
import type { SolverOptions } from '../solver.ts';
import { newtonGmres } from './newtonGmres.ts';
import { newtonGmresSettings, type NewtonGmresOptions } from './settings.ts';

/** Newton–GMRES at work. */
export const newtonGmresKind = {
  settings: newtonGmresSettings,
  read: ({
    krylov = 10,
    krylovTolerance = 1e-3,
    products = 'pullback',
  }: SolverOptions): NewtonGmresOptions => {
    demand(krylovTolerance >= 0, `krylovTolerance must be 0 or more, not ${krylovTolerance}`);
    demand(
      // Options also come from plain JavaScript, where the type does not hold.
      (['pullback', 'difference'] as readonly string[]).includes(products),
      `products must be pullback or difference, not ${JSON.stringify(products)}`,
    );
    return { krylov: demandCount('krylov', krylov), krylovTolerance, products };
  },
  method: (options: NewtonGmresOptions, { linearize }) => newtonGmres(options, linearize),
} satisfies SolverKind;
