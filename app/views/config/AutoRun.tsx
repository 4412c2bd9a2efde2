import { useApp, useAppStore } from '../../store/context.ts';
import styles from './ConfigRail.module.css';

/** Whether a finished solve reruns as soon as a setting changes. */
export function AutoRun() {
  const autoRun = useApp((state) => state.autoRun);
  const { setAutoRun } = useAppStore().getState();
  return (
    <label
      className={styles['autoRun']}
      title="A finished solve reruns to its end when a setting changes. One that you are stepping through goes back to iteration 0."
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
