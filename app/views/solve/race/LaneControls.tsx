import { X } from 'lucide-react';
import { settingAt } from '../../../../src/schema/experiment.ts';
import { fields, findField, type FieldPath } from '../../../../src/schema/fields.ts';
import { mainPath } from '../../../../src/schema/kindPaths.ts';
import type { TraceLine } from '../../../charts/frame.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { useFitting } from '../../../store/config/useFitting.ts';
import type { SolverSettings } from '../../../store/solve/race.ts';
import { changeLane, FEWEST_LANES } from './lanes.ts';
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
  const main = mainPath(lane.method);
  const methods = useFitting(fields.solver.method, 'solver.method', lane.method);
  const change = (path: FieldPath, value: unknown): void => {
    setLanes(lanes.with(index, changeLane(experiment, lane, path, value)));
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
        title={methods.note}
        onChange={({ target }) => {
          change('solver.method', target.value);
        }}
      >
        {methods.field.options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {main && (
        <MainSetting
          path={main}
          of={nameOf(index)}
          value={settingAt({ ...experiment, solver: lane }, main)}
          onChange={(value) => {
            change(main, value);
          }}
        />
      )}
    </div>
  );
}

/** The setting that matters most for a lane's solver, in little room. */
function MainSetting(props: {
  readonly path: FieldPath;
  /** Whose it is. */
  readonly of: string;
  readonly value: string | number | boolean;
  readonly onChange: (value: unknown) => void;
}) {
  const { path, of, value, onChange } = props;
  const field = findField(path);
  if (field?.control === 'choice')
    return (
      <select
        aria-label={`${field.label} of ${of}`}
        value={String(value)}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      >
        {field.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  if (field?.control !== 'number') return null;
  const { symbol, label, min, max, step } = field;
  return (
    <>
      <var>{symbol}</var>
      <input
        type="number"
        aria-label={`${label} of ${of}`}
        min={min}
        max={max}
        // Any value, where the field has no grid.
        step={step === 0 ? 'any' : step}
        value={Number(value)}
        onChange={({ target }) => {
          if (target.value !== '') onChange(target.valueAsNumber);
        }}
      />
    </>
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
