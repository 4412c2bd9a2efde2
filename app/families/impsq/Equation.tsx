import { useApp } from '../../store/context.ts';
import { call, fOfZ, Sub, term, type EquationLine } from '../equation.tsx';
import { EquationBody } from '../EquationBody.tsx';

type Filter = 'fourier' | 'gabor' | 'sine';

const wave = (at: string) => (
  <>
    sin(
    <Sub of="A" at={at} /> <var>x</var> + <Sub of="a" at={at} />)
  </>
);
const spot = (at: string) => (
  <>
    {' '}
    · exp(−½ <Sub of="γ" at={at} /> ‖<var>x</var> − <Sub of="μ" at={at} />
    ‖²)
  </>
);
const outer = (filter: Filter) => (filter === 'gabor' ? spot : () => null);

/** The lines of a network of coordinates: the state with x's own waves, then each layer's weights and filter. */
export const pictureEquation = (filter: Filter, layers: number): readonly EquationLine[] => {
  const before = (l: number) => (l === 0 ? <var>h</var> : <Sub of="h" at={String(l)} />);
  const shown = outer(filter);
  const lines = Array.from({ length: layers }, (_, i): EquationLine => {
    const at = String(i + 1);
    const inner = [
      term(
        `weights${at}`,
        <>
          <Sub of="W" at={at} /> {before(i)}
        </>,
      ),
      term(`bias${at}`, <Sub of="b" at={at} />),
    ];
    const left = i + 1 === layers ? fOfZ : <Sub of="h" at={at} />;
    if (filter === 'sine')
      return {
        ...{ id: `layer${at}`, left, around: call('sin') },
        terms: [
          ...inner,
          term(
            `place${at}`,
            <>
              <Sub of="A" at={at} /> <var>x</var> + <Sub of="a" at={at} />
            </>,
          ),
        ],
      };
    return {
      ...{ id: `layer${at}`, left, terms: inner },
      around: {
        id: `filter${at}`,
        before: (
          <>
            {wave(at)}
            {shown(at)} · (
          </>
        ),
        after: ')',
      },
    };
  });
  return [
    {
      ...{ id: 'h', left: <var>h</var> },
      terms: [
        term('state', <var>z</var>),
        term(
          'own',
          <>
            {wave('0')}
            {shown('0')}
          </>,
        ),
      ],
    },
    ...lines,
    {
      ...{ id: 'colour', left: <>colour</> },
      terms: [
        term(
          'readout',
          <>
            <Sub of="W" at="o" /> <var>z</var>
          </>,
        ),
        term('readoutBias', <Sub of="b" at="o" />),
      ],
    },
  ];
};

/** The layer of an implicit picture. */
export default function Equation() {
  const { filter, layers, norm } = useApp((state) => state.applied.impsq);
  return (
    <EquationBody
      lines={pictureEquation(filter, layers)}
      note={
        <>
          x is a place, from −1 to 1 across and down; z* is found at every place by itself
          {norm === 'spectral' && ', and weights are scaled down to ‖W‖₂ ≤ 0.97'}
          {filter !== 'sine' &&
            '. f is affine in z, so that z* is also the solution of a linear system'}
          . Huang, Bai, Kolter 2021.
        </>
      }
      axes="picture × units · rows · columns"
    />
  );
}
