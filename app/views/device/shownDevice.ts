import type { AppState, DeviceSlice } from '../../store/state.ts';
import { useApp } from '../../store/context.ts';

/** What is known of the engine behind a view. */
export interface ShownDevice extends Pick<DeviceSlice, 'engine' | 'device' | 'memory'> {
  /** Whether the visitor picked the backend, so that it being another than the GPU is no news. */
  readonly picked: boolean;
}

/** Training has an engine of its own, which starts when it is first needed. */
const trainEngine = ({ trainDevice, runPhase }: AppState): ShownDevice['engine'] => {
  if (trainDevice) return 'on';
  return runPhase === 'preparing' ? 'starting' : 'off';
};

/** The engine of the view on screen. */
export function useShownDevice(): ShownDevice {
  const training = useApp((state) => state.view === 'train');
  const engine = useApp((state) => (training ? trainEngine(state) : state.engine));
  const device = useApp((state) => (training ? state.trainDevice : state.device));
  const memory = useApp((state) => (training ? state.trainMemory : state.memory));
  const picked = useApp((state) => training && state.trainBackend !== 'auto');
  return { engine, device, memory, picked };
}
