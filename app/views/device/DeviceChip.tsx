import { clsx } from 'clsx';
import { CircleCheck, CircleDashed, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { backendText, needsAttention } from './deviceText.ts';
import styles from './DeviceChip.module.css';
import { useShownDevice } from './shownDevice.ts';

const DeviceDetails = lazyPart(() => import('./DeviceDetails.tsx'), 'Device');

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
      <output aria-label="backend" aria-live="off" title={text}>
        {text}
      </output>
      <button
        type="button"
        className={styles['cover']}
        aria-label="Device details"
        title={`${text}. Device, memory and numerics check`}
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
          <Suspense fallback={<p>Loading…</p>}>
            <DeviceDetails
              onLeave={() => {
                setOpen(false);
              }}
            />
          </Suspense>
        </Dialog>
      )}
    </div>
  );
}
