import { Stethoscope } from 'lucide-react';
import { useRef } from 'react';
import { hasOption } from '../../../../src/schema/kindPaths.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { shownExperiment, shownRecords, shownStatus } from '../../../store/solve/shown.ts';
import { Card } from '../../../ui/Card.tsx';
import { useAnatomy, useForward } from '../insight/useInsight.ts';
import { diagnose } from './diagnose.ts';
import styles from './DiagnoseCard.module.css';
import { withPatch } from './fixes.ts';

/** Why the solve on screen ended badly, and settings to try; each can be undone. */
export default function DiagnoseCard() {
  const pass = useApp((state) => state.pass);
  const records = useApp(shownRecords);
  const status = useApp(shownStatus);
  const experiment = useApp(shownExperiment);
  const spectrum = useApp((state) => state.spectrum.report);
  const { last, start } = useForward();
  const root = useRef<HTMLDivElement>(null);
  // Only a method that mixes solves a system for its step. A branch's own count begins where it left its parent.
  const mixes = pass === 'forward' && hasOption(experiment.solver.method, 'ridge') && last > start;
  const { report: lastStep } = useAnatomy(root, mixes ? last - 1 - start : null, 'lastStep');
  const store = useAppStore();
  const found = diagnose({ pass, records, status, experiment, spectrum, lastStep });
  return (
    <div ref={root}>
      <Card
        title={
          <span className={styles['title']}>
            <Stethoscope size={15} aria-hidden />
            Diagnosis
          </span>
        }
        className={styles['card']}
      >
        {found.map(({ title, says, fixes }) => (
          <section key={title} className={styles['diagnosis']} aria-label={title}>
            <h3>{title}</h3>
            <p>{says}</p>
            {fixes.length > 0 && (
              <div className={styles['fixes']}>
                <span>Try</span>
                {fixes.map(({ label, patch }) => (
                  <button
                    key={label}
                    type="button"
                    title="Changes these settings and solves again; Undo takes it back"
                    onClick={() => {
                      const { experiment: current, open } = store.getState();
                      open(withPatch(current, patch), true);
                    }}
                  >
                    {label}
                  </button>
                ))}
              </div>
            )}
          </section>
        ))}
      </Card>
    </div>
  );
}
