import { Download, Star, Trash2 } from 'lucide-react';
import type { CheckpointEntry } from '../../store/train/types.ts';
import { formatCount, formatBytes } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import styles from './cards.module.css';
import { formatLoss } from './trainFormat.ts';
import { whereFrom } from './trainWords.ts';
import { SteadyButton } from '../../ui/SteadyButton.tsx';

/** What is kept, newest first, each with what can be done with it. */
export default function CheckpointList() {
  const checkpoints = useApp((state) => state.checkpoints);
  return (
    <ul className={styles['list']}>
      {checkpoints.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}

function Entry({ entry }: { readonly entry: CheckpointEntry }) {
  const { id, step, steps, validation, bytes, savedAt, best } = entry;
  const from = useApp(({ experiment }) => whereFrom(entry.experiment, experiment));
  const busy = useApp(({ runPhase }) => runPhase === 'running' || runPhase === 'preparing');
  const { resume, downloadCheckpoint, deleteCheckpoint } = useAppStore().getState();
  const at = `step ${formatCount(step)}${from === null ? '' : ` of ${from}`}`;
  return (
    <li className={styles['entry']}>
      <div className={styles['words']}>
        <b>
          step {formatCount(step)} / {formatCount(steps)}
        </b>
        {best && (
          <span className={styles['best']}>
            <Star size={13} fill="currentColor" aria-hidden /> best
          </span>
        )}
        {from !== null && <p>of {from}</p>}
        <p>
          {validation !== null && `validation ${formatLoss(validation)} · `}
          {formatBytes(bytes)} · {timeOf(savedAt)}
        </p>
      </div>
      <SteadyButton
        aria-label={`Resume from ${at}`}
        title={busy ? 'Pause first' : `Go on from ${at} as if it had never stopped`}
        disabled={busy}
        onClick={() => {
          resume(id);
        }}
      >
        Resume
      </SteadyButton>
      <button
        type="button"
        className={styles['icon']}
        aria-label={`Download the state at ${at}`}
        title="Download"
        onClick={() => {
          downloadCheckpoint(id);
        }}
      >
        <Download size={15} aria-hidden />
      </button>
      <button
        type="button"
        className={styles['icon']}
        aria-label={`Delete the state at ${at}`}
        title="Delete"
        onClick={() => {
          deleteCheckpoint(id);
        }}
      >
        <Trash2 size={15} aria-hidden />
      </button>
    </li>
  );
}

/** The day and the minute, as the visitor's language writes them. */
const timeOf = (savedAt: number): string =>
  new Date(savedAt).toLocaleString(undefined, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
