import { useState } from 'react';
import { decades } from '../../../../src/schema/field.ts';
import { readField } from '../../../../src/schema/readField.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { shownExperiment } from '../../../store/solve/shown.ts';
import { noiseWords } from '../../../store/solve/traceNames.ts';
import { FieldControl } from '../../../ui/fields/FieldControl.tsx';
import { PanelForm } from './PanelForm.tsx';
import styles from './panels.module.css';

const size = decades({
  label: 'Noise',
  symbol: 'ε',
  help: 'Size of the noise relative to ‖z‖; at 1 it is as large as the state itself.',
  default: 0.1,
  min: 1e-4,
  max: 10,
});

/** Kicks z at the iteration shown: does it come back to the same fixed point? */
export function PerturbPanel({ onClose }: { readonly onClose: () => void }) {
  const { fork } = useAppStore().getState();
  const experiment = useApp(shownExperiment);
  const at = useApp((state) => state.cursor ?? state.records.length - 1);
  const [noise, setNoise] = useState(size.default);
  return (
    <PanelForm
      onClose={onClose}
      onSubmit={() => {
        fork(experiment, noise);
      }}
    >
      <p className={styles['note']}>
        Goes on from <var>z</var>
        <sub>{at}</sub> plus noise of {noiseWords(noise)} ‖<var>z</var>
        <sub>{at}</sub>‖, to the end, and says whether it found the same fixed point.
      </p>
      <FieldControl
        field={size}
        value={noise}
        changed={noise !== size.default}
        onChange={(raw) => {
          setNoise(readField(size, raw, noise).value);
        }}
        onRestore={() => {
          setNoise(size.default);
        }}
      />
      <button type="submit" className={styles['go']}>
        Perturb z at iteration {at}
      </button>
    </PanelForm>
  );
}
