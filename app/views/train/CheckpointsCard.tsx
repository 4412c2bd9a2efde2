import { Download, Star, Trash2 } from 'lucide-react';
import type { CheckpointEntry } from '../../store/train/types.ts';
import { formatCount, formatBytes } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import styles from './cards.module.css';
import { formatLoss } from './trainFormat.ts';
import { whereFrom } from './trainWords.ts';
import { SteadyButton } from '../../ui/SteadyButton.tsx';

/** States of runs that this browser keeps: the way back after a reload, a crash or a mistake. */
export function CheckpointsCard() {
  const checkpoints = useApp((state) => state.checkpoints);
  const problem = useApp((state) => state.checkpointProblem);
  return (
    <Card title="Checkpoints" aside="kept in this browser">
      {problem !== null && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
      {checkpoints.length === 0 ? (
        <p className={styles['empty']}>
          None yet. One is kept every 200 steps or 30 seconds, and whenever the held-out loss is the
          best so far.
        </p>
      ) : (
        <ul className={styles['list']}>
          {checkpoints.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </Card>
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
