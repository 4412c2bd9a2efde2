import type { BackendPreference } from '../../../../src/engine/protocol/protocol.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { isBusy } from '../../../store/train/types.ts';
import { adapterName, backendNames } from '../../device/deviceText.ts';
import styles from './TrainButtons.module.css';

const preferences: readonly BackendPreference[] = ['auto', 'webgpu', 'wasm', 'cpu'];

/** Where training computes. A small model can be faster off the GPU. */
export function BackendSelect() {
  const chosen = useApp((state) => state.trainBackend);
  const device = useApp((state) => state.trainDevice);
  const busy = useApp(({ runPhase }) => isBusy(runPhase));
  const { setTrainBackend } = useAppStore().getState();
  const now = device
    ? [backendNames[device.backend.name], adapterName(device.backend)].filter(Boolean).join(', ')
    : null;
  return (
    <label
      className={styles['backend']}
      title={busy ? 'Pause to change it' : now === null ? 'What training runs on' : `Now: ${now}`}
    >
      <span>Runs on</span>
      <select
        aria-label="Runs on"
        value={chosen}
        disabled={busy}
        onChange={({ target }) => {
          setTrainBackend(preferences.find((one) => one === target.value) ?? 'auto');
        }}
      >
        {preferences.map((one) => (
          <option key={one} value={one}>
            {one === 'auto' ? 'Auto' : backendNames[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
