import { Layers2, Table2 } from 'lucide-react';
import { useApp, useAppStore } from '../../store/context.ts';
import { otherPass, shownExperiment } from '../../store/solve/shown.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { residualFormulas } from './residualFormulas.ts';
import styles from './ResidualCard.module.css';

const axes = [
  { value: 'iteration', label: 'by iteration' },
  { value: 'evaluations', label: 'by evaluations' },
  { value: 'milliseconds', label: 'by time' },
] as const;

/** What the residual chart shows, and how. */
export function ChartControls(props: {
  readonly measure: 'rel' | 'abs';
  /** Whether the other solve has a curve to draw behind. */
  readonly comparable: boolean;
}) {
  const { setMeasure, setAxis, setResidualView, setOverlay, setScale } = useAppStore().getState();
  const pass = useApp((state) => state.pass);
  const axis = useApp((state) => state.axis);
  const log = useApp((state) => state.scale === 'log');
  const overlay = useApp((state) => state.overlay);
  const table = useApp((state) => state.residualView === 'table');
  const applied = useApp(shownExperiment);
  const formulas = residualFormulas(applied, pass);
  return (
    <>
      {props.comparable && (
        <Toggle
          pressed={overlay}
          title={`Draw the ${otherPass(pass)} solve’s curve behind this one`}
          onChange={setOverlay}
        >
          <Layers2 size={15} aria-hidden />
          Overlay
        </Toggle>
      )}
      <Segmented
        label="Residual shown"
        value={props.measure}
        onChange={setMeasure}
        options={[
          { value: 'rel', label: 'Relative', title: formulas.rel },
          { value: 'abs', label: 'Absolute', title: formulas.abs },
        ]}
      />
      <select
        className={styles['select']}
        aria-label="Horizontal axis"
        title="What the horizontal axis counts (X)"
        value={axis}
        onChange={({ target }) => {
          setAxis(axes.find(({ value }) => value === target.value)?.value ?? 'iteration');
        }}
      >
        {axes.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Toggle
        pressed={log}
        label="Log residual axis"
        title="Logarithmic axis: equal factors are equally high (L)"
        onChange={(pressed) => {
          setScale(pressed ? 'log' : 'linear');
        }}
      >
        Log
      </Toggle>
      <Toggle
        pressed={table}
        title="The same numbers as a table"
        onChange={(pressed) => {
          setResidualView(pressed ? 'table' : 'chart');
        }}
      >
        <Table2 size={15} aria-hidden />
        Table
      </Toggle>
    </>
  );
}
