import { Suspense } from 'react';
import { useStore } from 'zustand';
import { ReloadButton } from '../parts/ReloadButton.tsx';
import styles from './Corner.module.css';
import { clearNotes, corner } from './corner.ts';

/** Where things are said: as toasts, or in plain words where those could not be loaded. */
export function Corner() {
  const { Toasts, notes } = useStore(corner);
  return (
    <>
      <Suspense>{Toasts && <Toasts />}</Suspense>
      {notes.length > 0 && (
        <div className={styles['corner']} role="alert">
          {notes.map(({ words, description }) => (
            <div key={words}>
              <p>{words}</p>
              {description}
            </div>
          ))}
          <div className={styles['actions']}>
            <ReloadButton />
            <button type="button" onClick={clearNotes}>
              Dismiss
            </button>
          </div>
        </div>
      )}
    </>
  );
}
