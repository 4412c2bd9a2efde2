import { Suspense, useDeferredValue, useEffect, useMemo, type RefObject } from 'react';
import ResidualChart from '../../../charts/ResidualChart.tsx';
import type { ResidualChartProps } from '../../../charts/frame.ts';
import { picardLine } from '../../../charts/picardLine.ts';
import type { Axis } from '../../../charts/series.ts';
import { TracePreview } from '../../../charts/TracePreview.tsx';
import { lazyPart } from '../../../parts/lazyPart.tsx';
import { useApp, useAppStore } from '../../../store/context.ts';
import { cursorOn } from '../../../store/solve/shown.ts';
import type { FigureData } from '../../../figures/figureData.ts';
import type { Pass } from '../../../store/state.ts';
import styles from '../ResidualCard.module.css';
import { Scrubber } from './Scrubber.tsx';
import { TraceTools } from './TraceTools.tsx';
import { useTraceLines } from './useTraceLines.ts';

const ResidualTable = lazyPart(
  () => import('../ResidualTable.tsx'),
  'The table of records',
  'line',
);

/** The curve with all that stands beside it, and the way back through it. */
export default function Picture(
  props: ResidualChartProps & {
    /** Told what is drawn, for whoever saves it. */
    readonly drawnRef: RefObject<FigureData | null>;
  },
) {
  const { records, measure, axis, scale, tolerance, behind, rate, label = '', drawnRef } = props;
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
  useEffect(() => {
    const other = pass === 'forward' ? 'backward' : 'forward';
    drawnRef.current = {
      kind: 'residuals',
      chart: drawn,
      name,
      behind: lineNames[other],
      predicted: (start, end, low) =>
        typeof drawn.rate === 'number' ? picardLine(start, drawn.rate, end, low) : null,
    };
  }, [drawnRef, drawn, name, pass]);
  return (
    <>
      {table ? (
        <div className={styles['table']}>
          <Suspense>
            <ResidualTable records={records} measure={measure} rate={rate} from={from} />
          </Suspense>
        </div>
      ) : (
        <div className={styles['plot']} data-figure="">
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

const lineNames: Readonly<Record<Pass, string>> = {
  forward: 'forward solve',
  backward: 'adjoint solve',
};

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
