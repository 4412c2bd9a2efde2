import { useApp } from '../../store/context.ts';
import { EquationBody } from '../EquationBody.tsx';
import { call, fOfZ, term, type EquationLine } from '../equation.tsx';

const linesOf = (bias: boolean): readonly EquationLine[] => [
  {
    id: 'f',
    left: fOfZ,
    around: call('tanh'),
    terms: [
      term('state', <var>z W</var>),
      term('input', <var>x U</var>),
      ...(bias ? [term('bias', <var>b</var>)] : []),
    ],
  },
];

/** The layer of a small system. */
export default function Equation() {
  const { cell, weights } = useApp((state) => state.applied.steady);
  return (
    <EquationBody
      lines={linesOf(cell === 'tanh')}
      note={
        weights === 'random'
          ? 'All of them random numbers from the seed; W = g (cos φ S + sin φ A), S symmetric, A antisymmetric.'
          : 'x is a point of the plane; the classes’ probabilities are a softmax of a linear readout of z*, and the learned start is tanh(x Ws + bs).'
      }
      axes="samples × units"
    />
  );
}
