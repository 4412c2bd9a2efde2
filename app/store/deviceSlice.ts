import type { Remote } from './remoteTypes.ts';
import type { DeviceSlice, StoreAccess } from './state.ts';

/** The engine's life and health. */
export function createDeviceSlice({ set }: StoreAccess, remote: Remote): DeviceSlice {
  return {
    engine: 'off',
    device: null,
    memory: null,
    fault: null,
    notice: null,
    startEngine: remote.start,
    restartEngine: remote.restart,
    dismissNotice: () => {
      set({ notice: null });
    },
  };
}
