import { useApp } from '../../store/context.ts';
import styles from './CompareView.module.css';

/** Where there is nothing to compare: how runs come to be. */
export function Empty() {
  const showView = useApp((state) => state.showView);
  return (
    <div className={styles['empty']}>
      <p>
        No runs yet. Every solve that you let finish and every training becomes a run by itself,
        with its settings, its seed, its numbers and its curves, and is kept in this browser. Solve
        something, change a setting, solve again: then both stand here.
      </p>
      <div className={styles['actions']}>
        <button
          type="button"
          onClick={() => {
            showView('solve');
          }}
        >
          Go to Solve
        </button>
        <button
          type="button"
          onClick={() => {
            showView('train');
          }}
        >
          Go to Train
        </button>
      </div>
    </div>
  );
}
