import type { EngineEvent, Fault, Reading } from '../../src/engine/protocol/protocol.ts';
import { onBranch } from './branch.ts';
import type { AppState } from './state.ts';

/** The part of the state that engine events touch. */
export type Folded = Pick<
  AppState,
  'source' | 'solve' | 'records' | 'status' | 'lens' | 'adjoint' | 'memory' | 'branch' | 'compiling'
>;

/**
 * A frame's worth of engine events as one change of state. Pure.
 * Batches of an older solve are dropped; one of a newer forward solve starts its records afresh.
 */
export function reduce(state: Folded, events: readonly EngineEvent[]): Partial<Folded> {
  const { source } = state;
  let { solve, records, status, lens, adjoint, memory, compiling, branch } = state;
  for (const event of events) {
    if (event.event === 'compiling') {
      compiling = event.active;
      continue;
    }
    if (event.event === 'lens') {
      if (source === 'recorded' || event.solve < solve) continue;
      if (event.solve > solve) {
        [solve, records, status, lens, branch] = [event.solve, [], 'running', [], null];
      }
      lens = withReadings(lens, event.iteration + (branch?.at ?? 0), event.readings);
      continue;
    }
    if (event.event !== 'records') continue;
    memory = event.memory;
    if (event.phase === 'backward') {
      // Opened by a command, so its number is known before its first record comes.
      if (event.solve !== adjoint?.solve) continue;
      const made = [...adjoint.records, ...event.records];
      adjoint = { ...adjoint, records: made, status: event.status };
      continue;
    }
    if (source === 'recorded' || event.solve < solve) continue;
    if (event.solve > solve) [records, lens, branch] = [[], [], null];
    const origin = branch;
    records = [...records, ...event.records.map((record) => onBranch(record, origin))];
    solve = event.solve;
    status = event.status;
  }
  return { solve, records, status, lens, adjoint, memory, compiling, branch };
}

/** The readings with those of one iteration put in; iterations that said nothing stay empty. */
function withReadings(
  lens: Folded['lens'],
  iteration: number,
  readings: readonly Reading[],
): Folded['lens'] {
  const filled = [...lens];
  while (filled.length <= iteration) filled.push([]);
  return filled.with(iteration, readings);
}

/** Queues the engine's events and hands them on together. */
export interface Bridge {
  readonly push: (event: EngineEvent) => void;
  /** Folds what waits now: a command's reply must not overtake its records. */
  readonly flush: () => void;
  /** Forgets what waits: its engine is gone. */
  readonly clear: () => void;
}

/** Folds events into the state at most once a frame; faults go through at once. */
export function createBridge(options: {
  readonly get: () => Folded;
  readonly set: (change: Partial<Folded>) => void;
  readonly onFault: (fault: Fault) => void;
  readonly frame: (callback: () => void) => void;
}): Bridge {
  let queue: EngineEvent[] = [];
  let asked = false;
  const flush = (): void => {
    const events = queue;
    queue = [];
    if (events.length > 0) options.set(reduce(options.get(), events));
  };
  return {
    push: (event) => {
      if (event.event === 'fault') {
        flush();
        options.onFault(event.fault);
        return;
      }
      queue.push(event);
      if (asked) return;
      asked = true;
      options.frame(() => {
        asked = false;
        flush();
      });
    },
    flush,
    clear: () => {
      queue = [];
    },
  };
}
