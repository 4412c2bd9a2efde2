import { differences, presetExperiment, settingAt } from '../../../src/schema/experiment.ts';
import { findField } from '../../../src/schema/fields.ts';
import { valueWords } from '../../../src/schema/valueWords.ts';
import { useApp } from '../../store/context.ts';
import { plural } from '../../format.ts';
import styles from './ConfigRail.module.css';

/** How far the set-up has moved from its preset, and the way back. */
export function ChangeSummary() {
  const experiment = useApp((state) => state.experiment);
  const restoreAll = useApp((state) => state.restoreAll);
  const changed = differences(experiment);
  if (changed.length === 0) return null;
  const before = presetExperiment(experiment.preset);
  return (
    <div className={styles['summary']}>
      <details>
        <summary>
          <span className={styles['mark']} aria-hidden />
          {plural(changed.length, 'change')} from preset
        </summary>
        <ul>
          {changed.map((path) => (
            <li key={path}>
              {findField(path)?.label}: {valueWords(path, settingAt(before, path))} →{' '}
              <b>{valueWords(path, settingAt(experiment, path))}</b>
            </li>
          ))}
        </ul>
      </details>
      {/* "Restore preset" would hold the word "reset", which is another button's name. */}
      <button type="button" onClick={restoreAll}>
        Restore all
      </button>
    </div>
  );
}
