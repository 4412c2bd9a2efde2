import { Formula } from '../Formula.tsx';
import { RunPanel } from '../RunPanel.tsx';
import { Try } from '../Try.tsx';

/** Lesson 5: how solves fail, and what helps. */
export function Failure() {
  return (
    <>
      <h3>Divergence and swinging</h3>
      <p>
        Plain iteration converges in the end only where every eigenvalue of the Jacobian lies within
        the unit circle. It fails when
      </p>
      <Formula name="diverges" />
      <p>
        A bounded layer such as tanh or one with layer norm does not diverge to infinity then: it
        keeps swinging around the fixed point. Damping moves every eigenvalue towards 1,
      </p>
      <Formula name="eigenvalues" />
      <p>
        which brings negative and complex ones back into the circle. No damping helps against an
        eigenvalue whose real part is above 1.
      </p>
      <h3>Methods that know too little</h3>
      <p>
        Anderson with a window that is too small, or Broyden with a rank that is too low, forget
        what they would need. Broyden’s steps are not bounded by anything, so its residual can grow
        without limit. Once the relative residual has grown a thousandfold (the absolute one a
        millionfold), the page calls the solve diverged and stops.
      </p>
      <h3>Stalls, and the floor of float32</h3>
      <p>
        A float32 number has about seven digits. Once the residual is some 10⁻⁷ of the state, all
        that is left of it is rounding error, and no method gets further. Ask for 10⁻⁸ and the solve
        runs to its limit without converging.
      </p>
      <RunPanel presets={['damping', 'broyden-rank', 'no-solver', 'float32-floor']} />
      <p>
        Try the cures: on the swinging layer,{' '}
        <Try view="solve" preset="damping" set={{ 'solver.damping': 0.7 }} focus="solver.damping">
          lower β to 0.7
        </Try>
        ; for Broyden,{' '}
        <Try view="solve" preset="broyden-rank" set={{ 'solver.rank': 30 }} focus="solver.rank">
          raise the rank limit to 30
        </Try>
        ; at the floor,{' '}
        <Try
          view="solve"
          preset="float32-floor"
          set={{ 'solver.tolerance': 1e-6 }}
          focus="solver.tolerance"
        >
          ask for 1e-6
        </Try>
        ; and where no solver helps,{' '}
        <Try view="solve" preset="no-solver" set={{ 'cell.gain': 1 }} focus="cell.gain">
          lower the gain to 1
        </Try>
        .
      </p>
    </>
  );
}
