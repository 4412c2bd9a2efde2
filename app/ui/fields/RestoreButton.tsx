import { Undo2 } from 'lucide-react';
import { keepKeys } from '../keepKeys.ts';
import styles from './RestoreButton.module.css';

/**
 * A dot beside a field that differs from its preset; pointed at or focused it shows what pressing does. It goes away when it is
 * pressed: whoever pressed it by key is in the field then.
 */
export function RestoreButton(props: {
  readonly changed: boolean;
  /** The field's label. */
  readonly name: string;
  /** Id of the field's control. */
  readonly control: string;
  readonly onRestore: () => void;
}) {
  if (!props.changed) return <span />;
  return (
    <button
      type="button"
      className={styles['restore']}
      title="Differs from the preset. Press to restore its value."
      aria-label={`Restore ${props.name}`}
      onClick={(event) => {
        props.onRestore();
        keepKeys(event, props.control);
      }}
    >
      <span className={styles['dot']} />
      <Undo2 size={15} className={styles['icon']} aria-hidden />
    </button>
  );
}
