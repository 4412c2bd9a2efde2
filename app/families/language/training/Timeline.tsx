import { formatCount } from '../../../format.ts';
import { useApp } from '../../../store/context.ts';
import styles from './sample.module.css';

/** Samples that were written while it trained, newest first: how it learns to write. */
export function Timeline() {
  const timeline = useApp((state) => state.timeline);
  if (timeline.length === 0) return null;
  return (
    <div className={styles['timeline']}>
      <h3>While it trained</h3>
      <ol tabIndex={0} aria-label="Automatic samples">
        {timeline.toReversed().map(({ prompt, tokens, step }) => (
          <li key={step}>
            <b>step {formatCount(step ?? 0)}</b>
            <p className={styles['written']}>
              <span className={styles['prompt']}>{prompt}</span>
              {tokens.map(({ text }) => text).join('')}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}
