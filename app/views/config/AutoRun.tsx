import { useApp, useAppStore } from '../../store/context.ts';
import styles from './ConfigRail.module.css';

/** Whether a finished solve is made again as soon as a setting changes. */
export function AutoRun() {
  const autoRun = useApp((state) => state.autoRun);
  const { setAutoRun } = useAppStore().getState();
  return (
    <label
      className={styles['autoRun']}
      title="A solve that has ended is made again, to its end, with each changed setting. One that you step through starts over at iteration 0."
    >
      <input
        type="checkbox"
        checked={autoRun}
        onChange={({ target }) => {
          setAutoRun(target.checked);
        }}
      />
      Solve again after each change
    </label>
  );
}
