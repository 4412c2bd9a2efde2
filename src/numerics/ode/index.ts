import { demand } from '../demand.ts';
import type { SolverKind } from '../kind.ts';
import type { SolverOptions } from '../solver.ts';
import { ode } from './ode.ts';
import { odeSettings, type OdeOptions } from './settings.ts';
import { tableaux } from './tableaux.ts';

/** The adaptive flow at work. */
export const odeKind = {
  settings: odeSettings,
  read: ({
    tableau = 'tsit5',
    tolerance,
    errorTolerance,
    errorUnit = 'one',
    firstStep = 0.1,
  }: SolverOptions): OdeOptions => {
    demand(
      // Options also come from plain JavaScript, where the type does not hold.
      Object.hasOwn(tableaux, tableau),
      `tableau must be ${Object.keys(tableaux).join(' or ')}, not ${JSON.stringify(tableau)}`,
    );
    // Well below what the solve is to reach, or its steps would never let it; above float32's noise.
    const standard = Math.min(1e-4, Math.max(2e-7, tolerance / (tableau === 'bs3' ? 10 : 100)));
    const allowed = errorTolerance ?? standard;
    demand(allowed > 0, `errorTolerance must be above 0, not ${allowed}`);
    demand(
      ['one', 'residual'].includes(errorUnit),
      `errorUnit must be one or residual, not ${JSON.stringify(errorUnit)}`,
    );
    demand(firstStep > 0, `firstStep must be above 0, not ${firstStep}`);
    return { tableau, errorTolerance: allowed, errorUnit, firstStep };
  },
  method: ode,
} satisfies SolverKind;
