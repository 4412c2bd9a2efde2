import { rememberBackend, storedBackend, storedTimings } from './backends.ts';
import { rememberKernels, storedKernels } from './kernels.ts';
import type { SolveLane } from './solveLane.ts';
import type { DeviceSlice, StoreAccess } from '../state.ts';

/** The engine's life and health. */
export function createDeviceSlice({ get, set }: StoreAccess, lane: SolveLane): DeviceSlice {
  return {
    engine: 'off',
    device: null,
    memory: null,
    fault: null,
    notice: null,
    kernels: storedKernels(),
    solveBackend: storedBackend(),
    timings: storedTimings(),
    startEngine: lane.start,
    restartEngine: lane.restart,
    dismissNotice: () => {
      set({ notice: null });
    },
    setKernels: (kernels) => {
      if (kernels === get().kernels) return;
      rememberKernels(kernels);
      set({ kernels });
      // An engine takes its kernels when it starts.
      if (get().engine !== 'off') lane.restart();
      get().exchangeTrainEngine();
    },
    timeHere: async (least) => {
      let found: number | null = null;
      await lane.errand('timing', async (engine) => {
        found = await engine.timeIterations(least);
      });
      return found;
    },
    setSolveBackend: (solveBackend) => {
      if (solveBackend === get().solveBackend) return;
      rememberBackend(solveBackend);
      set({ solveBackend });
      if (get().engine !== 'off') lane.restart();
    },
  };
}
