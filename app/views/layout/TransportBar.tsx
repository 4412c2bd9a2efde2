import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import styles from './TransportBar.module.css';

/** The bar that drives a view. On a phone its numbers go to the top, its buttons to the thumb. */
export function TransportBar(props: {
  readonly label: string;
  readonly buttons: ReactNode;
  readonly state: ReactNode;
  readonly readouts: ReactNode;
  /** Whether its words may take a line of their own where there is little room. */
  readonly wraps?: boolean;
}) {
  return (
    <section
      className={clsx(styles['transport'], props.wraps && styles['wraps'])}
      aria-label={props.label}
    >
      <div className={styles['buttons']} data-screen-only>
        {props.buttons}
      </div>
      <div className={styles['state']}>{props.state}</div>
      <div className={styles['readouts']}>{props.readouts}</div>
    </section>
  );
}
