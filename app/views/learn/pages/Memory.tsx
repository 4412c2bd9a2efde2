import { DepthPanel } from '../DepthPanel.tsx';
import { Formula } from '../Formula.tsx';
import { RunPanel } from '../RunPanel.tsx';
import { Try } from '../Try.tsx';

/** Lesson 4: why memory does not grow with depth. */
export function Memory() {
  return (
    <>
      <p>
        Backpropagation needs what each layer computed on the way forward. An ordinary network
        therefore keeps the activations <Formula name="activations" inline /> of every one of its{' '}
        <Formula name="layers" inline /> layers until the backward pass comes by:
      </p>
      <Formula name="unrolledMemory" />
      <p>
        <b>Checkpointing</b> keeps only some states and computes the rest again, which trades time
        for memory:
      </p>
      <Formula name="checkpointMemory" />
      <p>
        A DEQ’s gradient looks at one point only, the fixed point. It keeps the activations of{' '}
        <b>one</b> evaluation, and the solver’s history: <Formula name="window" inline /> points and
        their residuals, each as large as a state <Formula name="state" inline />, which is small
        beside activations:
      </p>
      <Formula name="deqMemory" />
      <p>There is no depth in it. More iterations take more time, and no more memory.</p>
      <DepthPanel />
      <p>
        See it on the solver itself: step on, and the history fills, then drops its oldest entry for
        each new one. (This page’s WebGPU kernels reserve its room at the start, so that the bytes
        held do not even grow while it fills.)
      </p>
      <RunPanel presets={['memory']} controls={['solver.window', 'solver.maxIterations']} />
      <p>
        The Solve view measures all three on your device:{' '}
        <Try view="solve" preset="memory" focus="memory.depth">
          compare with 96 layers
        </Try>
        , or{' '}
        <Try view="solve" preset="memory" set={{ 'memory.depth': 12 }} focus="memory.depth">
          with 12
        </Try>
        . What the DEQ does keep is the solver’s history:{' '}
        <Try view="solve" preset="memory" set={{ 'solver.window': 20 }} focus="solver.window">
          raise Anderson’s window to 20
        </Try>{' '}
        and see the peak follow.
      </p>
    </>
  );
}
