import type { Experiment } from '../../../../src/schema/experiment.ts';
import { findField, type FieldPath } from '../../../../src/schema/fields.ts';
import { plural } from '../../../format.ts';

const word = (path: FieldPath, value: string): string => {
  const field = findField(path);
  const options = field?.control === 'choice' ? field.options : [];
  return options.find((option) => option.value === value)?.label ?? value;
};

/** What was measured, in one line for the foot of a slide. */
export function configLine({ cell, solver, backward, input }: Experiment): string {
  const history = (method: string, window: number, rank: number): string =>
    ({ picard: '', anderson: `, m = ${window}`, broyden: `, rank ≤ ${rank}` })[method] ?? '';
  const gradient =
    backward.method === 'implicit'
      ? `implicit gradient by ${word('backward.solver', backward.solver)}${history(backward.solver, backward.window, backward.rank)}`
      : `${word('backward.method', backward.method)} gradient`;
  return [
    `${word('cell.kind', cell.kind)} cell, width ${cell.width}`,
    plural(Array.from(input.text).length, 'character'),
    `${word('solver.method', solver.method)}${history(solver.method, solver.window, solver.rank)}`,
    gradient,
  ].join(' · ');
}
