import { useApp } from '../../store/context.ts';
import { Sub, term, type EquationLine } from '../equation.tsx';
import { EquationBody } from '../EquationBody.tsx';

const f: EquationLine = {
  id: 'f',
  left: (
    <>
      <var>f</var>(<var>u</var>, <var>y</var>)
    </>
  ),
  around: {
    id: 'step',
    before: (
      <>
        <var>u</var> − <var>τ</var> (
      </>
    ),
    after: ')',
  },
  terms: [
    term(
      'fidelity',
      <>
        <var>λ K</var>ᵀ(<var>K u</var> − <var>y</var>)
      </>,
    ),
    term(
      'regulariser',
      <>
        <var>γ R</var>(<var>u</var>)
      </>,
    ),
  ],
};

const R = (tied: boolean): EquationLine => {
  const [first, second, bias] = tied
    ? [<Sub key="K" of="K" at="0" />, <Sub key="T" of="K" at="0" />, <var key="b">b</var>]
    : [<Sub key="1" of="W" at="1" />, <Sub key="2" of="W" at="2" />, <Sub key="b" of="b" at="1" />];
  return {
    id: 'R',
    left: (
      <>
        <var>R</var>(<var>u</var>)
      </>
    ),
    around: {
      id: 'layers',
      before: (
        <>
          {second}
          {tied && 'ᵀ'} <var>σ</var>(
        </>
      ),
      after: ')',
    },
    terms: [
      term(
        'first',
        <>
          {first} <var>u</var>
        </>,
      ),
      term('bias', bias),
    ],
  };
};

const measuredWords = {
  denoise: 'K is the identity: y is the picture with noise',
  inpaint: 'K sets the upper rows to zero',
  deblur: 'K is the mean over a diagonal of five pixels, around the edge',
} as const;

/** A step of gradient descent, and the regulariser in it. */
export default function Equation() {
  const { tie, operator, cell } = useApp((state) => state.applied.inverse);
  const tied = tie === 'tied';
  return (
    <EquationBody
      lines={[f, R(tied)]}
      note={
        <>
          {measuredWords[operator]}.{' '}
          {cell === 'conv' ? 'The two layers are convolutions, zeros around the edge. ' : ''}
          {tied
            ? 'Tied, R is the gradient of an energy: bilevel learning'
            : 'Untied, R is no gradient: a deep equilibrium network'}{' '}
          (Riccio, Ehrhardt, Benning 2022).
        </>
      }
      axes="batch × pixels"
    />
  );
}
