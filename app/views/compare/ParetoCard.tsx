import { useMemo, useState } from 'react';
import type { RunHead } from '../../../src/runs/run.ts';
import { markerPaths } from '../../charts/markers.ts';
import { capital, formatPower, formatTick } from '../../format.ts';
import { FigureButton } from '../../figures/FigureButton.tsx';
import { Card } from '../../ui/Card.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useWidth } from '../../ui/useWidth.ts';
import { valueScale } from './chartFrame.ts';
import { hover, useCompare } from './compareState.ts';
import styles from './CompareView.module.css';
import { alike } from './CurvesCard.tsx';
import { timesCompare } from './devices.ts';
import type { Group, Panel } from './groups.ts';
import { runLooks, type Slots } from './looks.ts';
import { metricKind, metricOf } from './metrics.ts';
import { runNames } from './summaries.ts';
import { frontWords, paretoFront, type Candidate } from './pareto.ts';

/** What a result may have cost. */
const costs = ['milliseconds', 'evaluations', 'peakBytes', 'stepBytes'] as const;
type Cost = (typeof costs)[number];
const costWords: Readonly<Record<Cost, string>> = {
  milliseconds: 'time',
  evaluations: 'evaluations',
  peakBytes: 'memory',
  stepBytes: 'memory of a step',
};

const HEIGHT = 260;
const MARGIN = { top: 14, right: 96, bottom: 36, left: 58 } as const;

/** What was reached against what it cost, and the runs that no other beats. */
export function ParetoCard(props: {
  readonly panel: Panel;
  readonly group: Group;
  readonly slots: Slots;
  readonly others: readonly RunHead[];
}) {
  const { panel, group, slots } = props;
  const inGrey = useCompare((state) => state.others);
  const [wanted, setWanted] = useState<Cost>('milliseconds');
  const result = resultOf(panel, group);
  const shown = useMemo(() => group.members.map(({ head }) => head), [group]);
  const all = useMemo(
    () => [
      ...shown,
      ...(inGrey ? alike(props.others, group, panel.name).map(({ head }) => head) : []),
    ],
    [shown, inGrey, props.others, group, panel.name],
  );
  const able = costs.filter((cost) => all.some((run) => metricOf(run, [cost]) !== null));
  const cost = able.includes(wanted) ? wanted : able[0];
  if (result === null || cost === undefined) return null;
  const candidates = all.flatMap((head): Candidate[] => {
    const [x, y] = [metricOf(head, [cost])?.value, metricOf(head, [result])?.value];
    const drawn = x !== undefined && y !== undefined && x > 0 && Number.isFinite(x);
    return drawn && Number.isFinite(y) ? [{ head, x, y }] : [];
  });
  const left = shown.filter(({ id }) => !candidates.some(({ head }) => head.id === id));
  const [ofX, ofY] = [metricKind(cost), metricKind(result)];
  const words = frontWords(
    candidates,
    shown.map(({ id }) => id),
    ofX.format,
    ofY.format,
  );
  const warning =
    ofX.timed === true && !timesCompare(candidates.map(({ head }) => head))
      ? ', on different devices or builds'
      : '';
  return (
    <Card
      title={`${capital(ofY.label)} against ${ofX.label}`}
      label={`Trade-off of ${panel.kind === 'solve' ? 'solves' : 'trainings'}: ${group.definition}`}
      aside={
        <>
          {able.length > 1 && (
            <Segmented
              label="What it cost"
              value={cost}
              options={able.map((value) => ({
                value,
                label: costWords[value],
                title: `Against ${metricKind(value).label}`,
              }))}
              onChange={setWanted}
            />
          )}
          <FigureButton
            title={`${capital(ofY.label)} against ${ofX.label}${warning}`}
            data={() => ({
              columns: ['run', ofX.label, ofY.label],
              rows: candidates.map(({ head, x, y }) => [head.name, x, y]),
            })}
            from={runNames(candidates.map(({ head }) => head))}
          />
        </>
      }
    >
      <Scatter
        {...{ candidates, slots }}
        visible={shown.map(({ id }) => id)}
        x={{ label: `${ofX.label}${warning}`, format: ofX.format, log: true }}
        y={{ label: ofY.label, format: ofY.format, log: ofY.log }}
        summary={`Scatter of ${ofY.label} against ${ofX.label}. ${words}`}
      />
      <p className={styles['words']}>{words}</p>
      {left.length > 0 && (
        <p className={styles['muted']}>
          Not drawn, without a finite number: {left.map(({ name }) => name).join(', ')}.
        </p>
      )}
    </Card>
  );
}

/** The number that curves of that name end with. */
function resultOf({ kind, name }: Panel, { members }: Group): string | null {
  const wanted = kind === 'solve' ? [name, 'rel'] : [name, 'validation', 'loss'];
  return (
    wanted.find((metric) => members.some(({ head }) => metricOf(head, [metric]) !== null)) ?? null
  );
}

interface AxisOf {
  readonly label: string;
  readonly format: (value: number) => string;
  readonly log: boolean;
}

/** Places along one axis, and its ticks. */
const scaleOf = (values: readonly number[], { log }: AxisOf, from: number, to: number) =>
  valueScale(values, log && values.some((value) => value > 0), from, to);

function Scatter(props: {
  readonly candidates: readonly Candidate[];
  readonly visible: readonly string[];
  readonly slots: Slots;
  readonly x: AxisOf;
  readonly y: AxisOf;
  readonly summary: string;
}) {
  const { candidates, visible, slots } = props;
  const [ref, width] = useWidth(480);
  const hovered = useCompare((state) => state.hovered);
  const edge = { right: width - MARGIN.right, bottom: HEIGHT - MARGIN.bottom };
  const x = scaleOf(
    candidates.map((one) => one.x),
    props.x,
    MARGIN.left,
    edge.right,
  );
  const y = scaleOf(
    candidates.map((one) => one.y),
    props.y,
    edge.bottom,
    MARGIN.top,
  );
  // Zero has no place on a log axis: it stands on the edge.
  const down = (value: number): number => Math.min(edge.bottom, y.at(value));
  const front = paretoFront(candidates);
  // From one run to the next nobody has shown that there is anything better than the step.
  const steps = front
    .map((one, index) => {
      const place = `${x.at(one.x).toFixed(1)} ${down(one.y).toFixed(1)}`;
      return index === 0 ? `M${place}` : `H${x.at(one.x).toFixed(1)}V${down(one.y).toFixed(1)}`;
    })
    .join('');
  const ordered = candidates.toSorted(
    (a, b) => Number(visible.includes(a.head.id)) - Number(visible.includes(b.head.id)),
  );
  return (
    <div ref={ref} data-figure="">
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label={props.summary}
        fontSize="12"
      >
        {y.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${MARGIN.left} ${down(tick)}H${edge.right}`} stroke="var(--line)" />
            <text x={MARGIN.left - 5} y={down(tick) + 4} textAnchor="end" fill="var(--muted)">
              {props.y.log ? formatPower(tick) : formatTick(tick)}
            </text>
          </g>
        ))}
        {spaced(x.ticks, x.at).map((tick) => (
          <text
            key={tick}
            x={x.at(tick)}
            y={edge.bottom + 15}
            textAnchor="middle"
            fill="var(--muted)"
          >
            {props.x.format(tick)}
          </text>
        ))}
        <path d={`M${MARGIN.left} ${edge.bottom}H${edge.right}`} stroke="var(--control)" />
        <text
          x={(MARGIN.left + edge.right) / 2}
          y={HEIGHT - 4}
          textAnchor="middle"
          fill="var(--muted)"
        >
          {props.x.label}
        </text>
        {front.length > 1 && (
          <path
            d={steps}
            fill="none"
            stroke="var(--text)"
            strokeDasharray="2 3"
            strokeWidth="1.3"
          />
        )}
        {ordered.map(({ head, x: cost, y: reached }) => {
          const slot = visible.includes(head.id) ? slots[head.id] : undefined;
          const look = slot === undefined ? undefined : runLooks[slot];
          const looked = hovered === head.id;
          const onFront = front.some((one) => one.head.id === head.id);
          return (
            <g
              key={head.id}
              transform={`translate(${x.at(cost)} ${down(reached)})`}
              onPointerEnter={() => {
                hover(head.id);
              }}
              onPointerLeave={() => {
                hover(null);
              }}
            >
              <title>{`${head.name}: ${props.x.format(cost)}, ${props.y.format(reached)}`}</title>
              {/* Something to hit. */}
              <circle r="10" fill="transparent" />
              <path
                d={markerPaths[look?.marker ?? 'circle']}
                transform={look ? 'scale(1.15)' : `scale(${looked ? 1.1 : 0.7})`}
                fill={look && onFront ? look.stroke : 'var(--page)'}
                stroke={look?.stroke ?? (looked ? 'var(--text)' : 'var(--control)')}
                strokeWidth="2"
              />
              {(look || looked) && (
                <text
                  x="9"
                  y="4"
                  fill="var(--text)"
                  stroke="var(--page)"
                  strokeWidth="3"
                  paintOrder="stroke"
                >
                  {head.name}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** Ticks whose words have room beside each other. */
function spaced(ticks: readonly number[], at: (value: number) => number): readonly number[] {
  let last = -Infinity;
  return ticks.filter((tick) => {
    if (at(tick) - last < 52) return false;
    last = at(tick);
    return true;
  });
}
