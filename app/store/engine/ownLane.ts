import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { createEngineLane, type LaneOptions, type Task } from './lane.ts';

/** What it is made of. */
export interface OwnLaneOptions extends Omit<LaneOptions, 'onFault'> {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** What is told of an abort. */
  readonly stopped?: Fault;
}

/** A lane for one thing beside the page, given up with all that was asked at an abort or a fault: a lost device may never answer. */
export function openOwnLane({ signal, stopped, ...options }: OwnLaneOptions): {
  readonly ask: <T>(task: Task<T>) => Promise<T>;
  readonly close: () => void;
} {
  const lane = createEngineLane<'own'>({
    ...options,
    onFault: (fault) => {
      lane.drop(fault);
    },
  });
  const onAbort = (): void => {
    lane.drop(stopped);
  };
  signal.addEventListener('abort', onAbort);
  return {
    ask: (task) => lane.ask('own', task),
    close: () => {
      signal.removeEventListener('abort', onAbort);
      lane.drop();
    },
  };
}
