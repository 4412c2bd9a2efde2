import { Flag, GitCompareArrows, Square } from 'lucide-react';
import { useMemo } from 'react';
import { loadPart } from '../../../parts/loadPart.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { faultOf } from '../../../store/engine/faults.ts';
import { FigureButton } from '../../../figures/FigureButton.tsx';
import { Card } from '../../../ui/Card.tsx';
import { say } from '../../../ui/say.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { defaultLanes } from './lanes.ts';
import { raceLines, timedWords } from './raceLines.ts';
import styles from './RaceCard.module.css';
import { RaceChart } from './RaceChart.tsx';
import { RaceTable } from './RaceTable.tsx';

const axisWords = {
  iteration: 'iterations',
  evaluations: 'evaluations of f',
  milliseconds: 'milliseconds since iteration 0',
} as const;

/** Several solvers on the same f from the same z₀: which one pays, counted how? */
export default function RaceCard() {
  const store = useAppStore();
  const { startRace, stopRace, setAxis } = store.getState();
  const experiment = useApp((state) => state.experiment);
  const chosen = useApp((state) => state.lanes);
  const race = useApp((state) => state.race);
  const axis = useApp((state) => state.axis);
  const scale = useApp((state) => state.scale);
  const stopped = useApp((state) => state.engine === 'stopped' || state.fault !== null);
  const lanes = chosen ?? defaultLanes(experiment);
  const lines = useMemo(() => raceLines(race), [race]);
  const { progress, failure, rows, experiments } = race;
  const { stopMode, tolerance } = (experiments[0] ?? experiment).solver;
  return (
    <Card
      title="Solver race"
      aside={
        <>
          {rows.length > 0 && (
            <Segmented
              label="Horizontal axis of both charts"
              value={axis}
              onChange={setAxis}
              options={[
                { value: 'iteration', label: 'iterations', title: 'Updates of the solver' },
                { value: 'evaluations', label: 'evaluations', title: 'Evaluations of f' },
                { value: 'milliseconds', label: 'ms', title: 'Time since iteration 0' },
              ]}
            />
          )}
          {rows.length > 0 && (
            <FigureButton
              title={`Solver race: ${stopMode === 'rel' ? 'relative' : 'absolute'} residual over ${axisWords[axis]}`}
              data={{
                kind: 'residuals',
                chart: { records: [], measure: stopMode, axis, scale, tolerance, lines },
                name: '',
              }}
            />
          )}
          {rows.some(({ status }) => status !== 'running') && !progress && (
            <button
              type="button"
              title="Keep each lane as a run, and see them side by side in Compare"
              onClick={() => {
                loadPart(() => import('../../../store/runs/keepSolve.ts'))
                  .then(({ compareRace }) => compareRace(store))
                  .catch((error: unknown) => {
                    say('error', faultOf(error).message);
                  });
              }}
            >
              <GitCompareArrows size={14} aria-hidden />
              Keep as runs
            </button>
          )}
          {progress ? (
            <button type="button" onClick={stopRace}>
              <Square size={13} aria-hidden />
              Stop
            </button>
          ) : (
            <button
              type="button"
              disabled={stopped}
              onClick={() => {
                startRace(lanes);
              }}
            >
              <Flag size={14} aria-hidden />
              Start
            </button>
          )}
        </>
      }
    >
      <div className={styles['columns']}>
        <div className={styles['side']}>
          <RaceTable lanes={lanes} lines={lines} />
          <output className={styles['note']} aria-label="race">
            {progress
              ? `${progress.label}, ${String(progress.done)} of ${String(progress.total)} done`
              : (failure ?? timedWords(rows))}
          </output>
        </div>
        {rows.length > 0 ? (
          <div className={styles['chart']} data-figure="">
            <RaceChart
              lines={lines}
              measure={stopMode}
              axis={axis}
              scale={scale}
              tolerance={tolerance}
            />
          </div>
        ) : (
          <p className={styles['note']}>
            Each solver runs from z₀ to its end at full speed, with the tolerance and the limit in
            the rail: once to warm up, then up to five times in turns, of which the median time
            counts. Compare them by iterations, by evaluations of f, by time, and by what they keep
            in memory.
          </p>
        )}
      </div>
    </Card>
  );
}
