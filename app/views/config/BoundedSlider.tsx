import { findField, type FieldPath } from '../../../src/schema/fields.ts';
import { settingAt } from '../../../src/schema/experiment.ts';
import { formatFigure } from '../../pictures/formatFigure.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import styles from './BoundedSlider.module.css';

/** The slider of a number that is safe between 0 and a bound: that stretch is marked below it, and ends at the bound. */
export function BoundedSlider({
  path,
  bound,
  of,
  reach = Infinity,
}: {
  readonly path: FieldPath;
  /** Null before it is known. */
  readonly bound: number | null;
  /** The bound as a formula. */
  readonly of: string;
  /** How many times the bound it reaches, where the setting goes further than one would drag. */
  readonly reach?: number;
}) {
  const value = useApp((state) => Number(settingAt(state.experiment, path)));
  const { change } = useAppStore().getState();
  const field = findField(path);
  if (field?.control !== 'number') return null;
  const { min } = field;
  const max = Math.min(field.max, bound === null ? Infinity : reach * bound);
  const share = (at: number): number =>
    (100 * (Math.min(max, Math.max(min, at)) - min)) / (max - min);
  return (
    <div className={styles['slider']}>
      <input
        type="range"
        aria-label={`${field.label} slider`}
        aria-valuetext={`${formatFigure(value)}${bound === null ? '' : value > 0 && value < bound ? ', within the bound' : ', outside of the bound'}`}
        {...{ min, max }}
        step={max - min < 1.5 ? 0.002 : 0.01}
        value={value}
        onChange={({ target }) => {
          change(path, target.valueAsNumber);
        }}
      />
      {bound !== null && (
        <div className={styles['scale']} aria-hidden>
          <span style={{ left: `${share(0)}%`, width: `${share(bound) - share(0)}%` }} />
          <i style={{ left: `${share(bound)}%` }} title={`${of} = ${formatFigure(bound)}`} />
        </div>
      )}
    </div>
  );
}
