import { call, fOfZ, Sub, term, type EquationLine } from '../equation.tsx';
import { EquationBody } from '../EquationBody.tsx';

const z0 = <Sub of="z" at="1" />;
const z1 = <Sub of="z" at="2" />;
const o0 = <Sub of="o" at="1" />;
const o1 = <Sub of="o" at="2" />;

/** The cell of two resolutions, the finer one first. */
export const multiscaleEquation: readonly EquationLine[] = [
  {
    id: 'block',
    left: (
      <>
        <var>h</var>(<var>z</var>, <var>x</var>)
      </>
    ),
    around: call('N'),
    terms: [
      term(
        'residual',
        <>
          relu(N(
          <Sub of="W" at="b" /> relu(N(
          <Sub of="W" at="a" /> <var>z</var>)) + <var>x</var>) + <var>z</var>)
        </>,
      ),
    ],
  },
  {
    id: 'fine',
    left: o0,
    terms: [
      term(
        'block',
        <>
          <Sub of="h" at="1" />({z0}, <var>s</var>(<var>x</var>))
        </>,
      ),
    ],
  },
  {
    id: 'coarse',
    left: o1,
    terms: [
      term(
        'block',
        <>
          <Sub of="h" at="2" />({z1}, 0)
        </>,
      ),
    ],
  },
  {
    id: 'f',
    left: <Sub of="f" at="1" />,
    around: { id: 'post', before: 'N(P relu(', after: '))' },
    terms: [term('own', o0), term('other', <>up(N(U {o1}))</>)],
  },
  {
    id: 'f2',
    left: <Sub of="f" at="2" />,
    around: { id: 'post', before: 'N(P relu(', after: '))' },
    terms: [term('other', <>N(D {o0})</>), term('own', o1)],
  },
  {
    id: 'all',
    left: fOfZ,
    terms: [
      term(
        'both',
        <>
          (<Sub of="f" at="1" />, <Sub of="f" at="2" />)
        </>,
      ),
    ],
  },
];

/** The cell, and what its letters are. */
export default function Equation() {
  return (
    <EquationBody
      lines={multiscaleEquation}
      note="1: 14 × 14 pixels, 2: 7 × 7. N: group norm; W: 3 × 3 convolutions; D: one with stride 2; U and P: 1 × 1; up: each pixel becomes 2 × 2; s: the stem, which sees the digit and halves it. The classes are read from both resolutions (Bai, Koltun and Kolter 2020)."
      axes="batch × numbers of both resolutions"
    />
  );
}
