import { faster, timingOf, type Timing } from '../../store/engine/backends.ts';
import type { AppState, DeviceSlice } from '../../store/state.ts';
import { useApp } from '../../store/context.ts';

/** What is known of the engine behind a view. */
export interface ShownDevice extends Pick<DeviceSlice, 'engine' | 'device' | 'memory'> {
  /** Whether the visitor picked the backend, or a timing did, so that it being another than the GPU is no news. */
  readonly picked: boolean;
  /** What the timing of the work on screen found, where that chose the backend in use. */
  readonly timing: Timing | undefined;
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
  const timing = useApp((state) => {
    const work = training ? 'train' : 'solve';
    const shown = training ? (state.run?.applied ?? state.experiment) : state.applied;
    const found = timingOf(state, shown, work);
    return found && faster(found) === device?.backend.name ? found : undefined;
  });
  const asked = useApp((state) => (training ? state.trainBackend : state.solveBackend));
  return { engine, device, memory, picked: asked !== 'auto' || timing !== undefined, timing };
}
