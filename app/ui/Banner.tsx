import { clsx } from 'clsx';
import { Info, OctagonAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Banner.module.css';

/** A notice across the page that blocks nothing: what happened, what it means, what to do. */
export function Banner(props: {
  readonly kind: 'error' | 'notice';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}) {
  const error = props.kind === 'error';
  return (
    <div
      className={clsx(styles['banner'], error && styles['error'])}
      role={error ? 'alert' : 'note'}
    >
      {error ? <OctagonAlert size={18} aria-hidden /> : <Info size={18} aria-hidden />}
      <div className={styles['text']}>{props.children}</div>
      {props.actions}
      {props.onDismiss && (
        <button
          type="button"
          className={styles['dismiss']}
          aria-label="Dismiss"
          onClick={props.onDismiss}
        >
          <X size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}
