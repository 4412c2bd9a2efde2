import { useMemo } from 'react';
import type { TrainRecord } from '../../../../src/engine/protocol/protocol.ts';
import { useApp } from '../../../store/context.ts';
import { useThrottled } from '../../../ui/useThrottled.ts';

/** Records of both networks, oldest first; a new object when there are more. */
export interface Records {
  readonly deq: readonly TrainRecord[];
  readonly twin: readonly TrainRecord[];
}

const none: Records = { deq: [], twin: [] };

/** The run's records, for charts. */
export function useRecords(): Records {
  const version = useApp((state) => (state.run ? `${state.run.id} ${state.run.version}` : ''));
  const shown = useThrottled(version);
  const series = useApp((state) => state.run?.series);
  return useMemo(
    // The series grows in place; its version says when.
    () => (series && shown !== '' ? { deq: series.of('deq'), twin: series.of('twin') } : none),
    [series, shown],
  );
}
