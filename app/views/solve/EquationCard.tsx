import { formatCount } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { Facts } from '../../ui/Facts.tsx';
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
      <Facts
        className={styles['facts']}
        facts={[
          [
            <>
              State <var>z</var>, {axes[kind]}
            </>,
            problem ? shapeText(problem.shape) : '—',
          ],
          ['Parameters', problem ? formatCount(problem.parameters) : '—'],
        ]}
      />
    </Card>
  );
}

const axes = {
  transformer: 'batch × length × width',
  trellis: 'batch × length × 2(h + d)',
  tanh: 'batch × width',
} as const;

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
