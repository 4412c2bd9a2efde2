import { formatPeak } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { withPatch } from '../diagnose/fixes.ts';
import { leanerFix } from './leaner.ts';
import type { MemoryPanel } from './memoryPanel.ts';
import styles from './MemoryCard.module.css';

/** Why a DEQ needs more than the unrolled network here, and what would change that. */
export function MoreThanUnrolled({ panel }: { readonly panel: MemoryPanel }) {
  const experiment = useApp((state) => state.experiment);
  const store = useAppStore();
  const { depth, problem } = panel;
  const fix = leanerFix(experiment, depth, problem);
  return (
    <div className={styles['more']}>
      <p>
        The solver’s history and systems outweigh this tiny layer: unrolled, a step keeps only{' '}
        {formatPeak(problem.sizes.layer)}.{' '}
        {fix
          ? 'With less of it the DEQ needs less than the unrolled network:'
          : 'No shorter history makes up for that at this depth; a larger layer or a greater depth does.'}
      </p>
      {fix && (
        <button
          type="button"
          title="Changes these settings and solves again; Undo takes it back"
          onClick={() => {
            const { experiment: current, open } = store.getState();
            open(withPatch(current, fix.patch));
          }}
        >
          {fix.label}: {formatPeak(fix.peak)} predicted
        </button>
      )}
    </div>
  );
}
