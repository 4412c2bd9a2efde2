import { Dices } from 'lucide-react';
import type { ReactNode } from 'react';
import { presetExperiment, settingAt } from '../../../src/schema/experiment.ts';
import type { Field } from '../../../src/schema/field.ts';
import { findField, type FieldPath } from '../../../src/schema/fields.ts';
import { familyOfPreset } from '../../../src/schema/presets.ts';
import { isHidden } from '../../../src/schema/hide.ts';
import { useApp } from '../../store/context.ts';
import { randomSeed } from '../../store/config/configSlice.ts';
import { useFitting } from '../../store/config/useFitting.ts';
import { FieldControl } from '../../ui/fields/FieldControl.tsx';
import styles from './ConfigRail.module.css';
import { useSought } from './useSought.ts';

/** The row that the setting's kind gives it; nothing where the link leaves it out. */
export function PlainSetting(props: {
  readonly path: FieldPath;
  /** Takes the place of a number's slider. */
  readonly instead?: ReactNode;
}) {
  const field = findField(props.path);
  return field && <FieldSetting {...props} row={field} />;
}

function FieldSetting(props: {
  readonly path: FieldPath;
  readonly row: Field;
  readonly instead?: ReactNode;
}) {
  const { path, row: whole } = props;
  const value = useApp(({ opening, experiment }) =>
    // A family that is being fetched is chosen already.
    opening !== null && path === 'problem.family'
      ? familyOfPreset(opening)
      : settingAt(experiment, path),
  );
  const preset = useApp((state) => state.experiment.preset);
  const note = useApp((state) => state.notes[path]);
  const training = useApp((state) => state.run !== null);
  const change = useApp((state) => state.change);
  const restore = useApp((state) => state.restore);
  const hidden = useApp((state) => isHidden(state.hidden, path));
  const row = useSought(path);
  const { field, note: unfit } = useFitting(whole, path, value);
  if (hidden) return null;
  return (
    <FieldControl
      row={row}
      field={field}
      path={path}
      value={value}
      changed={value !== settingAt(presetExperiment(preset), path)}
      note={note ?? unfit}
      hint={field.live && training ? 'applies live' : undefined}
      onChange={(raw) => {
        change(path, raw);
      }}
      onRestore={() => {
        restore(path);
      }}
      instead={props.instead ?? (path === 'random.seed' ? <NewSeed /> : undefined)}
    />
  );
}

/** A seed has no order to slide along; a fresh one is what people want. */
function NewSeed() {
  const change = useApp((state) => state.change);
  return (
    <button
      type="button"
      className={styles['dice']}
      aria-label="New seed"
      title="New seed: other weights from the same distribution"
      onClick={() => {
        change('random.seed', randomSeed());
      }}
    >
      <Dices size={17} aria-hidden />
    </button>
  );
}
