import { useApp } from '../../store/context.ts';
import { call, fOfZ, Sub, term, type EquationLine } from '../equation.tsx';
import { EquationBody } from '../EquationBody.tsx';

/** The layer and how its W is made; the same for both kinds of layer, whose products differ. */
export const monotoneEquation: readonly EquationLine[] = [
  {
    id: 'f',
    left: fOfZ,
    around: call('relu'),
    terms: [
      term('state', <var>W z</var>),
      term('input', <var>U x</var>),
      term('bias', <var>b</var>),
    ],
  },
  {
    id: 'W',
    left: <var>W</var>,
    terms: [
      term(
        'identity',
        <>
          (1 − <var>m</var>) <var>I</var> − <var>A</var>ᵀ<var>A</var>
        </>,
      ),
      term(
        'skew',
        <>
          <var>B</var> − <var>B</var>ᵀ
        </>,
      ),
    ],
  },
  {
    id: 'certificate',
    left: (
      <>
        sym(<var>I</var> − <var>W</var>)
      </>
    ),
    terms: [
      term(
        'definite',
        <>
          <var>m I</var> + <var>A</var>ᵀ<var>A</var> ⪰ <var>m I</var>
        </>,
      ),
    ],
  },
  {
    id: 'logits',
    left: <var>y</var>,
    around: call('softmax'),
    terms: [
      term(
        'head',
        <>
          <Sub of="W" at="o" /> <var>z</var>
        </>,
      ),
      term('headBias', <Sub of="b" at="o" />),
    ],
  },
];

/** The layer of a monotone network, and why its fixed point is unique. */
export default function Equation() {
  const { cell } = useApp((state) => state.applied.monotone);
  const conv = cell === 'conv';
  return (
    <EquationBody
      lines={monotoneEquation}
      note={
        <>
          x: the drawing{conv ? ', on 30 × 30 with a blank edge' : ', 784 pixels'}
          {conv && '; A, B and U are 3 × 3 convolutions that wrap around the edge'}. Where m is
          above 0 there is exactly one fixed point (Winston and Kolter 2020).
        </>
      }
      axes={conv ? 'batch × channels · 30 · 30' : 'batch × units'}
    />
  );
}
