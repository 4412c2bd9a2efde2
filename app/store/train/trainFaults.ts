import { EngineError } from '../../../src/engine/client.ts';
import type { Fault } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../engine/faults.ts';
import { createRestarts, lostAgain, outlives } from '../engine/restarts.ts';
import { isBusy, type TrainAccess } from './types.ts';
import type { Runs } from './runs.ts';

/** What becomes of training when its engine fails. */
export interface TrainFaults {
  /** Shows a fault; after the first loss of a device the run goes on by itself. */
  readonly onFault: (fault: Fault) => void;
  /** Words for what the visitor can mend; anything else is shown as a fault, and is null here. */
  readonly onError: (error: unknown) => string | null;
  /** The visitor tries something else: what failed before is over, unless it is why the run stands still. */
  readonly dismiss: () => void;
}

/** No loss yet. */
export function createTrainFaults(
  { get, set, now, lane, backstage }: TrainAccess,
  runs: () => Pick<Runs, 'halt' | 'goOn'>,
): TrainFaults {
  const decide = createRestarts(now);

  const onFault = (fault: Fault): void => {
    if (fault.kind === 'cancelled') return;
    const { run, runPhase } = get();
    const moving = isBusy(runPhase);
    if (outlives(fault)) {
      // A run that waits is none the worse for a sample that failed.
      if (moving) runs().halt();
      set({ trainFault: fault, ...(moving ? { runPhase: 'failed' as const } : {}) });
      return;
    }
    runs().halt();
    lane.drop();
    set({ trainDevice: null, trainMemory: null });
    const decision = runPhase === 'preparing' ? 'no' : decide(fault);
    if (decision !== 'restart') {
      const trainFault = decision === 'again' ? lostAgain(fault) : fault;
      set({ trainFault, runPhase: 'failed' });
      return;
    }
    const step = String(backstage()?.point?.step ?? 0);
    if (run) {
      const what =
        fault.kind === 'device-lost' ? 'The GPU was lost; training' : `${fault.message} Training`;
      set({ notice: `${what} goes on from step ${step}, the newest one kept.` });
    }
    if (runPhase === 'running') runs().goOn();
    else if (runPhase === 'pausing') set({ runPhase: 'paused' });
  };
  return {
    onFault,
    dismiss: () => {
      const { trainFault, run, runPhase } = get();
      const failed = runPhase === 'failed';
      if (trainFault && !(run && failed))
        set({ trainFault: null, ...(failed ? { runPhase: 'idle' as const } : {}) });
    },
    onError: (error) => {
      const fault = faultOf(error);
      if (fault.kind === 'cancelled') return null;
      if (fault.kind === 'bad-input' || !(error instanceof EngineError)) return fault.message;
      onFault(fault);
      return null;
    },
  };
}
