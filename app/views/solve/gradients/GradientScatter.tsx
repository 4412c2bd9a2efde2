import type { GradientReport } from '../../../../src/engine/protocol/protocol.ts';
import { LogPlot, type LogSeries } from '../../../charts/LogPlot.tsx';
import { formatPower, formatResidual } from '../../../format.ts';
import { useWidth } from '../../../ui/useWidth.ts';
import styles from './GradientCard.module.css';
import {
  costOf,
  ERROR_FLOOR,
  formatCost,
  gradientLooks,
  gradientSummary,
  type Cost,
} from './gradientWords.ts';

/** A point for each method whose error is a number. */
export const scatterSeries = ({ rows }: GradientReport, cost: Cost): LogSeries[] =>
  rows
    .filter(({ relativeError }) => Number.isFinite(relativeError))
    .map((row) => {
      const { name, stroke, marker } = gradientLooks[row.kind];
      const x = costOf(row, cost);
      const title = `${row.label}: error ${formatResidual(row.relativeError)}, ${formatCost(x, cost)}`;
      const y = Math.max(row.relativeError, ERROR_FLOOR);
      return { name, stroke, marker, points: [{ x, y, title }] };
    });

/** Error against what it costs: down and to the left is better. */
export function GradientScatter(props: { readonly report: GradientReport; readonly cost: Cost }) {
  const { report, cost } = props;
  const [ref, width] = useWidth(260);
  return (
    <div ref={ref} className={styles['scatter']} data-figure="">
      <LogPlot
        series={scatterSeries(report, cost)}
        width={width}
        height={188}
        summary={`Relative error against ${cost === 'time' ? 'time' : 'peak memory'}. ${gradientSummary(report, cost)}`}
        xLabel={cost === 'time' ? 'time, ms' : 'peak memory, MB'}
        yLabel="relative error"
        formatX={(value) => String(Number((cost === 'time' ? value : value / 1e6).toPrecision(2)))}
        formatY={formatPower}
        right={62}
      />
    </div>
  );
}
