import { formatExact, formatMilliseconds } from '../format.ts';
import styles from './ChartTooltip.module.css';
import { eventWords, median, worst, type ChartPoint } from './series.ts';

/** The exact numbers of one record. */
export function ChartTooltip(props: { readonly point: ChartPoint; readonly batched: boolean }) {
  const { record } = props.point;
  const rows: readonly (readonly [string, string])[] = [
    ['evaluations', String(record.evaluations)],
    ['relative', formatExact(worst(record.rel))],
    ['absolute', formatExact(worst(record.abs))],
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
      {record.event && <p>{eventWords[record.event]}</p>}
    </div>
  );
}
