import { changeSetting, settingAt, type Experiment } from '../../../../src/schema/experiment.ts';
import type { Field } from '../../../../src/schema/field.ts';
import { findField, type FieldPath } from '../../../../src/schema/fields.ts';
import { optionPaths } from '../../../../src/schema/kindPaths.ts';
import { isRelevant } from '../../../../src/schema/relevance.ts';
import { useFitting } from '../../../store/config/useFitting.ts';
import { FieldControl } from '../../../ui/fields/FieldControl.tsx';

/** The method, its own options but the advanced ones, and when it stops. */
const pathsOf = ({ solver }: Experiment): readonly FieldPath[] => [
  'solver.method',
  ...optionPaths(solver.method).filter((path) => findField(path)?.advanced !== true),
  'solver.tolerance',
  'solver.maxIterations',
];

/** The main settings of a solver that is not (yet) the one in the rail. */
export function SolverFields(props: {
  readonly value: Experiment;
  /** What the arrows beside the controls go back to. */
  readonly base: Experiment;
  readonly onChange: (value: Experiment) => void;
}) {
  const { value, base, onChange } = props;
  const change = (path: FieldPath, raw: unknown): void => {
    onChange(changeSetting(value, path, raw).experiment);
  };
  return pathsOf(value)
    .filter((path) => isRelevant(path, value))
    .map((path) => {
      const field = findField(path);
      const before = settingAt(base, path);
      return (
        field && (
          <FittingControl
            key={path}
            field={field}
            path={path}
            value={settingAt(value, path)}
            before={before}
            onChange={(raw) => {
              change(path, raw);
            }}
          />
        )
      );
    });
}

function FittingControl(props: {
  readonly field: Field;
  readonly path: FieldPath;
  readonly value: unknown;
  readonly before: unknown;
  readonly onChange: (raw: unknown) => void;
}) {
  const { path, value, before, onChange } = props;
  const { field, note } = useFitting(props.field, path, value);
  return (
    <FieldControl
      field={field}
      path={path}
      value={value}
      changed={value !== before}
      note={note}
      onChange={onChange}
      onRestore={() => {
        onChange(before);
      }}
    />
  );
}
