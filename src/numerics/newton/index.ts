import type { SolverKind } from '../kind.ts';
import { newton } from './newton.ts';
import { newtonSettings } from './settings.ts';

/** Newton's method at work. */
export const newtonKind = {
  settings: newtonSettings,
  read: () => ({}),
  method: (_, { linearize }) => newton(linearize),
} satisfies SolverKind;
