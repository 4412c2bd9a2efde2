import { useMemo } from 'react';
import type { RunAxis } from '../../../src/runs/run.ts';
import type { Sweep } from '../../../src/runs/sweep.ts';
import { formatPower, formatTick } from '../../format.ts';
import { frameOf } from '../compare/chartFrame.ts';
import type { Member } from '../compare/groups.ts';
import { useGreyLines, type GreyLine } from '../compare/useTraces.ts';
import { axisLabels, curveLabel } from '../compare/words.ts';
import type { DrawnCell } from './cells.ts';
import { numberLook, SweepGrid, type CellLook, type PictureProps } from './SweepGrid.tsx';
import styles from './Sweeps.module.css';

const WIDTH = 104;
const HEIGHT = 56;

/** The curve that tells most of such a run, and over what. */
const curves = {
  solve: { name: 'rel', axis: 'iteration', log: true },
  training: { name: 'loss', axis: 'step', log: false },
} as const satisfies Readonly<
  Record<Sweep['work'], { readonly name: string; readonly axis: RunAxis; readonly log: boolean }>
>;

/** The curve of every cell, small, all on the same two axes. */
export function SmallMultiples(props: PictureProps) {
  const { sweep, cells, measure } = props;
  const { name, axis, log } = curves[sweep.work];
  const members = useMemo(
    () =>
      cells.flatMap(({ head }): Member[] => {
        const curve = head?.curves.find((one) => one.name === name);
        return head && curve ? [{ head, curve }] : [];
      }),
    [cells, name],
  );
  const lines = useGreyLines(members, axis, true);
  const frame = useMemo(
    () =>
      frameOf(
        lines.map(({ line }) => line.points),
        axis,
        log,
      ),
    [lines, axis, log],
  );
  const byRun = new Map(lines.map((one) => [one.head.id, one]));
  const [low, high] = frame.y.range;
  const look = (cell: DrawnCell): CellLook => {
    const ofNumber = numberLook(measure, cell, 12);
    const drawn = cell.head && byRun.get(cell.head.id);
    return {
      ...ofNumber,
      content: (
        <span className={styles['small']}>
          {drawn ? (
            <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
              <path d={`M0.5 0V${HEIGHT - 0.5}H${WIDTH}`} fill="none" stroke="var(--control)" />
              {frame.y.ticks.map((tick) => (
                <path
                  key={tick}
                  d={`M0 ${heightOf(tick, low, high, log)}H${WIDTH}`}
                  stroke="var(--line)"
                />
              ))}
              <path
                d={pathOf(drawn, frame.x.end, low, high, log)}
                fill="none"
                stroke={cell.state === 'ended' ? 'var(--series-2)' : 'var(--series-1)'}
                strokeWidth="1.8"
              />
            </svg>
          ) : (
            <span className={styles['empty']} />
          )}
          {ofNumber.content}
        </span>
      ),
    };
  };
  const [first = low, last = high] = [frame.y.ticks[0], frame.y.ticks.at(-1)];
  const span = log
    ? `from ${formatPower(first)} to ${formatPower(last)}, logarithmic`
    : `from ${formatTick(first)} to ${formatTick(last)}`;
  const words = `${curveLabel(name)}, ${span}, over ${axisLabels[axis].long}, up to ${String(frame.x.end)}`;
  return (
    <>
      <SweepGrid
        {...props}
        className={styles['multiples']}
        label={`${curveLabel(name)} of every cell`}
        look={look}
      />
      <p className={styles['muted']} data-figure="" data-figure-words="">
        {words}. Below each: {measure.kind.label}.
      </p>
    </>
  );
}

function heightOf(value: number, low: number, high: number, log: boolean): number {
  const at = (one: number): number => (log ? Math.log10(Math.max(one, low)) : one);
  return HEIGHT - ((at(value) - at(low)) / (at(high) - at(low))) * HEIGHT;
}

function pathOf({ line }: GreyLine, end: number, low: number, high: number, log: boolean): string {
  const { x, y } = line.points;
  const places = x.flatMap((at, index) => {
    const value = y[index];
    if (value === null || value === undefined) return [];
    const place = Math.max(0, heightOf(value, low, high, log));
    return [`${((at / (end || 1)) * WIDTH).toFixed(1)} ${place.toFixed(1)}`];
  });
  return places.length === 0 ? '' : `M${places.join('L')}`;
}
