import { clsx } from 'clsx';
import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '../../store/context.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { DeviceFacts } from './DeviceFacts.tsx';
import { backendNames, backendText, needsAttention, selfTestText } from './deviceText.ts';
import styles from './DeviceChip.module.css';

/** What computes and how much it holds, always in sight; a click tells everything about it. */
export function DeviceChip() {
  const [open, setOpen] = useState(false);
  const text = useApp(backendText);
  const device = useApp((state) => state.device);
  const amber = needsAttention(device);
  const stopped = useApp((state) => state.engine === 'stopped');
  const Icon = amber || stopped ? TriangleAlert : device ? CircleCheck : LoaderCircle;
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
  const device = useApp((state) => state.device);
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
