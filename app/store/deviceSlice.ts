import { rememberKernels, storedKernels } from './kernels.ts';
import type { Remote } from './remoteTypes.ts';
import type { DeviceSlice, StoreAccess } from './state.ts';

/** The engine's life and health. */
export function createDeviceSlice({ get, set }: StoreAccess, remote: Remote): DeviceSlice {
  return {
    engine: 'off',
    device: null,
    memory: null,
    fault: null,
    notice: null,
    kernels: storedKernels(),
    startEngine: remote.start,
    restartEngine: remote.restart,
    dismissNotice: () => {
      set({ notice: null });
    },
    setKernels: (kernels) => {
      if (kernels === get().kernels) return;
      rememberKernels(kernels);
      set({ kernels });
      // An engine takes its kernels when it starts.
      if (get().engine !== 'off') remote.restart();
      get().exchangeTrainEngine();
    },
  };
}
