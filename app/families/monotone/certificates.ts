import type { Observation } from '../../../src/families/observation.ts';
import { newestFigure } from '../../pictures/newestFigure.ts';

/** The newest bound among what was observed: forward–backward converges for every α between 0 and it; null before any. */
export const boundOf = (observed: readonly (readonly Observation[])[]): number | null =>
  // A test holds the name against the engine's.
  newestFigure(observed, 'bound 2m/L²');
