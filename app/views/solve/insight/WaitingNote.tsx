import styles from './insight.module.css';

/** Stands where a picture will be. */
export function WaitingNote(props: { readonly busy: boolean; readonly failure: string | null }) {
  const { busy, failure } = props;
  if (failure !== null) return <p className={styles['failure']}>{failure}</p>;
  return (
    <p className={styles['note']}>
      {busy
        ? 'Rerunning the solve to look at each iteration…'
        : 'The picture appears once the solve pauses or ends.'}
    </p>
  );
}
