import { useState, type ReactNode } from 'react';
import styles from './ConfigRail.module.css';

/** Fields most people leave alone. Says how many of them were changed, as they are out of sight. */
export function Advanced(props: {
  readonly title: ReactNode;
  readonly changes: number;
  /** Whether a field in it is looked for. */
  readonly sought: boolean;
  readonly children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  if (props.sought && !open) setOpen(true);
  return (
    <details
      className={styles['advanced']}
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>
        {props.title}
        {props.changes > 0 && <span> · {props.changes} changed</span>}
      </summary>
      {open && props.children}
    </details>
  );
}
