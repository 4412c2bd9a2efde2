import { differences, presetExperiment, settingAt } from '../../../src/config/experiment.ts';
import { findField, type FieldPath } from '../../../src/config/fields.ts';
import { presets } from '../../../src/config/presets.ts';
import { useApp } from '../../store/context.ts';
import { formatPower, plural } from '../../format.ts';
import styles from './ConfigRail.module.css';

/** How far the set-up has moved from its preset, and the way back. */
export function ChangeSummary() {
  const experiment = useApp((state) => state.experiment);
  const restoreAll = useApp((state) => state.restoreAll);
  const changed = differences(experiment);
  const { title, claim } = presets[experiment.preset];
  if (changed.length === 0) {
    return (
      <p className={styles['claim']}>
        <b>{title}.</b> {claim}
      </p>
    );
  }
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
              {findField(path)?.label}: {show(path, settingAt(before, path))} →{' '}
              <b>{show(path, settingAt(experiment, path))}</b>
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

function show(path: FieldPath, value: string | number | boolean): string {
  const field = findField(path);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') {
    return field?.control === 'number' && field.scale === 'log'
      ? formatPower(value)
      : String(value);
  }
  if (field?.control === 'choice') {
    return field.options.find((option) => option.value === value)?.label ?? value;
  }
  const characters = Array.from(value);
  return characters.length > 24 ? `“${characters.slice(0, 23).join('')}…”` : `“${value}”`;
}
