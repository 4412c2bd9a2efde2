import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApp } from '../../store/context.ts';
import { UndoButtons } from '../config/UndoButtons.tsx';
import styles from './ViewLayout.module.css';

/** The settings beside the centre; folded, a strip with the way back. */
export function ConfigColumn({ children }: { readonly children: ReactNode }) {
  const folded = useApp((state) => state.folded.includes('config'));
  const toggleRail = useApp((state) => state.toggleRail);
  const Icon = folded ? PanelLeftOpen : PanelLeftClose;
  const fold = (
    <button
      type="button"
      className={styles['fold']}
      aria-label={folded ? 'Unfold settings' : 'Fold settings'}
      aria-expanded={!folded}
      title={folded ? 'Show the settings ([)' : 'Fold the settings to a strip ([)'}
      onClick={() => {
        toggleRail('config');
      }}
    >
      <Icon size={16} aria-hidden />
    </button>
  );
  return (
    <aside className={styles[folded ? 'strip' : 'config']} data-rail="config" aria-label="Settings">
      {folded ? (
        fold
      ) : (
        <>
          <div className={styles['railHead']}>
            <h2>Settings</h2>
            <UndoButtons />
            {fold}
          </div>
          {children}
        </>
      )}
    </aside>
  );
}
