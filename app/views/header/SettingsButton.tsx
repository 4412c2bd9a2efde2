import { ChevronsDown, ChevronsUp, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { differences } from '../../../src/config/experiment.ts';
import { useApp } from '../../store/context.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ConfigRail } from '../config/ConfigRail.tsx';
import { railSections, type RailView } from '../config/railSections.ts';
import { UndoButtons } from '../config/UndoButtons.tsx';
import styles from './AppHeader.module.css';

/** On a phone the settings come up from the bottom, with the chart still in view above. */
export function SettingsButton({ view }: { readonly view: RailView }) {
  const [open, setOpen] = useState(false);
  const [tall, setTall] = useState(false);
  const sought = useApp((state) => state.sought);
  const wanted = railSections[view].some(({ paths }) => paths.some((path) => path === sought));
  if (wanted && !open) setOpen(true);
  const changes = differences(useApp((state) => state.experiment)).length;
  const Size = tall ? ChevronsDown : ChevronsUp;
  return (
    <>
      <button
        type="button"
        aria-label={changes > 0 ? `Settings, ${String(changes)} changed` : 'Settings'}
        onClick={() => {
          // The picture comes to the half of the screen that stays in view.
          document.querySelector('#main > :not([data-story])')?.scrollIntoView();
          setOpen(true);
        }}
      >
        <SlidersHorizontal size={17} aria-hidden />
        {changes > 0 && <span className={styles['badge']}>{changes}</span>}
      </button>
      {open && (
        <Dialog
          title="Settings"
          kind={tall ? 'tall-sheet' : 'sheet'}
          actions={
            <>
              <UndoButtons />
              <button
                type="button"
                className={styles['icon']}
                aria-label={tall ? 'Half height' : 'Full height'}
                onClick={() => {
                  setTall(!tall);
                }}
              >
                <Size size={17} aria-hidden />
              </button>
            </>
          }
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
