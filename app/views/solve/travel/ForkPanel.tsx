import { useState } from 'react';
import { settingsOf } from '../../../../src/numerics/settingsOf.ts';
import { changeSetting, type Experiment } from '../../../../src/schema/experiment.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { shownExperiment } from '../../../store/solve/shown.ts';
import { PanelForm } from './PanelForm.tsx';
import styles from './panels.module.css';
import { SolverFields } from './SolverFields.tsx';

/** Chooses the solver that goes on from the iteration shown. */
export function ForkPanel({ onClose }: { readonly onClose: () => void }) {
  const { fork } = useAppStore().getState();
  const base = useApp(shownExperiment);
  const at = useApp((state) => state.cursor ?? state.records.length - 1);
  const [draft, setDraft] = useState<Experiment>(
    () => changeSetting(base, 'solver.method', settingsOf(base.solver.method).next).experiment,
  );
  return (
    <PanelForm
      onClose={onClose}
      onSubmit={() => {
        fork(draft);
      }}
    >
      <p className={styles['note']}>
        The other solver starts at <var>z</var>
        <sub>{at}</sub>, without the first one’s history. The iterations so far stay in the chart as
        a faint line.
      </p>
      <SolverFields value={draft} base={base} onChange={setDraft} />
      <button type="submit" className={styles['go']}>
        Fork at iteration {at}
      </button>
    </PanelForm>
  );
}
