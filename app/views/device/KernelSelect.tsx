import { useId } from 'react';
import { useApp, useAppStore } from '../../store/context.ts';
import { kernelPreferences } from '../../store/engine/kernels.ts';
import { isBusy } from '../../store/train/types.ts';
import styles from './DeviceDetails.module.css';
import { kernelNames, kernelProblem, tuningText } from './kernelText.ts';
import { useShownDevice } from './shownDevice.ts';

/** Which kernels compute on WebGPU, and what their timing found. */
export function KernelSelect() {
  const chosen = useApp((state) => state.kernels);
  const training = useApp(({ runPhase }) => isBusy(runPhase));
  const { device } = useShownDevice();
  const { setKernels } = useAppStore().getState();
  const id = useId();
  const refusal = kernelProblem(device, training);
  const words = [refusal, device?.kernels.problem, tuningText(device?.kernels.tuning)];
  return (
    <div className={styles['choice']}>
      <label>
        <span>Kernels</span>
        <select
          value={chosen}
          disabled={refusal !== null}
          aria-label="Kernels"
          aria-describedby={id}
          onChange={({ target }) => {
            setKernels(kernelPreferences.find((one) => one === target.value) ?? 'auto');
          }}
        >
          {kernelPreferences.map((one) => (
            <option key={one} value={one}>
              {kernelNames[one]}
            </option>
          ))}
        </select>
      </label>
      <p id={id} className={styles['hint']}>
        {words.filter(Boolean).join(' ')}
      </p>
    </div>
  );
}
