import { Undo2 } from 'lucide-react';
import styles from './RestoreButton.module.css';

/** A dot beside a field that differs from its preset; pointed at or focused it shows what pressing does. */
export function RestoreButton(props: {
  readonly changed: boolean;
  /** The field's label. */
  readonly name: string;
  readonly onRestore: () => void;
}) {
  if (!props.changed) return <span />;
  return (
    <button
      type="button"
      className={styles['restore']}
      title="Differs from the preset. Press to restore its value."
      aria-label={`Restore ${props.name}`}
      onClick={props.onRestore}
    >
      <span className={styles['dot']} />
      <Undo2 size={15} className={styles['icon']} aria-hidden />
    </button>
  );
}
