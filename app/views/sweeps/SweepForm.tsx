import { Grid2x2Plus, Play } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { familyOf } from '../../../src/families/settings.ts';
import { makeGrid, sweepLimits, type Sweep } from '../../../src/runs/sweep.ts';
import { differences } from '../../../src/schema/experiment.ts';
import { presets } from '../../../src/schema/presets.ts';
import { plural } from '../../format.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { sweepsOf } from '../../store/sweeps/sweeps.ts';
import { Card } from '../../ui/Card.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { AxisEditor } from './AxisEditor.tsx';
import { estimateWords } from './estimate.ts';
import { suggestions } from './suggestions.ts';
import styles from './Sweeps.module.css';
import { sweepView, useSweepView, type DraftAxis } from './sweepState.ts';

const NO_SHAPE: readonly number[] = [];

/** Makes up a sweep of the set-up in the rail. */
export function SweepForm() {
  const store = useAppStore();
  const sweeps = sweepsOf(store);
  const experiment = useApp((state) => state.experiment);
  const shape = useApp((state) => state.problem?.shape) ?? NO_SHAPE;
  const heads = useApp(({ runs }) => runs.heads);
  const pace = useStore(sweeps.state, (state) => state.pace);
  const running = useStore(sweeps.state, (state) => state.running !== null);
  const { down, across, steps } = useSweepView((state) => state);
  const wanted = useSweepView((state) => state.work);
  const { learns, title: family } = familyOf(experiment.problem.family);
  const work = learns ? wanted : 'solve';
  const proposed = useMemo(() => suggestions(experiment, shape), [experiment, shape]);
  const made = useMemo(() => {
    const axes = [down, across].filter((axis) => axis !== null);
    return axes.length === 0 ? null : makeGrid({ work, base: experiment, axes, steps });
  }, [work, experiment, down, across, steps]);
  const changes = differences(experiment).length;
  const begin = (grid: Pick<Sweep, 'work' | 'base' | 'axes'>): void => {
    sweepView.setState({ chosen: null, cell: '' });
    void sweeps.begin(grid);
  };
  const busy = running ? 'A sweep is running: wait for it, or cancel it' : undefined;
  return (
    <Card title="A new sweep">
      <p className={styles['muted']}>
        Of the set-up in the settings: {presets[experiment.preset].title}
        {changes > 0 ? `, ${plural(changes, 'setting')} changed` : ''}. Each cell of the grid is
        {work === 'solve' ? ' solved to its end' : ' trained from the start'} in the background, by
        an engine of its own, and becomes a run; leave the view or solve something else meanwhile.
      </p>
      <div className={styles['proposed']} role="group" aria-label="Sweeps to begin with">
        {proposed.map(({ title, question, grid }) => (
          <button
            key={title}
            type="button"
            disabled={running}
            title={busy ?? 'Begins at once'}
            onClick={() => {
              begin(grid);
            }}
          >
            <Grid2x2Plus size={16} aria-hidden />
            <span>
              <b>{title}</b>
              <span>{question}</span>
              <span>{estimateWords(grid, pace, heads)}</span>
            </span>
          </button>
        ))}
      </div>
      <div className={styles['form']}>
        {learns && (
          <div className={styles['row']}>
            <Segmented
              label="What is made of each cell"
              value={work}
              options={[
                { value: 'solve', label: 'Solve', title: 'The forward solve, to its end' },
                { value: 'training', label: 'Train', title: 'A short training, from the start' },
              ]}
              onChange={(next) => {
                sweepView.setState({ work: next, down: null, across: null });
              }}
            />
            {work === 'training' && (
              <label className={styles['steps']}>
                Steps of each
                <input
                  type="number"
                  min={sweepLimits.steps.least}
                  max={sweepLimits.steps.most}
                  step={10}
                  value={steps}
                  onChange={({ target }) => {
                    const { least, most } = sweepLimits.steps;
                    const value = Math.round(target.valueAsNumber);
                    if (value >= least && value <= most) sweepView.setState({ steps: value });
                  }}
                />
              </label>
            )}
          </div>
        )}
        <div className={styles['axes']}>
          {(
            [
              ['down', 'First setting', down, across],
              ['across', 'Second setting', across, down],
            ] as const
          ).map(([side, label, axis, other]) => (
            <AxisEditor
              key={side}
              {...{ label, work, axis, other, shape }}
              base={experiment}
              optional={side === 'across'}
              onChange={(next: DraftAxis | null) => {
                sweepView.setState(side === 'down' ? { down: next } : { across: next });
              }}
            />
          ))}
        </div>
        <div className={styles['row']}>
          <button
            type="button"
            className={styles['begin']}
            disabled={running || !made || 'problem' in made}
            title={busy}
            onClick={() => {
              if (made && 'grid' in made) begin(made.grid);
            }}
          >
            <Play size={14} aria-hidden /> Start the sweep
          </button>
          <span role="status" className={styles['muted']}>
            {made === null
              ? `Choose one or two settings of the ${family.toLowerCase()}, at most ${String(sweepLimits.cells)} cells.`
              : 'problem' in made
                ? made.problem
                : estimateWords(made.grid, pace, heads)}
          </span>
        </div>
      </div>
    </Card>
  );
}
