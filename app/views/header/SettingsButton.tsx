import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { differences } from '../../../src/config/experiment.ts';
import { useApp } from '../../store/context.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ConfigRail } from '../config/ConfigRail.tsx';
import styles from './AppHeader.module.css';

/** On a phone the settings come up from the bottom, with the chart still in view above. */
export function SettingsButton() {
  const [open, setOpen] = useState(false);
  const view = useApp((state) => state.view);
  const changes = differences(useApp((state) => state.experiment)).length;
  return (
    <>
      <button
        type="button"
        aria-label={changes > 0 ? `Settings, ${String(changes)} changed` : 'Settings'}
        onClick={() => {
          setOpen(true);
        }}
      >
        <SlidersHorizontal size={17} aria-hidden />
        {changes > 0 && <span className={styles['badge']}>{changes}</span>}
      </button>
      {open && (
        <Dialog
          title="Settings"
          kind="sheet"
          onClose={() => {
            setOpen(false);
          }}
        >
          <ConfigRail view={view} />
        </Dialog>
      )}
    </>
  );
}
