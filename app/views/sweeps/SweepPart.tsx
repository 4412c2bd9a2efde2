import '../../families/whole.ts';
import { Grid2x2Plus, Pause, Play, Square, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { cellKey, countCells, missingCells } from '../../../src/runs/sweep.ts';
import type { RunHead } from '../../../src/runs/run.ts';
import { plural } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { runsOf } from '../../store/runs/runs.ts';
import type { KeptSweep } from '../../store/sweeps/sweepShelf.ts';
import { sweepsOf, type Sweeps } from '../../store/sweeps/sweeps.ts';
import { Banner } from '../../ui/Banner.tsx';
import { say } from '../../ui/say.ts';
import { formatSpan } from '../train/trainFormat.ts';
import { sweepWords } from './cells.ts';
import { SweepForm } from './SweepForm.tsx';
import { SweepResult } from './SweepResult.tsx';
import styles from './Sweeps.module.css';
import { sweepView, useSweepView } from './sweepState.ts';

/** A deletion can be taken back for so long. */
const UNDO_MILLISECONDS = 15_000;

/** Sweeps: the one that runs, those that were made, and the form of a new one. */
export default function SweepPart() {
  const store = useAppStore();
  const sweeps = sweepsOf(store);
  const loaded = useStore(sweeps.state, (state) => state.loaded);
  const kept = useStore(sweeps.state, (state) => state.sweeps);
  const elsewhere = useStore(sweeps.state, (state) => state.elsewhere);
  const problem = useStore(sweeps.state, (state) => state.problem);
  // Of the one that runs only what a new cell changes: each of its steps is told too.
  const runningId = useStore(sweeps.state, ({ running }) => running?.id);
  const at = useStore(sweeps.state, ({ running }) => running?.cell ?? null);
  const heads = useApp(({ runs }) => runs.heads);
  const chosen = useSweepView((state) => state.chosen);
  useEffect(() => {
    void runsOf(store).ready();
  }, [store]);
  if (!loaded) return <p role="status">Looking for sweeps…</p>;
  const shown =
    chosen === 'new'
      ? undefined
      : (kept.find(({ sweep }) => sweep.id === (chosen ?? runningId)) ?? kept[0]);
  return (
    <>
      {problem !== null && (
        <Banner
          kind="notice"
          onDismiss={() => {
            sweeps.dismiss();
          }}
        >
          {problem}
        </Banner>
      )}
      <Progress sweeps={sweeps} />
      {kept.length > 0 && (
        <div className={styles['row']} role="group" aria-label="Sweeps">
          <label className={styles['pick']}>
            Sweep
            <select
              value={shown?.sweep.id ?? 'new'}
              onChange={({ target }) => {
                sweepView.setState({ chosen: target.value, cell: '' });
              }}
            >
              {kept.map((one) => (
                <option key={one.sweep.id} value={one.sweep.id}>
                  {one.sweep.name}: {sweepWords(one.sweep)}, {countWords(one, heads)}
                </option>
              ))}
              <option value="new">A new one…</option>
            </select>
          </label>
          {shown && (
            <>
              <Resume {...{ sweeps, heads, kept: shown, elsewhere }} />
              <button
                type="button"
                title="Deletes this sweep and its runs, those with a star, a pin or a note apart"
                onClick={() => {
                  remove(sweeps, shown);
                }}
              >
                <Trash2 size={14} aria-hidden /> Delete
              </button>
              <button
                type="button"
                onClick={() => {
                  sweepView.setState({ chosen: 'new' });
                }}
              >
                <Grid2x2Plus size={14} aria-hidden /> New sweep
              </button>
            </>
          )}
        </div>
      )}
      {shown ? (
        <SweepResult
          key={shown.sweep.id}
          kept={shown}
          at={runningId === shown.sweep.id ? at : null}
        />
      ) : (
        <SweepForm />
      )}
    </>
  );
}

/** "9 of 25". */
function countWords({ sweep }: KeptSweep, heads: readonly RunHead[]): string {
  const { done, total } = countCells(sweep, heads);
  return `${String(done)} of ${String(total)}`;
}

/** How far the sweep is that runs here. */
function Progress({ sweeps }: { readonly sweeps: Sweeps }) {
  const running = useStore(sweeps.state, (state) => state.running);
  const name = useStore(
    sweeps.state,
    (state) => state.sweeps.find(({ sweep }) => sweep.id === running?.id)?.sweep.name ?? '',
  );
  if (!running) return null;
  const { done, total, label, left } = running;
  return (
    <div className={styles['progress']} role="group" aria-label="The sweep that runs">
      <progress
        aria-label={`Cells of ${name}`}
        {...(total > 0 ? { max: total, value: done } : {})}
      />
      <span role="status">
        {name}: {total > 0 && `${String(done)} of ${String(total)} done. `}
        {label}
        {left !== null && left > 0 && `, about ${formatSpan(left / 1000)} left`}
      </span>
      <span className={styles['buttons']}>
        <button
          type="button"
          title="Stops at once; what is made stays, and Resume goes on from there"
          onClick={() => {
            sweeps.stop('paused');
          }}
        >
          <Pause size={14} aria-hidden /> Pause
        </button>
        <button
          type="button"
          title="Ends the sweep; what is made stays"
          onClick={() => {
            sweeps.stop('ended');
          }}
        >
          <Square size={13} aria-hidden /> Cancel
        </button>
      </span>
    </div>
  );
}

/** Goes on with a sweep that has cells to make, and says why it stands still. */
function Resume(props: {
  readonly sweeps: Sweeps;
  readonly heads: readonly RunHead[];
  readonly kept: KeptSweep;
  readonly elsewhere: boolean;
}) {
  const { sweeps, heads, kept, elsewhere } = props;
  const runningId = useStore(sweeps.state, ({ running }) => running?.id);
  const { sweep, state, failures } = kept;
  const missing = missingCells(sweep, heads);
  if (runningId === sweep.id || missing.length === 0) return null;
  const refused = missing.every(({ place }) => cellKey(place) in failures);
  const why = refused
    ? `${plural(missing.length, 'cell')} could not be made`
    : `${{ going: 'Interrupted', paused: 'Paused', ended: 'Ended early' }[state]}: ${countWords(kept, heads)}`;
  return (
    <>
      <span role="status" className={styles['muted']}>
        {elsewhere && state === 'going' ? 'Running in another tab' : why}
      </span>
      <button
        type="button"
        disabled={runningId !== undefined}
        title={
          runningId !== undefined
            ? 'Another sweep is running'
            : 'Makes the cells that have no run yet'
        }
        onClick={() => {
          void sweeps.goOn(sweep.id);
        }}
      >
        <Play size={14} aria-hidden /> {refused ? 'Try again' : 'Resume'}
      </button>
    </>
  );
}

function remove(sweeps: Sweeps, { sweep }: KeptSweep): void {
  void sweeps.remove(sweep.id).then((removed) => {
    if (!removed) return;
    sweepView.setState({ chosen: null, cell: '' });
    say('info', `Deleted the sweep ${sweep.name} and its runs`, {
      duration: UNDO_MILLISECONDS,
      action: { label: 'Undo', onClick: () => void sweeps.restore(removed) },
    });
  });
}
