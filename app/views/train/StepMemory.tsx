import { useMemo } from 'react';
import { formatPeak } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { predictedPeak } from '../../store/training/memoryGuard.ts';

/** What a step of the set-up's training will need, once it was metered: a sentence for a card on the data. */
export function StepMemory() {
  const experiment = useApp((state) => state.experiment);
  const trainDevice = useApp((state) => state.trainDevice);
  const meteredStep = useApp((state) => state.meteredStep);
  // Every frame of a run asks.
  const peak = useMemo(
    () => predictedPeak({ experiment, trainDevice, meteredStep }),
    [experiment, trainDevice, meteredStep],
  );
  return peak === undefined ? null : (
    <>A step is predicted to need {formatPeak(peak)} at its peak.</>
  );
}
