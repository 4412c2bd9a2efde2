import type { ReactNode } from 'react';
import styles from './Toggle.module.css';

/** A small button that stays pressed until it is pressed again. */
export function Toggle(props: {
  readonly pressed: boolean;
  readonly title: string;
  /** Its name, where what it shows is a picture only. */
  readonly label?: string;
  readonly onChange: (pressed: boolean) => void;
  readonly children: ReactNode;
}) {
  const { pressed, title, label, onChange, children } = props;
  return (
    <button
      type="button"
      className={styles['toggle']}
      aria-pressed={pressed}
      aria-label={label}
      title={title}
      onClick={() => {
        onChange(!pressed);
      }}
    >
      {children}
    </button>
  );
}
