import { formatBytes } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { measuresItself } from '../../../store/memory/studySlice.ts';
import { rowName, type MemoryPanel } from './memoryPanel.ts';
import styles from './MemoryCard.module.css';
import { SteadyButton } from '../../../ui/SteadyButton.tsx';

/** Starts and stops a measurement, and says when it would need more than it may. */
export function MeasureControls({ panel }: { readonly panel: MemoryPanel }) {
  const measuring = useApp((state) => state.study.measuring);
  const failures = useApp((state) => state.study.failures);
  const ready = useApp((state) => state.device !== null);
  const { measureMemory, cancelMeasuring } = useAppStore().getState();
  const { verdict, largest, limit, depth } = panel;
  const measure = (): void => {
    measureMemory(true);
  };
  if (measuring) {
    const { done, total, variant, label } = measuring;
    const words = `${rowName(variant, depth)}: ${label}`;
    return (
      <div className={styles['progress']}>
        <progress aria-label="Measuring memory" value={done} max={Math.max(total, 1)} />
        <button type="button" onClick={cancelMeasuring}>
          Cancel
        </button>
        <span title={words}>{words}</span>
      </div>
    );
  }
  const need = `predicted to need ${formatBytes(largest)}; the limit is ${formatBytes(limit)}`;
  return (
    <div className={styles['measure']}>
      {verdict === 'over' ? (
        <>
          <p className={styles['warning']}>
            Not measured: it is {need} (Settings, Memory). A smaller width, text or depth would fit.
          </p>
          <SteadyButton disabled={!ready} onClick={measure}>
            Run anyway
          </SteadyButton>
        </>
      ) : (
        <>
          {verdict === 'near' && <p className={styles['warning']}>This is {need}.</p>}
          <SteadyButton
            disabled={!ready}
            title="One training step of each network, in a worker of its own"
            onClick={measure}
          >
            Measure
          </SteadyButton>
        </>
      )}
      {!measuresItself() && <p>Cancelled: memory is measured only when you press Measure.</p>}
      {failures.map(({ variant, message }) => (
        <p key={variant} className={styles['warning']}>
          {rowName(variant, depth)} couldn’t be measured: {message}
        </p>
      ))}
    </div>
  );
}
