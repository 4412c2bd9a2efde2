import { familyRules } from '../../../../src/families/rules.ts';
import { familyOf } from '../../../../src/families/settings.ts';
import { settingsOf } from '../../../../src/numerics/settingsOf.ts';
import type { Experiment } from '../../../../src/schema/experiment.ts';
import { findField, type FieldPath } from '../../../../src/schema/fields.ts';
import type { SolverId } from '../../../../src/schema/solverFields.ts';

const word = (path: FieldPath, value: string): string => {
  const field = findField(path);
  const options = field?.control === 'choice' ? field.options : [];
  return options.find((option) => option.value === value)?.label ?? value;
};

/** What was measured, in one line for the foot of a slide. */
export function configLine(experiment: Experiment): string {
  const { problem, solver, backward } = experiment;
  const history = (method: SolverId, options: object): string => {
    const words = settingsOf(method).memory.words?.(options);
    return words === undefined ? '' : `, ${words}`;
  };
  const gradient =
    backward.method === 'implicit'
      ? `implicit gradient by ${word('backward.solver', backward.solver)}${history(backward.solver, backward)}`
      : `${word('backward.method', backward.method)} gradient`;
  return [
    ...(familyRules[problem.family].summary?.(experiment) ?? [familyOf(problem.family).title]),
    `${word('solver.method', solver.method)}${history(solver.method, solver)}`,
    gradient,
  ].join(' · ');
}
