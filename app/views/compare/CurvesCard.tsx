import { useMemo, useState } from 'react';
import type { RunHead } from '../../../src/runs/run.ts';
import { FigureButton } from '../../figures/FigureButton.tsx';
import { Card } from '../../ui/Card.tsx';
import { margins } from '../../charts/frame.ts';
import { valueAt } from '../../charts/stream/points.ts';
import hidden from '../../ui/hidden.module.css';
import { bandOf } from './band.ts';
import { frameOf } from './chartFrame.ts';
import { useCompare } from './compareState.ts';
import styles from './CompareView.module.css';
import { toldApart } from './configDiff.ts';
import CurveChart, { type DrawnBand, type DrawnLine } from './CurveChart.tsx';
import { timesCompare } from './devices.ts';
import type { Group, Member, Panel } from './groups.ts';
import { runLooks, type RunLook, type Slots } from './looks.ts';
import { formatLoss } from './metrics.ts';
import { formatResidual, plural } from '../../format.ts';
import { runLine, type RunLine } from './points.ts';
import { curvesWords, runNames } from './summaries.ts';
import { Swatch } from './Swatch.tsx';
import { useGreyLines, type Loaded } from './useTraces.ts';
import { axisLabels, axisValue, curveLabel } from './words.ts';

/** So many runs are drawn in the background: the newest. */
const MOST_GREYS = 40;

/** Curves of one meaning on one pair of axes. */
export function CurvesCard(props: {
  readonly panel: Panel;
  readonly group: Group;
  readonly slots: Slots;
  readonly traces: ReadonlyMap<string, Loaded>;
  /** Runs that are not visible, those that match the filter. */
  readonly others: readonly RunHead[];
  /** Runs that are not visible and differ in their seed alone from one that is. */
  readonly companions: readonly RunHead[];
}) {
  const { panel, group, slots, traces } = props;
  const { kind, name, axis } = panel;
  const log = useCompare((state) => state.log[kind]);
  const banded = useCompare((state) => state.bands);
  const inGrey = useCompare((state) => state.others);
  const hovered = useCompare((state) => state.hovered);
  const [cursor, setCursor] = useState<number | null>(null);
  const format = name === 'rel' || name === 'abs' ? formatResidual : formatLoss;

  const { lines, bands } = useMemo(
    () =>
      drawnOf(group.members, {
        companions: alike(props.companions, group, name),
        ...{ axis, slots, traces, banded, log },
      }),
    [group, props.companions, name, axis, slots, traces, banded, log],
  );
  const told = useMemo(() => toldApart(group.members.map(({ head }) => head)), [group]);
  const background = useMemo(
    () => (inGrey ? alike(props.others, group, name).slice(0, MOST_GREYS) : []),
    [inGrey, props.others, group, name],
  );
  const ready = group.members.every(({ head }) => traces.has(head.id));
  const greys = useGreyLines(background, axis, ready);
  const frame = useMemo(
    () =>
      frameOf(
        [...lines, ...greys].map(({ line }) => line.points),
        axis,
        log,
      ),
    [lines, greys, axis, log],
  );
  const problems = group.members.flatMap(({ head }) => {
    const one = traces.get(head.id);
    return one && 'problem' in one ? [`${head.name}: ${one.problem}`] : [];
  });
  const timeWarning =
    axis === 'milliseconds' && !timesCompare(group.members.map(({ head }) => head))
      ? ', on different devices or builds: times don’t compare'
      : '';
  const xLabel = `${axisLabels[axis].long}${timeWarning}`;
  const label = curvesWords({ name, axis, group, lines, bands, format });
  return (
    <Card
      title={`${curveLabel(name)}${group.unit === '' ? '' : `, ${group.unit}`}`}
      label={`${curveLabel(name)}: ${group.definition}`}
      className={styles['curves']}
      aside={
        <>
          <span className={styles['definition']}>{group.definition}</span>
          <FigureButton
            title={`${curveLabel(name)} of ${plural(lines.length, 'run')}: ${group.definition}`}
            data={
              lines.length === 0
                ? null
                : () => ({
                    columns: ['run', xLabel, `${curveLabel(name)} (${group.unit})`],
                    rows: [...lines, ...greys].flatMap(({ head, line }) =>
                      line.points.x.map((x, index) => [head.name, x, line.points.y[index] ?? null]),
                    ),
                  })
            }
            from={runNames(group.members.map(({ head }) => head))}
          />
        </>
      }
    >
      <ul className={styles['legend']} data-figure="" data-figure-words="">
        {lines.map(({ head, look, line, inBand }) => {
          const value = cursor === null ? line.points.y.at(-1) : valueAt(line.points, cursor);
          return (
            <li key={head.id} data-faint={inBand}>
              <Swatch look={look} />
              {head.name}
              {told.get(head.id) && <span className={styles['muted']}>{told.get(head.id)}</span>}
              <b>{value === null || value === undefined ? '—' : format(value)}</b>
            </li>
          );
        })}
        {bands.map(({ head, band }) => (
          <li key={`band ${head.id}`} className={styles['muted']}>
            {head.name}: median and range of {band.runs} seeds
          </li>
        ))}
        {greys.length > 0 && (
          <li className={styles['muted']}>
            {greys.length} more in grey
            {hovered !== null && greys.some(({ head }) => head.id === hovered) && (
              <>: {greys.find(({ head }) => head.id === hovered)?.head.name}</>
            )}
          </li>
        )}
        {cursor !== null && (
          <li className={styles['muted']}>
            at {axisValue(axis, cursor)} {axis === 'milliseconds' ? '' : axisLabels[axis].long}
          </li>
        )}
      </ul>
      <div
        className={styles['chart']}
        data-figure=""
        onPointerMove={({ clientX, currentTarget }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          const part = (clientX - left - margins.left) / (width - margins.left - margins.right);
          setCursor(part >= 0 && part <= 1 ? part * frame.x.end : null);
        }}
        onPointerLeave={() => {
          setCursor(null);
        }}
      >
        <CurveChart {...{ frame, lines, bands, greys, hovered, cursor, label }} />
      </div>
      <p
        className={styles['axis']}
        data-warned={timeWarning !== '' || undefined}
        data-figure=""
        data-figure-words=""
      >
        {xLabel}
      </p>
      {!ready && <p className={hidden['hidden']}>Reading the curves…</p>}
      {problems.map((problem) => (
        <p key={problem} className={styles['problem']} role="status">
          {problem}
        </p>
      ))}
    </Card>
  );
}

/** Runs that could stand on the same axes. */
export const alike = (runs: readonly RunHead[], group: Group, name: string): readonly Member[] =>
  runs.flatMap((head): Member[] => {
    const curve = head.curves.find((one) => one.name === name);
    const same = curve?.definition === group.definition && curve.unit === group.unit;
    return curve && same ? [{ head, curve }] : [];
  });

interface DrawOptions {
  readonly companions: readonly Member[];
  readonly axis: Panel['axis'];
  readonly slots: Slots;
  readonly traces: ReadonlyMap<string, Loaded>;
  readonly banded: boolean;
  readonly log: boolean;
}

/** Curves in their looks, and the bands of those that share a repeat. */
function drawnOf(
  members: readonly Member[],
  { companions, axis, slots, traces, banded, log }: DrawOptions,
): { readonly lines: readonly DrawnLine[]; readonly bands: readonly DrawnBand[] } {
  const lineOf = ({ head, curve }: Member): RunLine | null => {
    const loaded = traces.get(head.id);
    if (!loaded || !('trace' in loaded)) return null;
    const line = runLine(curve, loaded.trace, axis);
    return line.points.x.length > 0 || line.offScale.length > 0 ? line : null;
  };
  const lines: DrawnLine[] = [];
  const bands: DrawnBand[] = [];
  /** Repeats that a band stands for, with its look. */
  const drawn = new Map<string, RunLook>();
  for (const member of members) {
    const { head } = member;
    const line = lineOf(member);
    const look = runLooks[slots[head.id] ?? 0];
    if (!line || !look) continue;
    const repeat = banded ? head.repeat?.id : undefined;
    const known = repeat === undefined ? undefined : drawn.get(repeat);
    if (repeat === undefined || known) {
      // All seeds of one set-up are one to the eye.
      lines.push({ head, line, look: known ?? look, inBand: known !== undefined });
      continue;
    }
    const hidden = companions.filter((one) => one.head.repeat?.id === repeat);
    const seeds = [...members.filter((one) => one.head.repeat?.id === repeat), ...hidden];
    const band = bandOf(
      seeds.flatMap((one) => lineOf(one)?.points ?? []),
      log,
    );
    lines.push({ head, line, look, inBand: band !== null });
    if (!band) continue;
    bands.push({ head, look, band });
    drawn.set(repeat, look);
    for (const one of hidden) {
      const another = lineOf(one);
      if (another) lines.push({ head: one.head, line: another, look, inBand: true });
    }
  }
  return { lines, bands };
}
