import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import styles from './Page.module.css';

/** A view that is one page of its own, without rails: a title, what it is for, and its content. */
export function Page(props: {
  readonly title: string;
  readonly lead: ReactNode;
  /** What can be done, beside the title. */
  readonly actions: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <main id="main" className={clsx(styles['page'], props.className)} tabIndex={-1}>
      <div className={styles['head']}>
        <div>
          <h2>{props.title}</h2>
          <p>{props.lead}</p>
        </div>
        {props.actions !== null && <div className={styles['actions']}>{props.actions}</div>}
      </div>
      {props.children}
    </main>
  );
}
