import { settingsOf } from '../../../src/numerics/settingsOf.ts';
import { useApp } from '../../store/context.ts';
import { shownExperiment, solverOf } from '../../store/solve/shown.ts';
import { formatPower } from '../../format.ts';
import { Card } from '../../ui/Card.tsx';
import styles from './ReadingGuide.module.css';

/** Three sentences for people who see such a curve for the first time. */
export function ReadingGuide() {
  const pass = useApp((state) => state.pass);
  const { method, tolerance } = solverOf(useApp(shownExperiment), pass);
  return (
    <Card title="How to read this">
      <ul className={styles['guide']}>
        {pass === 'forward' ? (
          <li>
            The output of a deep equilibrium model is the state <var>z</var>* that its layer leaves
            unchanged: <var>z</var>* = <var>f</var>(<var>z</var>*, <var>x</var>). The residual says
            how far the layer still moves <var>z</var>.
          </li>
        ) : (
          <li>
            The gradient needs <var>u</var>, another fixed point: <var>u</var> = <var>J</var>ᵀ
            <var>u</var> + <var>g</var>, with <var>J</var> = ∂<var>f</var>/∂<var>z</var> at the
            forward point and <var>g</var> the loss’s gradient there. Each step is one backward
            pass; nothing of the forward solve was kept.
          </li>
        )}
        <li>{settingsOf(method).reading}</li>
        <li>
          The dotted line is the tolerance: below {formatPower(tolerance)} the solve stops. A marker
          on the curve is an event, listed under Solver events.
        </li>
      </ul>
    </Card>
  );
}
