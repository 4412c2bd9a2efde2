import { Formula } from '../Formula.tsx';
import { RunPanel } from '../RunPanel.tsx';
import { Try } from '../Try.tsx';

/** Lesson 6: what is different about training one. */
export function Training() {
  return (
    <>
      <p>
        A training step of a DEQ is: find the fixed point of a batch, take the loss there, solve the
        adjoint equation, move the weights. Two solves take the place of two passes through a stack.
      </p>
      <ul>
        <li>
          <b>Training needs less accuracy than a study.</b> A residual of 3 % is enough here, some
          seven iterations; the gradient’s own noise is larger.
        </li>
        <li>
          <b>The layer changes while it learns.</b> Nothing in the loss asks it to stay easy to
          solve. Its spectral radius tends to grow, and with it the number of iterations.
        </li>
        <li>
          <b>The Jacobian penalty asks for just that.</b> It adds the size of the Jacobian to the
          loss, estimated with a random vector:
        </li>
      </ul>
      <Formula name="penalty" />
      <ul>
        <li>
          <b>A cheap gradient may do.</b> The one-step gradient skips the adjoint solve, and while
          the layer contracts well it points in nearly the right direction.
        </li>
      </ul>
      <RunPanel presets={['train-moby-dick', 'train-copy', 'train-one-step', 'train-penalty']} />
      <p>
        Train one now:{' '}
        <Try view="train" preset="train-moby-dick">
          Moby-Dick in 200 steps
        </Try>
        . Then{' '}
        <Try
          view="train"
          preset="train-one-step"
          set={{ 'backward.method': 'one-step' }}
          focus="backward.method"
        >
          take the one-step gradient
        </Try>
        , or{' '}
        <Try
          view="train"
          preset="train-penalty"
          set={{ 'train.jacobianWeight': 0 }}
          focus="train.jacobianWeight"
        >
          train fast without the penalty
        </Try>{' '}
        and watch the solves get worse.
      </p>
    </>
  );
}
