import { EngineError } from '../../../src/engine/client.ts';
import type { Fault } from '../../../src/engine/protocol.ts';
import { faultOf, LOSS_WINDOW_MILLISECONDS, lostAgain, outlives } from '../faults.ts';
import { isBusy, type TrainAccess } from './access.ts';
import type { Runs } from './runs.ts';

/** What becomes of training when its engine fails. */
export interface TrainFaults {
  /** Shows a fault; after the first loss of a device the run goes on by itself. */
  readonly onFault: (fault: Fault) => void;
  /** Words for what the visitor can mend; anything else is shown as a fault, and is null here. */
  readonly onError: (error: unknown) => string | null;
}

/** No loss yet. */
export function createTrainFaults(
  { get, set, now, remote, backstage }: TrainAccess,
  runs: () => Pick<Runs, 'halt' | 'goOn'>,
): TrainFaults {
  let lastLoss = -Infinity;

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
    remote.drop();
    set({ trainDevice: null, trainMemory: null });
    const lost = fault.kind === 'device-lost';
    const again = lost && now() - lastLoss <= LOSS_WINDOW_MILLISECONDS;
    if (!lost || again || runPhase === 'preparing') {
      set({ trainFault: again ? lostAgain(fault) : fault, runPhase: 'failed' });
      return;
    }
    lastLoss = now();
    const step = String(backstage()?.point?.step ?? 0);
    if (run) {
      set({ notice: `The GPU was lost; training goes on from step ${step}, the newest one kept.` });
    }
    if (runPhase === 'running') runs().goOn();
    else if (runPhase === 'pausing') set({ runPhase: 'paused' });
  };
  return {
    onFault,
    onError: (error) => {
      const fault = faultOf(error);
      if (fault.kind === 'cancelled') return null;
      if (fault.kind === 'bad-input' || !(error instanceof EngineError)) return fault.message;
      onFault(fault);
      return null;
    },
  };
}
