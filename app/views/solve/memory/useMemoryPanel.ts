import { useMemo } from 'react';
import { useApp } from '../../../store/context.ts';
import { memoryPanel, type MemoryPanel } from './memoryPanel.ts';

/** The memory panel's figures, computed again when what they depend on changes. */
export function useMemoryPanel(): MemoryPanel {
  const experiment = useApp((state) => state.experiment);
  const finished = useApp((state) => state.finished);
  const study = useApp((state) => state.study);
  const device = useApp((state) => state.device);
  return useMemo(
    () => memoryPanel({ experiment, finished, study, device }),
    [experiment, finished, study, device],
  );
}
