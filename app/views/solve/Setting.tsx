import { Dices } from 'lucide-react';
import { settingAt } from '../../../src/config/experiment.ts';
import type { Field } from '../../../src/config/field.ts';
import { fields, type FieldPath } from '../../../src/config/fields.ts';
import { useApp } from '../../store/context.ts';
import { FieldControl } from '../../ui/fields/FieldControl.tsx';
import styles from './ConfigRail.module.css';

/** One setting of the rail, tied to the store. */
export function Setting(props: {
  readonly path: FieldPath;
  readonly field: Field;
  readonly changed: boolean;
}) {
  const { path, field, changed } = props;
  const value = useApp((state) => settingAt(state.experiment, path));
  const note = useApp((state) => state.notes[path]);
  const change = useApp((state) => state.change);
  const restore = useApp((state) => state.restore);
  return (
    <FieldControl
      field={field}
      value={value}
      changed={changed}
      note={note}
      onChange={(raw) => {
        change(path, raw);
      }}
      onRestore={() => {
        restore(path);
      }}
      {...(path === 'random.seed' ? { instead: <NewSeed /> } : {})}
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
        change('random.seed', Math.floor(Math.random() * (fields.random.seed.max + 1)));
      }}
    >
      <Dices size={17} aria-hidden />
    </button>
  );
}
