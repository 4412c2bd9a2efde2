/** What two set-ups have in common, so that the work of one need not be done again for the other. */
import { agreeOn, inputSections, modelSections } from '../../../src/schema/agree.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { Section } from '../../../src/schema/fields.ts';

/** Sections of the problem alone: what f is and what it is given. */
export const problemSections = (experiment: Experiment): readonly Section[] => [
  ...modelSections(experiment),
  ...inputSections(experiment),
];

/** Whether two set-ups have the same problem and the same forward solve. */
export const sameForward = (a: Experiment, b: Experiment): boolean =>
  agreeOn(a, b, [...problemSections(a), 'solver', 'random']);

/** Whether f, what it is given and the map that solvers iterate are the same but for their numbers: what memory depends on, solvers apart. */
export const sameLayer = (a: Experiment, b: Experiment): boolean =>
  agreeOn(a, b, problemSections(a)) && a.solver.map === b.solver.map;

/** Whether their backward solves and gradient methods are the same too, given the same forward. */
export const sameBackward = (a: Experiment, b: Experiment): boolean => agreeOn(a, b, ['backward']);
