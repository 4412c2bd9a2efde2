import { clsx } from 'clsx';
import { PanelRightOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApp } from '../../store/context.ts';
import styles from './ViewLayout.module.css';

/** The cards beside the centre; folded, a strip with the way back. */
export function EvidenceColumn(props: {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const { label, className, children } = props;
  const folded = useApp((state) => state.folded.includes('evidence'));
  const toggleRail = useApp((state) => state.toggleRail);
  if (!folded) {
    return (
      // It scrolls, so a keyboard must be able to reach it even while its cards are loading.
      <aside className={clsx(styles['evidence'], className)} aria-label={label} tabIndex={0}>
        {children}
      </aside>
    );
  }
  return (
    <aside className={styles['strip']} data-rail="evidence" aria-label={label}>
      <button
        type="button"
        className={styles['fold']}
        aria-label={`Unfold ${label.toLowerCase()}`}
        aria-expanded={false}
        title={`Show ${label.toLowerCase()} (])`}
        onClick={() => {
          toggleRail('evidence');
        }}
      >
        <PanelRightOpen size={16} aria-hidden />
      </button>
    </aside>
  );
}
