import { useApp } from '../../store/context.ts';
import { useShownDevice } from './shownDevice.ts';
import styles from './DeviceDetails.module.css';
import { DeviceFacts } from './DeviceFacts.tsx';
import { BackendSelect } from './BackendSelect.tsx';
import { backendNames, roughly, selfTestText } from './deviceText.ts';
import { KernelSelect } from './KernelSelect.tsx';

/** Everything about what computes, and the choice of its kernels. `onLeave`: another page is shown. */
export default function DeviceDetails({ onLeave }: { readonly onLeave: () => void }) {
  const showView = useApp((state) => state.showView);
  const { device, engine, timing } = useShownDevice();
  const training = useApp((state) => state.view === 'train');
  const chosen = useApp((state) => state.solveBackend);
  const setSolveBackend = useApp((state) => state.setSolveBackend);
  const timed = timing
    ? `Timed here: an iteration takes ${roughly(timing.webgpu)} ms on WebGPU and ${roughly(timing.wasm)} ms on WebAssembly.`
    : 'Auto takes the faster of WebGPU and WebAssembly, once a quiet moment allowed to time both with the set-up on screen.';
  return (
    <div className={styles['details']}>
      {device ? (
        <DeviceFacts />
      ) : (
        <p>
          {engine === 'starting'
            ? 'The engine is starting…'
            : 'The engine hasn’t started yet, so there is nothing to tell.'}
        </p>
      )}
      {/* Always in this place: while an engine starts again, the focus stays on it. */}
      {!training && (
        <div className={styles['choice']}>
          <BackendSelect {...{ chosen, device, onChoose: setSolveBackend }} />
          <p className={styles['hint']}>{timed}</p>
        </div>
      )}
      <KernelSelect />
      {device && !device.selfTest.passed && (
        <p className={styles['warning']}>{selfTestText(device.selfTest)}</p>
      )}
      {device && device.backend.rejected.length > 0 && (
        <>
          <h3>Tried first</h3>
          <ul>
            {device.backend.rejected.map(({ name, reason }) => (
              <li key={name}>
                <b>
                  {name in backendNames ? backendNames[name as keyof typeof backendNames] : name}
                </b>
                : {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a
          href="#/check"
          onClick={(event) => {
            // With a modifier the browser opens it elsewhere; here the set-up is kept.
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onLeave();
            showView('check');
          }}
        >
          Check the numbers
        </a>{' '}
        against the tests’ reference values on this device.
      </p>
      <p className={styles['hint']}>
        Driver overhead, pipelines and other tabs aren’t visible to a page, so they aren’t in these
        numbers.
      </p>
    </div>
  );
}
