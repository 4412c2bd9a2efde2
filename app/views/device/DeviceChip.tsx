import { clsx } from 'clsx';
import { CircleCheck, CircleDashed, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { DeviceFacts } from './DeviceFacts.tsx';
import { backendNames, backendText, needsAttention, selfTestText } from './deviceText.ts';
import styles from './DeviceChip.module.css';
import { useShownDevice } from './shownDevice.ts';

/** What computes and how much it holds, always in sight; a click tells everything about it. */
export function DeviceChip() {
  const [open, setOpen] = useState(false);
  const shown = useShownDevice();
  const { device } = shown;
  const text = backendText(shown);
  const amber = shown.picked ? device?.selfTest.passed === false : needsAttention(device);
  const stopped = shown.engine === 'stopped';
  const waiting = shown.engine === 'off' ? CircleDashed : LoaderCircle;
  const Icon = amber || stopped ? TriangleAlert : device ? CircleCheck : waiting;
  return (
    <div className={clsx(styles['chip'], (amber || stopped) && styles['amber'])}>
      <Icon size={14} aria-hidden />
      <output aria-label="backend" aria-live="off">
        {text}
      </output>
      <button
        type="button"
        className={styles['cover']}
        aria-label="Device details"
        title="Device, memory and numerics check"
        onClick={() => {
          setOpen(true);
        }}
      />
      {open && (
        <Dialog
          title="Device"
          onClose={() => {
            setOpen(false);
          }}
        >
          <DeviceDetails />
        </Dialog>
      )}
    </div>
  );
}

function DeviceDetails() {
  const { device } = useShownDevice();
  if (!device) return <p>The engine hasn’t started yet, so there is nothing to tell.</p>;
  const { rejected } = device.backend;
  return (
    <div className={styles['details']}>
      <DeviceFacts />
      {!device.selfTest.passed && (
        <p className={styles['warning']}>{selfTestText(device.selfTest)}</p>
      )}
      {rejected.length > 0 && (
        <>
          <h3>Tried first</h3>
          <ul>
            {rejected.map(({ name, reason }) => (
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
      <p className={styles['hint']}>
        Driver overhead, pipelines and other tabs aren’t visible to a page, so they aren’t in these
        numbers.
      </p>
    </div>
  );
}
