import type { Observation } from '../../../src/families/observation.ts';
import { newestFigure } from '../../pictures/newestFigure.ts';

/** The newest bound on τ among what was observed; null before any, and where layers are not tied. */
export const boundOf = (observed: readonly (readonly Observation[])[]): number | null =>
  // A test holds the name against the engine's.
  newestFigure(observed, 'bound 2/λmax');
