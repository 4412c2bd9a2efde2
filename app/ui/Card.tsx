import { clsx } from 'clsx';
import { useId, type ReactNode } from 'react';
import styles from './Card.module.css';

/** A titled box. Its heading names the region for people who navigate by headings. */
export function Card(props: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly headerClassName?: string | undefined;
  /** Name of the region where the title alone wouldn't do. */
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  const naming = props.label ? { 'aria-label': props.label } : { 'aria-labelledby': id };
  return (
    <section className={clsx(styles['card'], props.className)} {...naming}>
      <header className={clsx(styles['header'], props.headerClassName)}>
        <h2 id={id}>{props.title}</h2>
        {props.aside !== undefined && <div className={styles['aside']}>{props.aside}</div>}
      </header>
      {props.children}
    </section>
  );
}
