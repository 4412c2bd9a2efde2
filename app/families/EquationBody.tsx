import { Fragment, type ReactNode } from 'react';
import type { EquationLine } from './equation.tsx';
import styles from './EquationBody.module.css';
import { formatCount } from '../format.ts';
import { useApp } from '../store/context.ts';
import { Facts } from '../ui/Facts.tsx';

/** A family's layer as lines, with the shape of its state and how many numbers it has learnt. */
export function EquationBody(props: {
  readonly lines: readonly EquationLine[];
  /** What the symbols mean that the lines do not define. */
  readonly note: ReactNode;
  /** The axes of the state: `batch × units`. */
  readonly axes: string;
}) {
  const { lines, note, axes } = props;
  const problem = useApp((state) => state.problem);
  return (
    <>
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
      <p className={styles['note']}>{note}</p>
      <Facts
        className={styles['facts']}
        facts={[
          [
            <>
              State <var>z</var>, {axes}
            </>,
            problem ? shapeText(problem.shape) : '—',
          ],
          ['Parameters', problem ? formatCount(problem.parameters) : '—'],
        ]}
      />
    </>
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

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;
