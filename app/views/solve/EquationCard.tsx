import { Fragment } from 'react';
import { formatCount } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { Card } from '../../ui/Card.tsx';
import { Facts } from '../../ui/Facts.tsx';
import {
  equationNotes,
  tanhEquation,
  transformerEquation,
  trellisEquation,
  type EquationLine,
} from './equations.tsx';
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
      {/* Where it is wider than the card, the keys scroll it. */}
      <div className={styles['equation']} tabIndex={0} role="group" aria-label="Equation">
        {lines.map((line) => (
          <div key={line.id} className={styles['equationLine']}>
            <span className={styles['left']}>{line.left}</span>
            <span>
              = <RightSide {...line} />
            </span>
          </div>
        ))}
      </div>
      <p className={styles['note']}>{equationNotes[kind]}</p>
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

/** The terms of a line added up, with what is done to the sum. */
function RightSide({ terms, around, where }: EquationLine) {
  return (
    <>
      {around?.before}
      {terms.map(({ id, shows }, index) => (
        <Fragment key={id}>
          {index > 0 && ' + '}
          {shows}
        </Fragment>
      ))}
      {around?.after}
      {where && <span className={styles['where']}> {where.shows}</span>}
    </>
  );
}

const axes = {
  transformer: 'batch × length × width',
  trellis: 'batch × length × 2(d + dᵢ)',
  tanh: 'batch × width',
} as const;

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
