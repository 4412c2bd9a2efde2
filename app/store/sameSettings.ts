import { settingAt, type Experiment } from '../../src/schema/experiment.ts';
import { fieldPaths, type Section } from '../../src/schema/fields.ts';

const agreeOn =
  (...sections: readonly Section[]) =>
  (a: Experiment, b: Experiment): boolean =>
    a === b ||
    fieldPaths
      .filter((path) => sections.some((section) => path.startsWith(`${section}.`)))
      .every((path) => settingAt(a, path) === settingAt(b, path));

/** Whether two set-ups have the same problem and the same forward solve. */
export const sameForward = agreeOn('cell', 'solver', 'input', 'random');

/** Whether their backward solves and gradient methods are the same too, given the same forward. */
export const sameBackward = agreeOn('backward');
