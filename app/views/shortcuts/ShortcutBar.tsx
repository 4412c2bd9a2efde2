import { Suspense } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { useAppStore } from '../../store/context.ts';
import styles from './ShortcutBar.module.css';

const KeyHints = lazyPart(() => import('./KeyHints.tsx'), 'The list of keys', 'line');

/** The keys that drive the view, and the way to what the page is. There is no keyboard to use them with on a phone. */
export function ShortcutBar() {
  const store = useAppStore();
  return (
    <footer className={styles['bar']} data-screen-only>
      <Suspense>
        <KeyHints />
      </Suspense>
      <span className={styles['note']}>
        <span>Everything runs in this browser; nothing is sent anywhere</span>
        <button
          type="button"
          className={styles['open']}
          aria-haspopup="dialog"
          title="Version, licence, sources, privacy"
          onClick={() => {
            store.getState().openLayer('about');
          }}
        >
          About
        </button>
      </span>
    </footer>
  );
}
