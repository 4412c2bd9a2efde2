import type { BackendPreference, DeviceReport } from '../../../src/engine/protocol/protocol.ts';
import { adapterName, backendNames } from './deviceText.ts';

const preferences: readonly BackendPreference[] = ['auto', 'webgpu', 'wasm', 'cpu'];

/** What to compute on. A small model can be faster off the GPU: `Auto` takes what was faster when both were timed. */
export function BackendSelect({
  chosen,
  device,
  refusal,
  className,
  onChoose,
}: {
  readonly chosen: BackendPreference;
  /** What computes now, if anything does. */
  readonly device: DeviceReport | null;
  /** Why it can't be changed now. */
  readonly refusal?: string | undefined;
  readonly className?: string | undefined;
  readonly onChoose: (backend: BackendPreference) => void;
}) {
  const now = device
    ? [backendNames[device.backend.name], adapterName(device.backend)].filter(Boolean).join(', ')
    : null;
  return (
    <label
      className={className}
      title={refusal ?? (now === null ? 'Nothing computes yet' : `Now: ${now}`)}
    >
      <span>Runs on</span>
      <select
        aria-label="Runs on"
        value={chosen}
        disabled={refusal !== undefined}
        onChange={({ target }) => {
          onChoose(preferences.find((one) => one === target.value) ?? 'auto');
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
