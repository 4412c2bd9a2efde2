import { SlidersHorizontal } from 'lucide-react';
import { Suspense, useState } from 'react';
import { differences } from '../../../src/schema/experiment.ts';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useApp } from '../../store/context.ts';
import { railSections, type RailView } from '../config/railSections.ts';
import styles from './AppHeader.module.css';

const SettingsSheet = lazyPart(() => import('./SettingsSheet.tsx'), 'Settings', 'dialog');

/** On a phone the settings come up from the bottom, with the chart still in view above. */
export function SettingsButton({ view }: { readonly view: RailView }) {
  const [open, setOpen] = useState(false);
  const sought = useApp((state) => state.sought);
  const wanted = railSections[view].some(({ paths }) => paths.some((path) => path === sought));
  if (wanted && !open) setOpen(true);
  const changes = differences(useApp((state) => state.experiment)).length;
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
      <Suspense>
        {open && (
          <SettingsSheet
            view={view}
            onClose={() => {
              setOpen(false);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
