import { RotateCcw } from 'lucide-react';
import { findField } from '../../../../src/schema/fields.ts';
import { plural } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import styles from './TrainButtons.module.css';

/** Offers to begin again when a run is finished or where settings were changed that a run can't take over; says which. */
export function RestartButton() {
  const needed = useApp((state) => state.restartNeeded);
  const { restartTraining } = useAppStore().getState();
  const finished = useApp((state) => state.runPhase === 'finished');
  if (needed.length === 0 && !finished) return null;
  const changed = needed.length > 0;
  const name = changed ? `Restart with ${plural(needed.length, 'change')}` : 'Begin again';
  return (
    <div className={styles['restart']}>
      <button
        type="button"
        className={styles['restartButton']}
        aria-label={name}
        {...(changed ? { 'aria-describedby': 'restart-which' } : {})}
        onClick={restartTraining}
      >
        <RotateCcw size={16} aria-hidden />
        <span className={styles['long']}>{name}</span>
        <span className={styles['short']}>{changed && needed.length}</span>
      </button>
      {changed && (
        <div id="restart-which" role="tooltip" className={styles['which']}>
          The run goes on without:
          <ul>
            {needed.map((path) => (
              <li key={path}>
                <b>{findField(path)?.label ?? path}</b>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
