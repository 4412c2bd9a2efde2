import type { View } from '../../src/config/link.ts';
import { useApp } from '../store/context.ts';
import styles from './ShortcutBar.module.css';

const keys: Readonly<Record<View, readonly (readonly [string, string])[]>> = {
  solve: [
    ['Space', 'play or pause'],
    ['→', 'one iteration'],
    ['End', 'run to convergence'],
    ['R', 'back to z₀'],
    ['2', 'train'],
  ],
  train: [
    ['Space', 'train or pause'],
    ['→', 'one step'],
    ['1', 'back to the solve'],
  ],
};

/** The keys that drive the view. There is no keyboard to use them with on a phone. */
export function ShortcutBar() {
  const view = useApp((state) => state.view);
  return (
    <footer className={styles['bar']}>
      {keys[view].map(([key, words]) => (
        <span key={key}>
          <kbd>{key}</kbd> {words}
        </span>
      ))}
      <span className={styles['note']}>
        Everything runs in this browser; nothing is sent anywhere
      </span>
    </footer>
  );
}
