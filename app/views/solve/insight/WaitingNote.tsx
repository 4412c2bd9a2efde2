import styles from './insight.module.css';

/** Stands where a picture will be. */
export function WaitingNote(props: { readonly busy: boolean; readonly failure: string | null }) {
  const { busy, failure } = props;
  if (failure !== null) return <p className={styles['failure']}>{failure}</p>;
  return (
    <p className={styles['note']}>
      {busy
        ? 'Solving again beside it, with a look at each iteration…'
        : 'The picture is made when the solve rests: pause it, or let it end.'}
    </p>
  );
}
