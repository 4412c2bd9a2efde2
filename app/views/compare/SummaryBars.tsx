import type { RunHead } from '../../../src/runs/run.ts';
import { capital, plural } from '../../format.ts';
import { FigureButton } from '../../figures/FigureButton.tsx';
import { Card } from '../../ui/Card.tsx';
import { useWidth } from '../../ui/useWidth.ts';
import styles from './CompareView.module.css';
import { timesCompare } from './devices.ts';
import type { Group, Panel } from './groups.ts';
import { runLooks, type Slots } from './looks.ts';
import { runNames } from './summaries.ts';
import { metricKind, metricOf } from './metrics.ts';

/** Numbers that a bar from zero tells the truth about: a residual is not among them, its axis being logarithmic. */
const barred = [
  ...['validation', 'loss', 'bitsPerCharacter', 'accuracy', 'evaluations', 'iterations'],
  ...['milliseconds', 'msPerIteration', 'msPerStep', 'peakBytes', 'stepBytes', 'examplesPerSecond'],
];

const ROW = 20;
const NAME = 128;
const VALUE = 78;

/** Numbers of the visible runs side by side, each metric on a linear scale of its own from zero. */
export function SummaryBars({
  panel,
  group,
  slots,
}: {
  readonly panel: Panel;
  readonly group: Group;
  readonly slots: Slots;
}) {
  const runs = group.members.map(({ head }) => head);
  const metrics = barred.filter((name) => runs.filter((run) => finite(run, name)).length > 1);
  const warned = !timesCompare(runs);
  if (metrics.length === 0) return null;
  return (
    <Card
      title="Numbers"
      label={`Numbers of ${panel.kind === 'solve' ? 'solves' : 'trainings'}: ${group.definition}`}
      aside={
        <FigureButton
          title={`Numbers of ${plural(runs.length, 'run')}`}
          data={() => ({
            columns: [
              'run',
              ...metrics.map((name) => {
                const { unit } = runs.map((run) => metricOf(run, [name])).find(Boolean) ?? {};
                return unit ? `${name} (${unit})` : name;
              }),
            ],
            rows: runs.map((run) => [
              run.name,
              ...metrics.map((name) => metricOf(run, [name])?.value ?? null),
            ]),
          })}
          from={runNames(runs)}
        />
      }
    >
      <div className={styles['bars']} data-figure="">
        {metrics.map((name) => (
          <Bars key={name} {...{ name, runs, slots, warned }} />
        ))}
      </div>
    </Card>
  );
}

const finite = (run: RunHead, name: string): boolean =>
  Number.isFinite(metricOf(run, [name])?.value ?? NaN);

function Bars(props: {
  readonly name: string;
  readonly runs: readonly RunHead[];
  readonly slots: Slots;
  readonly warned: boolean;
}) {
  const { name, runs, slots } = props;
  const [ref, width] = useWidth(320);
  const metrics = runs.map((run) => ({ run, metric: metricOf(run, [name]) }));
  const unit = metrics.find(({ metric }) => metric)?.metric?.unit ?? '';
  const { label, format, timed = false } = metricKind(name, unit);
  const values = metrics.map(({ metric }) => metric?.value ?? NaN).filter(Number.isFinite);
  const most = Math.max(...values, 0) || 1;
  const better = metrics.find(({ metric }) => metric)?.metric?.better ?? 'lower';
  const note = timed && props.warned ? ', different devices or builds' : '';
  const words = metrics.map(
    ({ run, metric }) => `${run.name} ${metric ? format(metric.value) : 'none'}`,
  );
  return (
    <figure ref={ref}>
      <figcaption>
        {capital(label)}{' '}
        <span className={styles['muted']}>
          {better} is better{note}
        </span>
      </figcaption>
      <svg
        width={width}
        height={ROW * runs.length}
        role="img"
        aria-label={`Bars of ${label}: ${words.join(', ')}. ${capital(better)} is better${note}.`}
        fontSize="12"
      >
        {metrics.map(({ run, metric }, row) => {
          const value = metric?.value ?? NaN;
          const drawn = Number.isFinite(value);
          const length = drawn ? (Math.max(0, value) / most) * (width - NAME - VALUE) : 0;
          const stroke = runLooks[slots[run.id] ?? 0]?.stroke;
          return (
            <g key={run.id} transform={`translate(0 ${row * ROW})`}>
              <text y="14" fill="var(--text)">
                {clip(run.name)}
              </text>
              <rect
                x={NAME}
                y="4"
                width={Math.max(length, drawn ? 1 : 0)}
                height="12"
                fill={stroke}
              />
              <text x={NAME + length + 6} y="14" fill="var(--text)">
                {metric ? format(value) : '—'}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Long names end in dots: the column is as wide as most are. */
const clip = (name: string): string => {
  const characters = Array.from(name);
  return characters.length > 19 ? `${characters.slice(0, 18).join('')}…` : name;
};
