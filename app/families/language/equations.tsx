import { call, fOfZ, Sub, term, type EquationLine } from '../equation.tsx';

/** The tanh cell; x is the embedded character. */
export const tanhEquation: readonly EquationLine[] = [
  {
    id: 'f',
    left: fOfZ,
    around: call('tanh'),
    terms: [
      term('state', <var>z W</var>),
      term('input', <var>x U</var>),
      term('bias', <var>b</var>),
    ],
  },
];

/** The DEQ-Transformer cell, normalised after each sum or, as locuslab/deq does, before. */
export function transformerEquation(layerNorm: 'post' | 'pre'): readonly EquationLine[] {
  const pre = layerNorm === 'pre';
  const qkv = <Sub of="W" at="qkv" />;
  const distance = (
    <>
      <var>i</var>−<var>j</var>
    </>
  );
  return [
    {
      id: 'u',
      left: <var>u</var>,
      terms: [
        term(
          'token',
          <>
            √<var>d</var> <var>e</var>(<var>x</var>) <Sub of="W" at="u" />
          </>,
        ),
        term('injectionBias', <Sub of="b" at="u" />),
      ],
    },
    {
      id: 'qkv',
      left: (
        <>
          <var>q</var>, <var>k</var>, <var>v</var>
        </>
      ),
      terms: [
        pre
          ? term(
              'normalisedState',
              <>
                LN(<var>z</var>) {qkv}
              </>,
            )
          : term(
              'state',
              <>
                <var>z</var> {qkv}
              </>,
            ),
        term('injection', <var>u</var>),
      ],
    },
    {
      id: 'r',
      left: <Sub of="r" at={<var>n</var>} />,
      terms: [
        term(
          'sinusoids',
          <>
            [sin <var>nω</var>, cos <var>nω</var>] <Sub of="W" at="r" />
          </>,
        ),
      ],
    },
    {
      id: 's',
      left: <Sub of="s" at={<var>ij</var>} />,
      around: {
        id: 'scaled',
        before: '(',
        after: (
          <>
            ) ∕ √<Sub of="d" at="h" />
          </>
        ),
      },
      terms: [
        term(
          'content',
          <>
            <Sub of="q" at={<var>i</var>} />·<Sub of="k" at={<var>j</var>} />
          </>,
        ),
        term(
          'contentBias',
          <>
            <Sub of="b" at="w" />·<Sub of="k" at={<var>j</var>} />
          </>,
        ),
        term(
          'position',
          <>
            <Sub of="q" at={<var>i</var>} />·<Sub of="r" at={distance} />
          </>,
        ),
        term(
          'positionBias',
          <>
            <Sub of="b" at="r" />·<Sub of="r" at={distance} />
          </>,
        ),
      ],
      where: {
        id: 'causal',
        shows: (
          <>
            for <var>j</var> ≤ <var>i</var>, else −∞
          </>
        ),
      },
    },
    {
      id: 'a',
      left: <var>a</var>,
      terms: [
        term(
          'heads',
          <>
            softmax(<var>s</var>) <var>v</var> <Sub of="W" at="o" />
          </>,
        ),
        term('outBias', <Sub of="b" at="o" />),
      ],
    },
    {
      id: 'y',
      left: <var>y</var>,
      around: call('LN'),
      terms: [term('z', <var>z</var>), term('a', <var>a</var>)],
    },
    {
      id: 'h',
      left: <var>h</var>,
      around: call('relu'),
      terms: [
        term(
          'hidden',
          <>
            <var>y</var> <Sub of="W" at="1" />
          </>,
        ),
        term('hiddenBias', <Sub of="b" at="1" />),
      ],
    },
    {
      id: 'f',
      left: fOfZ,
      ...(pre ? {} : { around: call('LN') }),
      terms: [
        term('y', <var>y</var>),
        term(
          'fed',
          <>
            <var>h</var> <Sub of="W" at="2" />
          </>,
        ),
        term('fedBias', <Sub of="b" at="2" />),
      ],
    },
  ];
}

const lag = (of: string) => (
  <Sub
    of={of}
    at={
      <>
        <var>t</var>−<var>j</var>
      </>
    }
  />
);
const taps = (
  <>
    Σ
    <sub>
      <var>j</var>&lt;<var>k</var>
    </sub>{' '}
  </>
);

/** The DEQ-TrellisNet cell: an LSTM's gates from a causal convolution, each position taking over the cell before it. */
export const trellisEquation: readonly EquationLine[] = [
  {
    id: 'u',
    left: <Sub of="u" at={<var>t</var>} />,
    terms: [
      term(
        'tokens',
        <>
          {taps}
          {lag('e')} <Sub of="U" at={<var>j</var>} />
        </>,
      ),
      term('injectionBias', <Sub of="b" at="u" />),
      term('stateBias', <Sub of="b" at="h" />),
    ],
  },
  {
    id: 'gates',
    left: (
      <>
        <var>i</var>, <var>o</var>, <var>g</var>, <var>f</var>
      </>
    ),
    terms: [
      term(
        'states',
        <>
          {taps}
          {lag('h')} <Sub of="W" at={<var>j</var>} />
        </>,
      ),
      term('injection', <Sub of="u" at={<var>t</var>} />),
    ],
  },
  {
    id: 'c',
    left: (
      <>
        <var>c</var>′<sub>t</sub>
      </>
    ),
    terms: [
      term(
        'kept',
        <>
          σ(<var>f</var>) <Sub of="c" at="t−1" />
        </>,
      ),
      term(
        'written',
        <>
          σ(<var>i</var>) tanh(<var>g</var>)
        </>,
      ),
    ],
  },
  {
    id: 'h',
    left: (
      <>
        <var>h</var>′<sub>t</sub>
      </>
    ),
    terms: [
      term(
        'shown',
        <>
          σ(<var>o</var>) tanh(<var>c</var>′<sub>t</sub>)
        </>,
      ),
    ],
  },
  {
    id: 'f',
    left: fOfZ,
    terms: [
      term(
        'both',
        <>
          [<var>h</var>′, <var>c</var>′]
        </>,
      ),
    ],
  },
];

/** What the symbols of a card mean that the card does not define. */
export const equationNotes = {
  tanh: 'x: the embedded character.',
  transformer:
    'e: embedding; ωᵢ = 10000^(−2i/d); heads side by side, each of d_h = d/heads features; LN has no weights.',
  trellis: 'e: embedding; zeros stand before the first position; z = [h, c].',
} as const;
