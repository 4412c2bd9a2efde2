import { andersonSettings } from './anderson/settings.ts';
import { broydenSettings } from './broyden/settings.ts';
import { broydenDenseSettings } from './broydenDense/settings.ts';
import { newtonSettings } from './newton/settings.ts';
import { newtonGmresSettings } from './newtonGmres/settings.ts';
import { odeSettings } from './ode/settings.ts';
import { picardSettings } from './picard/settings.ts';

/**
 * Every solver kind as the settings and the page see it, in the order of the choice. Its methods and kernels
 * stand in the table `kinds.ts`.
 */
export const kindSettings = [
  picardSettings,
  andersonSettings,
  broydenSettings,
  broydenDenseSettings,
  newtonSettings,
  newtonGmresSettings,
  odeSettings,
] as const;
