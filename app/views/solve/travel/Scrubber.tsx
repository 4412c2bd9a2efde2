import { clsx } from 'clsx';
import { useMemo, type KeyboardEvent, type PointerEvent } from 'react';
import { EventMark } from '../../../charts/eventMarks.tsx';
import { chartFrame, margins, type ResidualChartProps } from '../../../charts/frame.ts';
import { worst } from '../../../charts/series.ts';
import { formatResidual } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { sharesResidual, shownExperiment, solverOf } from '../../../store/solve/shown.ts';
import { useWidth } from '../../../ui/useWidth.ts';
import styles from './Scrubber.module.css';
import { ticksOf, withRoom } from './ticks.ts';

/** Marks closer than this to the one before would run into its word. */
const WORD_PIXELS = 70;

const moves: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

/** Where in the record the page looks; each iteration stands right below its point of the chart. */
export function Scrubber(props: ResidualChartProps) {
  const { records, cursor = null } = props;
  const { goTo } = useAppStore().getState();
  const pass = useApp((state) => state.pass);
  const experiment = useApp(shownExperiment);
  const { stopMode, tolerance } = solverOf(experiment, pass);
  const together = sharesResidual(experiment, pass);
  const { points, x } = useMemo(() => chartFrame(props), [props]);
  const ticks = useMemo(
    () => ticksOf(records, stopMode, tolerance, together),
    [records, stopMode, tolerance, together],
  );
  const [ref, width] = useWidth(600);
  const head = Math.max(0, records.length - 1);
  const at = cursor ?? head;
  const placeOf = (iteration: number): number => {
    // Long traces are thinned: the nearest point that is drawn will do.
    const point = points.findLast(({ record }) => record.iteration <= iteration);
    return (100 * (point?.x ?? 0)) / x.end;
  };
  const toPointer = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * x.end;
    const [nearest] = points.toSorted((a, b) => Math.abs(a.x - place) - Math.abs(b.x - place));
    if (nearest) goTo(nearest.record.iteration);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    goTo(Math.max(0, at + (event.shiftKey ? 10 : 1) * move));
  };
  const residual = formatResidual(worst(records[at]?.rel ?? []));
  const worded = withRoom(
    ticks.map(({ iteration }) => (placeOf(iteration) * width) / 100),
    WORD_PIXELS,
  );
  return (
    <div ref={ref} style={{ marginInline: `${String(margins.left)}px ${String(margins.right)}px` }}>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Iteration shown"
        aria-valuemin={0}
        aria-valuemax={head}
        aria-valuenow={at}
        aria-valuetext={`iteration ${String(at)} of ${String(head)}, relative residual ${residual}`}
        title="Look back: drag, or press ← and →"
        className={styles['slider']}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          toPointer(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) toPointer(event);
        }}
      >
        <div className={styles['track']} />
        <div className={styles['made']} style={{ width: `${String(placeOf(head))}%` }} />
        <div className={styles['past']} style={{ width: `${String(placeOf(at))}%` }} />
        <div
          className={clsx(styles['thumb'], cursor !== null && styles['back'])}
          style={{ left: `${String(placeOf(at))}%` }}
        />
      </div>
      {/* A shortcut for pointers; the slider leads everywhere. */}
      <div className={styles['ticks']} aria-hidden>
        {ticks.map(({ iteration, word, what, event, bad }, index) => {
          return (
            <span
              key={`${String(iteration)} ${what}`}
              className={clsx(
                styles['tick'],
                worded[index] && styles['worded'],
                bad === true && styles['bad'],
              )}
              style={{ left: `${String(placeOf(iteration))}%` }}
              title={`${what}, at iteration ${String(iteration)}`}
              onClick={() => {
                goTo(iteration);
              }}
            >
              {event ? <EventMark event={event} /> : <span className={styles['mark']} />}
              {worded[index] && <span>{word}</span>}
            </span>
          );
        })}
      </div>
    </div>
  );
}
