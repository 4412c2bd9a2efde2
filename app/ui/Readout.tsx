import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import styles from './Readout.module.css';

/** A number that changes while a solve runs. Not announced: ten a second would drown everything else. */
export function Readout(props: {
  /** Name of the value; also its caption unless `caption` says it shorter. */
  readonly label: string;
  readonly caption?: string;
  readonly title: string;
  readonly value: string;
  readonly suffix?: ReactNode;
  readonly className?: string | undefined;
}) {
  const { label, caption = label, title, value, suffix, className } = props;
  return (
    <div className={clsx(styles['readout'], className)} title={title}>
      <span>
        <output className={styles['value']} aria-label={label} aria-live="off" translate="no">
          {value}
        </output>
        {suffix !== undefined && <span className={styles['suffix']}>{suffix}</span>}
      </span>
      <span className={styles['caption']}>{caption}</span>
    </div>
  );
}
