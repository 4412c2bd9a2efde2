import type { RunAxis } from '../../../src/runs/run.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { choose, compareState, useCompare } from './compareState.ts';
import styles from './CompareView.module.css';
import type { Panel } from './groups.ts';
import { named } from './groups.ts';
import { axisLabels, curveLabel } from './words.ts';

/** What is drawn of solves, or of trainings: which curve, over what, and how. */
export function PanelControls({
  panel,
  seeds,
}: {
  readonly panel: Panel;
  readonly seeds: boolean;
}) {
  const { kind, names, name, axes, axis, without } = panel;
  const log = useCompare((state) => state.log[kind]);
  const others = useCompare((state) => state.others);
  const bands = useCompare((state) => state.bands);
  const title = kind === 'solve' ? 'Solves' : 'Trainings';
  return (
    <div className={styles['controls']} role="group" aria-label={`${title}: what is drawn`}>
      <h3>{title}</h3>
      <select
        aria-label={`Curve of ${title.toLowerCase()}`}
        value={name}
        onChange={({ target }) => {
          choose(kind, { name: target.value });
        }}
      >
        {names.map((one) => (
          <option key={one} value={one}>
            {curveLabel(one)}
          </option>
        ))}
      </select>
      <Segmented
        label={`Horizontal axis of ${title.toLowerCase()}`}
        value={axis}
        options={axes.map((value: RunAxis) => ({
          value,
          label: axisLabels[value].short,
          title: `Over ${axisLabels[value].long}`,
        }))}
        onChange={(next) => {
          choose(kind, { axis: next });
        }}
      />
      <Toggle
        pressed={log}
        title="Logarithmic vertical axis"
        onChange={(on) => {
          compareState.setState((state) => ({ log: { ...state.log, [kind]: on } }));
        }}
      >
        log
      </Toggle>
      <Toggle
        pressed={others}
        title="Draw other runs of the same quantity in grey; point at one to see which it is"
        onChange={(on) => {
          compareState.setState({ others: on });
        }}
      >
        others
      </Toggle>
      {seeds && (
        <Toggle
          pressed={bands}
          title="Draw runs that differ in their seed alone as one band, from the least to the most, with the median"
          onChange={(on) => {
            compareState.setState({ bands: on });
          }}
        >
          bands
        </Toggle>
      )}
      {without.length > 0 && (
        <span className={styles['muted']}>No such curve: {named(without)}.</span>
      )}
    </div>
  );
}
