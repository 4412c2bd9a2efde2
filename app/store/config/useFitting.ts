import { familyOf } from '../../../src/families/settings.ts';
import { kindSettings } from '../../../src/numerics/settings.ts';
import { sizeOfShape, tooLarge } from '../../../src/numerics/settingsOf.ts';
import type { Field } from '../../../src/schema/field.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { useApp } from '../context.ts';

/** A setting's control as the open problem allows it. */
export interface Fitting<F extends Field> {
  /** The field; other methods that the problem's state is too large for are marked in their names. */
  readonly field: F;
  /** Why the chosen method can't solve this problem, and what to do. */
  readonly note?: string;
}

/** Settings that choose a solver kind. */
const choosing: readonly FieldPath[] = ['solver.method', 'backward.solver'];

/**
 * Leaves out a learned start where the family's weights hold none. Marks the solver kinds that the state of the open
 * problem is too large for. They can be chosen all the same: the state may be about to change.
 */
export function useFitting<F extends Field>(field: F, path: FieldPath, value: unknown): Fitting<F> {
  const shape = useApp((state) => state.problem?.shape);
  const learnedStart = useApp(
    ({ experiment }) => familyOf(experiment.problem.family).learnedStart === true,
  );
  if (path === 'solver.start' && field.control === 'choice' && !learnedStart)
    return { field: { ...field, options: field.options.filter((o) => o.value !== 'learned') } };
  return shape && choosing.includes(path) ? fitting(field, shape, value) : { field };
}

/** `useFitting` for a state of that shape, batch first. */
export function fitting<F extends Field>(
  field: F,
  shape: readonly number[],
  value: unknown,
): Fitting<F> {
  if (field.control !== 'choice') return { field };
  const size = sizeOfShape(shape);
  const why = new Map(
    kindSettings.flatMap(({ id }): [string, string][] => {
      const words = tooLarge(id, size);
      return words === undefined ? [] : [[id, words]];
    }),
  );
  const options = field.options.map((option) =>
    // The chosen one has its note.
    option.value !== value && why.has(option.value)
      ? { ...option, label: `${option.label} (too large here)` }
      : option,
  );
  const note = typeof value === 'string' ? why.get(value) : undefined;
  return { field: { ...field, options }, ...(note === undefined ? {} : { note }) };
}
