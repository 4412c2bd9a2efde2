import { formatExact, formatMilliseconds } from '../format.ts';
import styles from './ChartTooltip.module.css';
import { solverEvents } from '../../src/numerics/settingsOf.ts';
import { median, worst, type ChartPoint } from './series.ts';

/** A zero is worth a word: it is one, not something too small to be written. */
const exactly = (value: number): string => (value === 0 ? 'exactly 0' : formatExact(value));

/** The exact numbers of one record. */
export function ChartTooltip(props: { readonly point: ChartPoint; readonly batched: boolean }) {
  const { record } = props.point;
  const rows: readonly (readonly [string, string])[] = [
    ['evaluations', String(record.evaluations)],
    ['relative', exactly(worst(record.rel))],
    ['absolute', exactly(worst(record.abs))],
    ...(props.batched ? [['median, relative', formatExact(median(record.rel))] as const] : []),
    ['time', formatMilliseconds(record.milliseconds)],
  ];
  return (
    <div className={styles['tooltip']}>
      <b>Iteration {record.iteration}</b>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {record.event && <p>{solverEvents[record.event].words}</p>}
    </div>
  );
}
