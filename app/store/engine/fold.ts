import type {
  EngineEvent,
  IterationRecord,
  Observation,
} from '../../../src/engine/protocol/protocol.ts';
import type { Branch } from '../solve/explore.ts';
import type { AppState } from '../state.ts';

/** A branch's record as one of the whole solve: the parent's work up to there counts. */
export function onBranch(record: IterationRecord, branch: Branch | null): IterationRecord {
  if (!branch) return record;
  // Its first evaluation is the parent's last one, made again.
  const before = (branch.parent.records[branch.at]?.evaluations ?? 1) - 1;
  return {
    ...record,
    iteration: record.iteration + branch.at,
    evaluations: record.evaluations + before,
  };
}

/** The part of the state that engine events touch. */
export type Folded = Pick<
  AppState,
  | 'source'
  | 'solve'
  | 'records'
  | 'status'
  | 'observed'
  | 'adjoint'
  | 'memory'
  | 'branch'
  | 'compiling'
>;

/**
 * A frame's worth of engine events as one change of state. Pure.
 * Batches of an older solve are dropped; one of a newer forward solve starts its records afresh.
 */
export function reduce(state: Folded, events: readonly EngineEvent[]): Partial<Folded> {
  const { source } = state;
  let { solve, records, status, observed, adjoint, memory, compiling, branch } = state;
  for (const event of events) {
    if (event.event === 'compiling') {
      compiling = event.active;
      continue;
    }
    if (event.event === 'observed') {
      if (source === 'recorded' || event.solve < solve) continue;
      if (event.solve > solve) {
        [solve, records, status, observed, branch] = [event.solve, [], 'running', [], null];
      }
      observed = withObservations(
        observed,
        event.iteration + (branch?.at ?? 0),
        event.observations,
      );
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
    if (event.solve > solve) [records, observed, branch] = [[], [], null];
    const origin = branch;
    records = [...records, ...event.records.map((record) => onBranch(record, origin))];
    solve = event.solve;
    status = event.status;
  }
  return { solve, records, status, observed, adjoint, memory, compiling, branch };
}

/** The observations with those of one iteration put in; iterations that said nothing stay empty. */
function withObservations(
  observed: Folded['observed'],
  iteration: number,
  observations: readonly Observation[],
): Folded['observed'] {
  const filled = [...observed];
  while (filled.length <= iteration) filled.push([]);
  return filled.with(iteration, observations);
}

/** Gathers the engine's events and hands them on together. */
export interface Fold {
  readonly push: (event: EngineEvent) => void;
  /** Folds what waits now: a command's reply must not overtake its records. */
  readonly flush: () => void;
  /** Keeps back all that comes, whoever flushes, until it is released; `came` is told of each. */
  readonly hold: (came?: () => void) => void;
  /** Whether an event of that kind waits to be folded. */
  readonly waits: (kind: EngineEvent['event']) => boolean;
  /** Folds what was kept back, at one stroke with another change of the state. */
  readonly release: (change?: Partial<AppState>) => void;
  /** Forgets what waits: its engine is gone. */
  readonly clear: () => void;
}

/** Folds events into the state at most once a frame. */
export function createFold(options: {
  readonly get: () => Folded;
  readonly set: (change: Partial<AppState>) => void;
  readonly frame: (callback: () => void) => void;
}): Fold {
  let queue: EngineEvent[] = [];
  let asked = false;
  let held = false;
  let told: (() => void) | undefined;
  const fold = (change: Partial<AppState>): void => {
    const events = queue;
    queue = [];
    if (events.length > 0)
      options.set({ ...change, ...reduce({ ...options.get(), ...change }, events) });
    else if (Object.keys(change).length > 0) options.set(change);
  };
  const flush = (): void => {
    if (!held) fold({});
  };
  return {
    push: (event) => {
      queue.push(event);
      if (held) {
        told?.();
        return;
      }
      if (asked) return;
      asked = true;
      options.frame(() => {
        asked = false;
        flush();
      });
    },
    flush,
    hold: (came) => {
      held = true;
      told = came;
    },
    waits: (kind) => queue.some(({ event }) => event === kind),
    release: (change = {}) => {
      held = false;
      fold(change);
    },
    clear: () => {
      held = false;
      queue = [];
    },
  };
}
