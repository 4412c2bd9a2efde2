import { useMemo } from 'react';
import { useApp } from '../../../store/context.ts';
import { memoryPanel, type MemoryPanel } from './memoryPanel.ts';

/** The memory panel's figures, null while nothing is known of this problem; computed again when what they depend on changes. */
export function useMemoryPanel(): MemoryPanel | null {
  const experiment = useApp((state) => state.experiment);
  const finished = useApp((state) => state.finished);
  const study = useApp((state) => state.study);
  const device = useApp((state) => state.device);
  const metered = useApp((state) => state.metered);
  return useMemo(
    () => memoryPanel({ experiment, finished, study, device, metered }),
    [experiment, finished, study, device, metered],
  );
}
