import { andersonKind } from './anderson/index.ts';
import { broydenKind } from './broyden/index.ts';
import { broydenDenseKind } from './broydenDense/index.ts';
import type { SolverKind } from './kind.ts';
import { newtonKind } from './newton/index.ts';
import { newtonGmresKind } from './newtonGmres/index.ts';
import { odeKind } from './ode/index.ts';
import { picardKind } from './picard/index.ts';
import type { SolverId } from './solver.ts';

/** Every solver kind at work, by its name; `settings.ts` has what the page reads of it. */
export const solverKinds: Readonly<Record<SolverId, SolverKind>> = {
  picard: picardKind,
  anderson: andersonKind,
  broyden: broydenKind,
  'broyden-dense': broydenDenseKind,
  newton: newtonKind,
  'newton-gmres': newtonGmresKind,
  ode: odeKind,
};
