import { Pin, Repeat, Star, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { sameDevice, type RunHead } from '../../../src/runs/run.ts';
import { Toggle } from '../../ui/Toggle.tsx';
import hidden from '../../ui/hidden.module.css';
import { hover, useCompare } from './compareState.ts';
import styles from './CompareView.module.css';
import { deviceWords } from './devices.ts';
import { runLooks, type Slots } from './looks.ts';
import { deltaOf, metricKind, metricOf, metricsCompare } from './metrics.ts';
import { endWords } from '../runs/runWords.ts';
import { columnMetrics, type RunRow } from './rows.ts';
import { Swatch } from './Swatch.tsx';

/** What can be done with a run, and how the page stands. */
export interface RowContext {
  readonly visible: readonly string[];
  readonly slots: Slots;
  /** Why no further run can be shown; undefined while one can. */
  readonly full: string | undefined;
  readonly pinsFull: string | undefined;
  /** Why no set-up can be repeated now; undefined while it can. */
  readonly repeating: string | undefined;
  readonly show: (id: string, on: boolean) => void;
  readonly star: (id: string, on: boolean) => void;
  readonly pin: (id: string, on: boolean) => void;
  readonly repeat: (head: RunHead) => void;
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** One run of the table. */
export const RunTableRow = memo(function RunTableRow({
  row: { head, diff },
  baseline,
  context,
}: {
  readonly row: RunRow;
  readonly baseline: RunHead | null;
  readonly context: RowContext;
}) {
  const { id, name, note, starred, pinned } = head;
  const { visible, slots, full, pinsFull } = context;
  const shown = visible.includes(id);
  const hovered = useCompare((state) => state.hovered === id);
  const look = shown ? (runLooks[slots[id] ?? 0] ?? null) : null;
  const timed = baseline && baseline.id !== id && !sameDevice(head.device, baseline.device);
  return (
    <tr
      data-hovered={hovered || undefined}
      onPointerEnter={() => {
        hover(id);
      }}
      onPointerLeave={() => {
        hover(null);
      }}
      onFocus={() => {
        hover(id);
      }}
      onBlur={() => {
        hover(null);
      }}
    >
      <td>
        <label className={styles['shown']} title={shown ? undefined : full}>
          <input
            type="checkbox"
            aria-label={`Show ${name}`}
            checked={shown}
            disabled={!shown && full !== undefined}
            onChange={({ target }) => {
              context.show(id, target.checked);
            }}
          />
          <Swatch look={look} />
        </label>
      </td>
      <th scope="row">
        {name}
        {starred && <span className={styles['tag']}>baseline</span>}
        {pinned && <span className={styles['tag']}>pinned</span>}
        <span className={styles['sub']}>
          {head.kind === 'training'
            ? 'training'
            : head.pass === 'backward'
              ? 'backward solve'
              : 'solve'}
          , {endWords(head)}
          {note !== '' && ` · ${note.split('\n')[0] ?? ''}`}
        </span>
      </th>
      <td className={styles['diff']} title={diff}>
        {diff === '' ? <span className={styles['muted']}>as the preset</span> : diff}
      </td>
      <MetricCell head={head} baseline={baseline} names={columnMetrics.outcome} called />
      <MetricCell head={head} baseline={baseline} names={columnMetrics.evaluations} />
      <MetricCell head={head} baseline={baseline} names={columnMetrics.pace}>
        {timed && (
          <span className={styles['warned']} title={`Another device: ${deviceWords(head.device)}`}>
            <TriangleAlert size={12} aria-hidden /> other device
          </span>
        )}
      </MetricCell>
      <MetricCell head={head} baseline={baseline} names={columnMetrics.peak} />
      <MetricCell head={head} baseline={baseline} names={columnMetrics.tokens} />
      <td className={styles['date']}>{dates.format(head.savedAt)}</td>
      <td>
        <span className={styles['actions']}>
          <Toggle
            pressed={starred}
            label={`Baseline: ${name}`}
            title="Baseline: the run that others are compared with"
            onChange={(on) => {
              context.star(id, on);
            }}
          >
            <Star size={14} aria-hidden fill={starred ? 'currentColor' : 'none'} />
          </Toggle>
          <Toggle
            pressed={pinned}
            label={`Pin ${name}`}
            title={
              !pinned && pinsFull !== undefined
                ? pinsFull
                : 'Pinned runs stay on top, and are shown whenever this view opens'
            }
            onChange={(on) => {
              if (!on || pinsFull === undefined) context.pin(id, on);
            }}
          >
            <Pin size={14} aria-hidden fill={pinned ? 'currentColor' : 'none'} />
          </Toggle>
          {head.kind === 'solve' && (
            <button
              type="button"
              className={styles['small']}
              aria-label={`Repeat ${name} with five seeds`}
              title={
                context.repeating ??
                'Solve the same set-up with five seeds, in the background, and draw their band'
              }
              disabled={context.repeating !== undefined}
              onClick={() => {
                context.repeat(head);
              }}
            >
              <Repeat size={13} aria-hidden /> ×5
            </button>
          )}
        </span>
      </td>
    </tr>
  );
});

/** A number with its difference from the baseline: sign, arrow and colour say the same. */
function MetricCell(props: {
  readonly head: RunHead;
  readonly baseline: RunHead | null;
  readonly names: readonly string[];
  /** Whether the number says what it is: a column may hold several metrics. */
  readonly called?: boolean;
  readonly children?: ReactNode;
}) {
  const { head, baseline, names, called = false } = props;
  const metric = metricOf(head, names);
  if (!metric) return <td className={styles['muted']}>—</td>;
  const { label, format } = metricKind(metric.name, metric.unit);
  const delta = deltaOf(head, baseline, metric.name);
  const apart =
    baseline !== null && baseline.id !== head.id && !metricsCompare(metric.name, head, baseline);
  const thing = / a second$/.test(metric.unit) ? ` ${metric.unit.replace(/ a second$/, '')}` : '';
  return (
    <td title={`${label}${metric.unit === '' ? '' : `, ${metric.unit}`}`}>
      {format(metric.value)}
      {thing}
      {delta && (
        <span className={styles['delta']} data-verdict={delta.verdict} title={delta.words}>
          <span aria-hidden>{delta.text}</span>
          <span className={hidden['hidden']}>, {delta.words}</span>
        </span>
      )}
      {called && <span className={styles['sub']}>{label}</span>}
      {called && apart && (
        <span
          className={styles['sub']}
          title="Its definition is another than the baseline’s, so no difference is taken"
        >
          not the baseline’s
        </span>
      )}
      {props.children}
    </td>
  );
}
