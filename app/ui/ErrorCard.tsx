import { useState } from 'react';
import type { FallbackProps } from '../parts/ErrorBoundary.tsx';
import styles from './ErrorCard.module.css';

/** Takes the place of a part of the page that failed to draw; everything needed for a report is copyable. */
export function ErrorCard({ error, resetErrorBoundary }: FallbackProps) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const known = error instanceof Error ? error : new Error(String(error));
  const details = [
    `${known.name}: ${known.message}`,
    known.stack ?? '',
    location.href,
    navigator.userAgent,
  ].join('\n');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(details);
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };
  return (
    <div className={styles['card']} role="alert">
      <h2>This part of the page stopped working</h2>
      <p>
        {known.message}. The engine and your settings are untouched: draw it again, or reload the
        page.
      </p>
      <textarea className={styles['details']} aria-label="Details" readOnly value={details} />
      <div className={styles['actions']}>
        <button type="button" onClick={resetErrorBoundary}>
          Draw it again
        </button>
        <button type="button" onClick={() => void copy()}>
          Copy details
        </button>
        {copied === 'yes' && <span>Copied</span>}
        {copied === 'failed' && <span>Not allowed to copy; select the text above instead</span>}
      </div>
    </div>
  );
}
