import { Formula } from '../Formula.tsx';
import { RunPanel } from '../RunPanel.tsx';
import { Try } from '../Try.tsx';

/** Lesson 2: three ways to the fixed point. */
export function Solvers() {
  return (
    <>
      <p>
        How far a state is from being a fixed point shows in its <b>residual</b>: how much the layer
        still changes it.
      </p>
      <Formula name="residual" />
      <p>
        A solver stops when the residual is below the tolerance. The page draws it on a log axis,
        where steady progress is a straight line.
      </p>
      <h3>Picard: just iterate</h3>
      <Formula name="picard" />
      <p>
        With <Formula name="beta" inline /> = 1 this is the stack of layers. Near the fixed point
        each step multiplies the error by about the spectral radius <Formula name="rho" inline /> of
        the layer’s Jacobian, so close to 1 it crawls and above 1 it fails.
      </p>
      <h3>Anderson: mix what you have seen</h3>
      <Formula name="anderson" />
      <Formula name="mixing" />
      <p>
        It keeps the last <Formula name="window" inline /> evaluations and mixes them so that their
        residuals <Formula name="residualVector" inline /> cancel as well as they can.
      </p>
      <h3>Broyden: learn the slope</h3>
      <Formula name="broyden" />
      <p>
        Newton’s method with an estimate of the inverse Jacobian, made better by a rank-one update
        after each step. The original DEQ used it.
      </p>
      <RunPanel
        presets={['edge-of-stability', 'picard-diverges', 'anderson-window', 'expansive']}
      />
      <p>
        Do it yourself: open{' '}
        <Try view="solve" preset="picard-diverges">
          a layer on which Picard fails
        </Try>
        , then{' '}
        <Try view="solve" set={{ 'solver.method': 'anderson' }} focus="solver.method">
          switch to Anderson
        </Try>
        , and{' '}
        <Try
          view="solve"
          set={{ 'solver.method': 'anderson', 'solver.window': 2 }}
          focus="solver.window"
        >
          give it a window of 2
        </Try>
        .
      </p>
    </>
  );
}
