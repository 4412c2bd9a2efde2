import type { ReactNode } from 'react';

/** Left and right side of one line. */
export type EquationLine = readonly [ReactNode, ReactNode];

const fOfZ = (
  <>
    <var>f</var>(<var>z</var>, <var>x</var>)
  </>
);

/** The tanh cell. */
export const tanhEquation: readonly EquationLine[] = [
  [
    fOfZ,
    <>
      tanh(<var>z W</var> + <var>x U</var> + <var>b</var>)
    </>,
  ],
];

const attention: readonly EquationLine[] = [
  [
    <var key="a">a</var>,
    <>
      softmax(<var>q k</var>ᵀ ∕ √<var>d</var>
      <sub>h</sub>) <var>v W</var>
      <sub>o</sub>
    </>,
  ],
];

const feedForward = (of: string): ReactNode => (
  <>
    <var>W</var>
    <sub>2</sub> relu(<var>W</var>
    <sub>1</sub> <var>{of}</var>)
  </>
);

/** The DEQ-Transformer cell, normalised after each sum or, as locuslab/deq does, before. */
export function transformerEquation(layerNorm: 'post' | 'pre'): readonly EquationLine[] {
  const pre = layerNorm === 'pre';
  const input = pre ? (
    <>
      LN(<var>z</var>)
    </>
  ) : (
    <var>z</var>
  );
  return [
    [
      <>
        <var>q</var>, <var>k</var>, <var>v</var>
      </>,
      <>
        {input} <var>W</var>
        <sub>qkv</sub> + <var>u</var>(<var>x</var>)
      </>,
    ],
    ...attention,
    [
      <var key="y">y</var>,
      <>
        LN(<var>z</var> + <var>a</var>)
      </>,
    ],
    [
      fOfZ,
      pre ? (
        <>
          <var>y</var> + {feedForward('y')}
        </>
      ) : (
        <>
          LN(<var>y</var> + {feedForward('y')})
        </>
      ),
    ],
  ];
}

/** The DEQ-TrellisNet cell: an LSTM's gates from a causal convolution, each position taking over the cell before it. */
export const trellisEquation: readonly EquationLine[] = [
  [
    <>
      <var>i</var>, <var>o</var>, <var>g</var>, <var>f</var>
    </>,
    <>
      <var>h</var> ∗ <var>W</var> + <var>u</var>(<var>x</var>)
    </>,
  ],
  [
    <>
      <var>c</var>′<sub>t</sub>
    </>,
    <>
      σ(<var>f</var>) <var>c</var>
      <sub>t−1</sub> + σ(<var>i</var>) tanh(<var>g</var>)
    </>,
  ],
  [
    <>
      <var>h</var>′<sub>t</sub>
    </>,
    <>
      σ(<var>o</var>) tanh(<var>c</var>′<sub>t</sub>)
    </>,
  ],
  [
    fOfZ,
    <>
      [<var>h</var>′, <var>c</var>′]
    </>,
  ],
];
