import { X } from 'lucide-react';
import { fields } from '../../../../src/schema/fields.ts';
import type { TraceLine } from '../../../charts/frame.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import type { SolverSettings } from '../../../store/race.ts';
import { changeLane, FEWEST_LANES, mainSetting } from './lanes.ts';
import styles from './RaceCard.module.css';

interface LaneProps {
  readonly lanes: readonly SolverSettings[];
  readonly index: number;
}

const nameOf = (index: number): string => `lane ${String(index + 1)}`;

/** A lane's solver, with the setting that matters most, and how its curve looks. */
export function LaneSolver(props: LaneProps & { readonly line: TraceLine | undefined }) {
  const { lanes, index, line } = props;
  const { setLanes } = useAppStore().getState();
  const experiment = useApp((state) => state.experiment);
  const lane = lanes[index] ?? experiment.solver;
  const key = mainSetting[lane.method];
  const { symbol, label, min, max, step } = fields.solver[key];
  const change = (what: 'method' | typeof key, value: unknown): void => {
    setLanes(lanes.with(index, changeLane(experiment, lane, what, value)));
  };
  return (
    <div className={styles['lane']}>
      <svg width="22" height="8" aria-hidden>
        <path
          d="M0 4H22"
          stroke={line?.stroke ?? 'none'}
          strokeDasharray={line?.dash}
          strokeWidth="2.4"
        />
      </svg>
      <select
        aria-label={`Solver of ${nameOf(index)}`}
        value={lane.method}
        onChange={({ target }) => {
          change('method', target.value);
        }}
      >
        {fields.solver.method.options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <var>{symbol}</var>
      <input
        type="number"
        aria-label={`${label} of ${nameOf(index)}`}
        min={min}
        max={max}
        step={step}
        value={lane[key]}
        onChange={({ target }) => {
          if (target.value !== '') change(key, target.valueAsNumber);
        }}
      />
    </div>
  );
}

/** Takes a lane's solver into the rail, or the lane out of the race. */
export function LaneActions({ lanes, index }: LaneProps) {
  const { open, setLanes } = useAppStore().getState();
  const experiment = useApp((state) => state.experiment);
  const few = lanes.length <= FEWEST_LANES;
  return (
    <div className={styles['actions']}>
      <button
        type="button"
        className={styles['use']}
        aria-label={`Use the solver of ${nameOf(index)}`}
        title="Use this solver: its settings go into the rail"
        onClick={() => {
          open({ ...experiment, solver: lanes[index] ?? experiment.solver });
        }}
      >
        Use
      </button>
      <button
        type="button"
        className={styles['remove']}
        aria-label={`Remove ${nameOf(index)}`}
        title={few ? 'A race takes at least two' : 'Remove'}
        disabled={few}
        onClick={() => {
          setLanes(lanes.toSpliced(index, 1));
        }}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
