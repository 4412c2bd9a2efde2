import { clsx } from 'clsx';
import { worst } from '../../charts/series.ts';
import { formatPower, formatResidual, visibleCharacter } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import {
  cursorOn,
  sharesResidual,
  shownExperiment,
  shownRecord,
  solverOf,
} from '../../store/solve/shown.ts';
import { Card } from '../../ui/Card.tsx';
import { useThrottled } from '../../ui/useThrottled.ts';
import card from './ConvergenceCard.module.css';
import styles from './SamplesCard.module.css';

/** More bars than this have no room for a character under each. */
const MOST_LABELS = 48;

/** How far each sample of a batch has come. */
export default function SamplesCard() {
  const newest = useThrottled(useApp(shownRecord));
  const samples = useApp((state) => state.problem?.samples);
  const pass = useApp((state) => state.pass);
  const experiment = useApp(shownExperiment);
  const { stopMode, tolerance } = solverOf(experiment, pass);
  const cursor = useApp(cursorOn);
  const values = newest?.[stopMode] ?? [];
  const below = values.filter((value) => value < tolerance).length;
  const slowest = values.indexOf(worst(values));
  const name = (index: number): string => visibleCharacter(samples?.[index] ?? '');
  const lost = values.filter((value) => !Number.isFinite(value)).length;
  const together = sharesResidual(experiment, pass);
  const summary = together
    ? `By this convention all ${String(values.length)} samples together have one residual, now ${formatResidual(values[0])}`
    : `${String(below)} of ${String(values.length)} samples are below ${formatPower(tolerance)}`;
  const [low, high] = [Math.log10(tolerance) - 1, Math.max(0, Math.log10(finiteMax(values)))];
  const height = (value: number): number =>
    Number.isFinite(value)
      ? Math.min(1, Math.max(0.02, (Math.log10(Math.max(value, 1e-16)) - low) / (high - low)))
      : 1;
  const line = `${String(100 / (high - low))}%`;
  return (
    <Card
      title="Samples"
      aside={`log residual of each, ${cursor === null ? 'now' : `at iteration ${String(cursor)}`}`}
      className={card['card']}
    >
      <p className={styles['summary']}>
        {summary}
        {lost > 0 && !together && `; ${String(lost)} no longer finite (▲)`}
        {lost === 0 && !together && below < values.length && (
          <>
            ; the slowest, <b className={styles['glyph']}>{name(slowest)}</b>, is at{' '}
            {formatResidual(values[slowest])}
          </>
        )}
      </p>
      <div className={styles['plot']} role="img" aria-label={summary}>
        <div className={styles['line']} style={{ bottom: `calc(${line} * var(--bars))` }} />
        {values.map((value, index) => (
          <div
            key={index}
            className={styles['sample']}
            title={`${name(index)}: ${formatResidual(value)}`}
          >
            <div className={styles['space']}>
              <div
                className={clsx(styles['bar'], value < tolerance && styles['done'])}
                style={{ height: `${String(100 * height(value))}%` }}
              />
            </div>
            {values.length <= MOST_LABELS && (
              <span className={styles['label']}>{Number.isFinite(value) ? name(index) : '▲'}</span>
            )}
          </div>
        ))}
      </div>
    </Card>
  );
}

const finiteMax = (values: readonly number[]): number =>
  Math.max(...values.filter(Number.isFinite), 1e-16);
