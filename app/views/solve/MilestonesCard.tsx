import { clsx } from 'clsx';
import { formatPower } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { shownExperiment, shownPast, solverOf, startOf } from '../../store/solve/shown.ts';
import { Card } from '../../ui/Card.tsx';
import { useThrottled } from '../../ui/useThrottled.ts';
import table from '../../ui/table.module.css';
import { meanFactor, milestones } from './milestones.ts';
import styles from './MilestonesCard.module.css';

/** The price of each digit: at which iteration the residual first fell below each power of ten. */
export function MilestonesCard() {
  const start = useApp(startOf);
  // What a fork or a kick left behind was another solve's work.
  const records = useThrottled(useApp(shownPast)).slice(start);
  const pass = useApp((state) => state.pass);
  const { stopMode, tolerance } = solverOf(useApp(shownExperiment), pass);
  const factor = meanFactor(records, stopMode);
  return (
    <Card title="The price of each digit" className={styles['card']}>
      <div className={styles['scroll']}>
        <table className={clsx(table['table'], styles['table'])}>
          <thead>
            <tr>
              <th scope="col">below</th>
              <th scope="col">iteration</th>
              <th scope="col">{pass === 'forward' ? 'evaluations' : 'Jᵀu products'}</th>
            </tr>
          </thead>
          <tbody>
            {milestones(records, stopMode, tolerance).map(({ below, record }) => (
              <tr key={below} data-reached={record !== null}>
                <th scope="row">{formatPower(below)}</th>
                <td>{record?.iteration ?? '—'}</td>
                <td>{record?.evaluations ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles['factor']}>
        {start > 0 && `From iteration ${String(start)} on, where this run left its parent. `}
        {factor === null
          ? records.length > 1
            ? 'No mean factor: the residual isn’t a finite number any more.'
            : 'The mean factor per iteration appears after the first.'
          : `On average × ${factor.toPrecision(2)} an iteration: ${decades(factor)}.`}
      </p>
    </Card>
  );
}

const decades = (factor: number): string => {
  const gained = -Math.log10(factor);
  if (Math.abs(gained) < 0.005) return 'no digits gained';
  return gained >= 0
    ? `${gained.toFixed(2)} digits gained each`
    : `${(-gained).toFixed(2)} digits lost each`;
};
