import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import styles from './Facts.module.css';

/** What a number is, and the number. */
export type Fact = readonly [term: ReactNode, value: string];

/** Facts one below the other, terms on the left and values on the right. */
export function Facts(props: {
  readonly facts: readonly Fact[];
  readonly className?: string | undefined;
}) {
  return (
    <dl className={clsx(styles['facts'], props.className)}>
      {props.facts.map(([term, value], index) => (
        <div key={index}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
