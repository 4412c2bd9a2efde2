import { CobwebPanel } from '../CobwebPanel.tsx';
import { Formula } from '../Formula.tsx';
import { RunPanel } from '../RunPanel.tsx';
import { Try } from '../Try.tsx';

/** Lesson 1: what a fixed point is, and why a network might end in one. */
export function FixedPoints() {
  return (
    <>
      <p>
        A deep network is a stack of layers. Suppose all of them are the same layer, with the same
        weights, and each sees the input <Formula name="inputX" inline /> again:
      </p>
      <Formula name="stack" />
      <p>
        Often the states change less and less. Where they stop changing is a <b>fixed point</b>: put
        it into the layer, and it comes out again.
      </p>
      <Formula name="fixedPoint" />
      <p>
        A <b>deep equilibrium model</b> (DEQ) takes that point as its output. It has one layer, and
        behaves as if it had infinitely many. How it gets there is a separate question: any root
        finder will do, and where there is one fixed point, each gives the same answer.
      </p>
      <p>
        Below, the state is a single number and the layer is <Formula name="toyMap" inline />. The
        path goes up to the curve and across to the diagonal, again and again; where the curve
        crosses the diagonal, it has arrived.
      </p>
      <CobwebPanel />
      <p>
        Make the weight strongly negative and the path keeps running around a square, although the
        fixed point is still there. Then lower the damping, and it settles.
      </p>
      <p>
        The page’s smallest cell is the same with vectors, <Formula name="tanhCell" inline />. Each
        character of a text is an input of its own. Press Play, and let it settle:
      </p>
      <RunPanel presets={['contraction']} controls={['cell.gain', 'solver.damping']} />
      <p>
        Then{' '}
        <Try view="solve" preset="contraction" set={{ 'cell.gain': 0.9 }} focus="cell.gain">
          raise the gain to 0.9
        </Try>
        : larger weights, a slower way down.
      </p>
    </>
  );
}
