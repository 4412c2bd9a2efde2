import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import hidden from '../../ui/hidden.module.css';
import { usePhone } from '../../ui/useMediaQuery.ts';
import styles from './ViewLayout.module.css';

/** The parts of a view: settings on the left, its pictures in the middle, cards on the right. */
export function ViewLayout(props: {
  readonly transport: ReactNode;
  /** Not drawn on a phone, where the settings are a dialog. */
  readonly rail: ReactNode;
  readonly centre: ReactNode;
  readonly evidence: ReactNode;
  /** What the right-hand side is called. */
  readonly evidenceLabel: string;
  readonly centreClass?: string | undefined;
  readonly evidenceClass?: string | undefined;
}) {
  const phone = usePhone();
  return (
    <>
      {props.transport}
      {!phone && (
        <aside className={styles['config']} aria-label="Settings">
          <h2 className={hidden['hidden']}>Settings</h2>
          {props.rail}
        </aside>
      )}
      <main id="main" className={clsx(styles['centre'], props.centreClass)} tabIndex={-1}>
        {props.centre}
      </main>
      <aside
        className={clsx(styles['evidence'], props.evidenceClass)}
        aria-label={props.evidenceLabel}
      >
        {props.evidence}
      </aside>
    </>
  );
}
