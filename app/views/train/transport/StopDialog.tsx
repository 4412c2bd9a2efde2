import { formatCount } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { stepOf } from '../../../store/train/trainText.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import styles from './StopDialog.module.css';

/** Asks before the charts of a run leave the page. */
export default function StopDialog({ onClose }: { readonly onClose: () => void }) {
  const step = useApp((state) => stepOf(state.run));
  const { stopTraining } = useAppStore().getState();
  return (
    <Dialog title="Stop this run?" onClose={onClose}>
      <p>
        Its charts leave the page. The run stays in this browser as a checkpoint at step{' '}
        {formatCount(step)}: resume it under Checkpoints whenever you like.
      </p>
      <div className={styles['actions']}>
        <button type="button" data-first="" onClick={stopTraining}>
          Stop the run
        </button>
        <button type="button" onClick={onClose}>
          Keep it
        </button>
      </div>
    </Dialog>
  );
}
