import { useDeferredValue, useMemo } from 'react';
import ResidualChart from '../../../charts/ResidualChart.tsx';
import type { ResidualChartProps } from '../../../charts/frame.ts';
import type { Axis } from '../../../charts/series.ts';
import { TracePreview } from '../../../charts/TracePreview.tsx';
import { useApp, useAppStore } from '../../../store/context.ts';
import { cursorOn } from '../../../store/solve/shown.ts';
import type { Pass } from '../../../store/state.ts';
import styles from '../ResidualCard.module.css';
import { ResidualTable } from '../ResidualTable.tsx';
import { Scrubber } from './Scrubber.tsx';
import { TraceTools } from './TraceTools.tsx';
import { useTraceLines } from './useTraceLines.ts';

/** The curve with all that stands beside it, and the way back through it. */
export default function Picture(props: ResidualChartProps) {
  const { records, measure, axis, scale, tolerance, behind, rate, label = '' } = props;
  const { goTo } = useAppStore().getState();
  const cursor = useApp(cursorOn);
  const pass = useApp((state) => state.pass);
  const from = useApp((state) => (state.pass === 'forward' ? (state.branch?.at ?? 0) : 0));
  const table = useApp((state) => state.residualView === 'table');
  const { lines, name } = useTraceLines();
  const chart = useMemo(
    (): ResidualChartProps => ({
      ...{
        records,
        measure,
        axis,
        scale,
        tolerance,
        behind,
        rate,
        from,
        lines,
        name,
        onPick: goTo,
        label: `${residualNames[pass]} over ${axisWords[pass][axis]}. ${label}`,
      },
      // What is drawn may be a moment behind the state.
      cursor: cursor !== null && cursor < records.length ? cursor : null,
    }),
    [
      records,
      measure,
      axis,
      scale,
      tolerance,
      behind,
      rate,
      from,
      lines,
      name,
      goTo,
      pass,
      label,
      cursor,
    ],
  );
  // The dearest drawing of the page comes after the figures and pictures beside it: what a pen draws is answered sooner.
  const drawn = useDeferredValue(chart);
  return (
    <>
      {table ? (
        <div className={styles['table']}>
          <ResidualTable records={records} measure={measure} rate={rate} from={from} />
        </div>
      ) : (
        <div className={styles['plot']}>
          {/* Recharts draws no axes without data; the preview does. */}
          {drawn.records.length === 0 ? <TracePreview {...drawn} /> : <ResidualChart {...drawn} />}
          <p className={styles['axis']}>{axisWords[pass][axis]}</p>
        </div>
      )}
      <div className={styles['travel']}>
        <Scrubber {...chart} />
        <TraceTools lines={lines} />
      </div>
    </>
  );
}

const residualNames: Readonly<Record<Pass, string>> = {
  forward: 'Residual',
  backward: 'Adjoint residual',
};

const axisWords: Readonly<Record<Pass, Readonly<Record<Axis, string>>>> = {
  forward: {
    iteration: 'iterations',
    evaluations: 'evaluations of f',
    milliseconds: 'milliseconds since iteration 0',
  },
  backward: {
    iteration: 'iterations',
    evaluations: 'backward passes through f',
    milliseconds: 'milliseconds since iteration 0',
  },
};
