import { useMemo } from 'react';
import { formatPeak } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { predictedPeak } from '../../store/train/memoryGuard.ts';
import styles from './data.module.css';

/** Below the facts on the data: what else there is to say of them, and what a run will need, once a step was metered. */
export function DataNote({ says }: { readonly says: string | undefined }) {
  const experiment = useApp((state) => state.experiment);
  const trainDevice = useApp((state) => state.trainDevice);
  const meteredStep = useApp((state) => state.meteredStep);
  // Every frame of a run asks.
  const peak = useMemo(
    () => predictedPeak({ experiment, trainDevice, meteredStep }),
    [experiment, trainDevice, meteredStep],
  );
  const need =
    peak === undefined ? undefined : `A run is predicted to need ${formatPeak(peak)} at its peak.`;
  const words = [says, need].filter((one) => one !== undefined).join(' ');
  return words === '' ? null : <p className={styles['note']}>{words}</p>;
}
