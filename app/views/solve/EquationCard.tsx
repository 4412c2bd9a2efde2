import type { ReactNode } from 'react';
import { formatCount } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { tanhEquation, transformerEquation, trellisEquation } from './equations.tsx';
import styles from './EquationCard.module.css';

/** What is being solved: f, the shape of its state, and how many numbers it has learnt from. */
export function EquationCard() {
  const { kind, layerNorm } = useApp((state) => state.applied.cell);
  const problem = useApp((state) => state.problem);
  const lines = {
    tanh: tanhEquation,
    trellis: trellisEquation,
    transformer: transformerEquation(layerNorm),
  }[kind];
  return (
    <Card title="Equation">
      <div className={styles['equation']}>
        {lines.map(([left, right], index) => (
          <div key={index} className={styles['equationLine']}>
            <span className={styles['left']}>{left}</span>
            <span>= {right}</span>
          </div>
        ))}
      </div>
      <dl className={styles['facts']}>
        <Fact
          term={
            <>
              State <var>z</var>, {axes[kind]}
            </>
          }
          value={problem ? shapeText(problem.shape) : '—'}
        />
        <Fact term="Parameters" value={problem ? formatCount(problem.parameters) : '—'} />
      </dl>
    </Card>
  );
}

const axes = {
  transformer: 'batch × length × width',
  trellis: 'batch × length × 2(h + d)',
  tanh: 'batch × width',
} as const;

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

function Fact({ term, value }: { readonly term: ReactNode; readonly value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
