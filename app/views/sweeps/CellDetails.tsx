import { SlidersHorizontal } from 'lucide-react';
import { cellWords, type Sweep } from '../../../src/runs/sweep.ts';
import { capital } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { MOST_VISIBLE, runsOf } from '../../store/runs/runs.ts';
import { applyRun } from '../../store/runs/showRun.ts';
import { say } from '../../ui/say.ts';
import { metricWords } from '../runs/runWords.ts';
import type { DrawnCell } from './cells.ts';
import styles from './Sweeps.module.css';

/** What came of one cell, and what can be done with it. */
export function CellDetails({
  sweep,
  cell,
  best,
}: {
  readonly sweep: Sweep;
  readonly cell: DrawnCell;
  readonly best: boolean;
}) {
  const store = useAppStore();
  const visible = useApp(({ runs }) => runs.visible);
  const { head, words } = cell;
  const compared = head !== null && visible.includes(head.id);
  const full = !compared && visible.length >= MOST_VISIBLE;
  const numbers = head ? metricWords(head) : '';
  const parts = [best ? 'the best' : '', words, numbers].filter((part) => part !== '');
  const open = (): void => {
    const { open: openSettings, showView } = store.getState();
    showView(sweep.work === 'solve' ? 'solve' : 'train');
    if (!head) {
      openSettings(cell.cell.experiment);
      return;
    }
    void applyRun(store, head).then((said) => {
      if (said !== null) say('info', said, { duration: 8000 });
    });
  };
  return (
    <div className={styles['details']} role="group" aria-label="The chosen cell">
      <p role="status">
        <b>{capital(cellWords(sweep, cell.cell))}</b>
        {parts.length > 0 && <>: {parts.join(' · ')}</>}
      </p>
      {cell.state !== 'impossible' && (
        <span className={styles['buttons']}>
          <button
            type="button"
            title="Puts the settings of this cell into the rail; one undo brings yours back"
            onClick={open}
          >
            <SlidersHorizontal size={14} aria-hidden /> Open this set-up
          </button>
          <button
            type="button"
            disabled={head === null || full}
            aria-pressed={compared}
            title={
              head === null
                ? 'It has no run yet'
                : full
                  ? `At most ${String(MOST_VISIBLE)} runs are compared at a time: untick one under Runs`
                  : 'Its run among those that are compared under Runs'
            }
            onClick={() => {
              if (head) runsOf(store).tick(head.id, !compared);
            }}
          >
            {compared ? 'In Compare' : 'Compare its run'}
          </button>
        </span>
      )}
    </div>
  );
}
