import { useApp } from '../../store/context.ts';
import { shownExperiment, solverOf } from '../../store/shown.ts';
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
        <li>{slopes[method]}</li>
        <li>
          The dotted line is the tolerance: below {formatPower(tolerance)} the solve stops. A marker
          on the curve is an event, listed under Solver events.
        </li>
      </ul>
    </Card>
  );
}

const slopes = {
  picard:
    'Picard feeds the output back in, as infinitely many equal layers would. A straight line here means the same factor gained each time; its slope is the spectral radius of the layer’s Jacobian.',
  anderson:
    'Anderson mixes the last few evaluations so that their residuals cancel. A steeper line than Picard’s is what the mixing gains.',
  broyden:
    'Broyden learns an inverse Jacobian from its own steps. The line bends down as it learns; plain iteration would be straight.',
} as const;
