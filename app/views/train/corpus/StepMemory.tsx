import { formatPeak } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import { predictedPeak } from '../../../store/training/memoryGuard.ts';

/** What a step of the set-up's training will need, once it was metered: a sentence for a card on the data. */
export function StepMemory() {
  const peak = useApp(predictedPeak);
  return peak === undefined ? null : (
    <>A step is predicted to need {formatPeak(peak)} at its peak.</>
  );
}
