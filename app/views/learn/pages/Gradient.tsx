import { Formula } from '../Formula.tsx';
import { GradientPanel } from '../GradientPanel.tsx';
import { RunPanel } from '../RunPanel.tsx';
import { Try } from '../Try.tsx';

/** Lesson 3: the gradient without the path. */
export function Gradient() {
  return (
    <>
      <p>
        To train, one needs to know how the fixed point moves when a weight does. Going back through
        every step of the solver would work, but would have to remember all of them. It is not
        needed: the fixed point is defined by an equation, and that can be differentiated.
      </p>
      <Formula name="implicit" />
      <p>
        with the Jacobian <Formula name="jacobian" inline /> at the fixed point. This is the{' '}
        <b>implicit function theorem</b>. Nothing in it says how the point was found. In practice
        nobody inverts the matrix; one solves a second fixed-point equation, the <b>adjoint</b>,
        with the same solvers:
      </p>
      <Formula name="adjoint" />
      <p>
        Each of its steps is one backward pass through one layer, at one point. With its solution
        the gradient is
      </p>
      <Formula name="gradient" />
      <h3>Cheaper, and not quite right</h3>
      <p>
        Iterating the adjoint equation from zero sums up a series, the <b>Neumann series</b>.
      </p>
      <Formula name="neumann" />
      <p>
        Its first term alone is the <b>one-step gradient</b> (Jacobian-free backpropagation),{' '}
        <Formula name="oneStep" inline />. For one number everything can be written down:
      </p>
      <Formula name="toyGradient" />
      <GradientPanel />
      <p>
        The nearer the slope at the fixed point is to 1, the more terms it takes. On a real layer
        both solves are the same kind of thing. Play the forward one to its end, then choose
        Backward and play again:
      </p>
      <RunPanel
        presets={['gradients']}
        controls={['backward.method', 'backward.terms', 'backward.solver', 'backward.tolerance']}
        backward
      />
      <p>
        Compare the cheap ones:{' '}
        <Try view="solve" preset="gradients">
          open Cheap gradients, measured
        </Try>{' '}
        and use the gradient meter below the chart, then{' '}
        <Try view="solve" preset="gradients" set={{ 'backward.terms': 20 }} focus="backward.terms">
          take 20 terms
        </Try>{' '}
        or{' '}
        <Try
          view="solve"
          preset="gradients"
          set={{ 'backward.method': 'one-step' }}
          focus="backward.method"
        >
          only one
        </Try>
        .
      </p>
    </>
  );
}
