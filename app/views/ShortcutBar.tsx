import styles from './ShortcutBar.module.css';

/** The keys that drive the solve. There is no keyboard to use them with on a phone. */
export function ShortcutBar() {
  return (
    <footer className={styles['bar']}>
      <span>
        <kbd>Space</kbd> play or pause
      </span>
      <span>
        <kbd>→</kbd> one iteration
      </span>
      <span>
        <kbd>End</kbd> run to convergence
      </span>
      <span>
        <kbd>R</kbd> back to z₀
      </span>
      <span className={styles['note']}>
        Everything runs in this browser; nothing is sent anywhere
      </span>
    </footer>
  );
}
