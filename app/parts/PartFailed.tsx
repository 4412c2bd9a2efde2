import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import type { FallbackProps } from './ErrorBoundary.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { isOutdated, MissingPart } from './loadPart.ts';
import styles from './PartFailed.module.css';
import { ReloadButton } from './ReloadButton.tsx';

/** What takes the place of a part that isn't there. */
export type FailureKind = 'card' | 'line' | 'dialog';

/** Stands where a part of the page could not be loaded or drawn: says so, and what to do. */
export function PartFailed(
  props: FallbackProps & {
    readonly what: string;
    readonly as: FailureKind;
    readonly onClose?: (() => void) | undefined;
  },
) {
  const { error, what, as, onClose } = props;
  const missing = error instanceof MissingPart;
  const shown = missing ? <Missing {...props} /> : <ErrorCard {...props} />;
  // Without a way to close it, a dialog would be a trap.
  if (as !== 'dialog' || !onClose) return shown;
  return (
    <Dialog title={what} onClose={onClose}>
      {shown}
    </Dialog>
  );
}

function Missing(props: FallbackProps & { readonly what: string; readonly as: FailureKind }) {
  const { what, as, resetErrorBoundary } = props;
  const [outdated, setOutdated] = useState(false);
  useEffect(() => {
    let gone = false;
    void isOutdated().then((is) => {
      if (!gone) setOutdated(is);
    });
    addEventListener('online', resetErrorBoundary);
    return () => {
      gone = true;
      removeEventListener('online', resetErrorBoundary);
    };
  }, [resetErrorBoundary]);
  return (
    <div className={clsx(styles['missing'], styles[as])} role="alert">
      <p>
        <b>“{what}” could not be loaded.</b>{' '}
        {outdated
          ? 'There is a newer version of this page: reload to get it. Your settings, your text and your training run are kept.'
          : 'Check the connection and try again. The rest of the page goes on, and so does what it computes.'}
      </p>
      <div className={styles['actions']}>
        {!outdated && (
          <button type="button" onClick={resetErrorBoundary}>
            Try again
          </button>
        )}
        <ReloadButton />
      </div>
    </div>
  );
}
