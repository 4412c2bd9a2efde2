import { fOfZ, Sub, term, type EquationLine } from '../equation.tsx';
import { EquationBody } from '../EquationBody.tsx';

const N = (index: number) => <Sub of="N" at={index} />;
const h = <var>h</var>;

/** The double-residual cell, line by line. */
const lines: readonly EquationLine[] = [
  { id: 'h', left: h, terms: [term('state', <var>z</var>), term('features', <var>x</var>)] },
  {
    id: 'y',
    left: <var>y</var>,
    terms: [
      term(
        'branch',
        <>
          {N(2)}(<Sub of="W" at="2" /> relu({N(1)}(<Sub of="W" at="1" /> {h})))
        </>,
      ),
      term('residual', h),
    ],
  },
  {
    id: 'f',
    left: fOfZ,
    around: { id: 'norm', before: <>{N(3)}(relu(</>, after: '))' },
    terms: [term('y', <var>y</var>)],
  },
];

/** The cell, and what its letters are. */
export default function Equation() {
  return (
    <EquationBody
      lines={lines}
      note={
        <>
          <var>x</var>: features of what is seen, 14 × 14, by two convolutions; <var>N</var>: group
          norm with four groups; <var>W</var>: 3 × 3 convolutions, weight norm on. <var>x</var>{' '}
          enters the residual branch too. A transposed convolution reads the mask out of{' '}
          <var>z</var>, 28 × 28 (implicit feature refinement, Ma and others 2021).
        </>
      }
      axes="batch × channels · rows · columns"
    />
  );
}
