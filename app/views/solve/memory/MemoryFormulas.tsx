import { kernelWords, type MemoryPanel } from './memoryPanel.ts';
import styles from './MemoryCard.module.css';

/** The predicted figures with the current numbers put in, and what they leave out. */
export function MemoryFormulas({ panel }: { readonly panel: MemoryPanel }) {
  return (
    <details className={styles['formulas']}>
      <summary>How this is computed</summary>
      <dl>
        {panel.rows.map(({ variant, name, formula }) => (
          <div key={variant}>
            <dt>{name}</dt>
            <dd>{formula}</dd>
          </div>
        ))}
      </dl>
      <p>
        The sizes in the formulas are those of one evaluation of f and its pullback, metered with{' '}
        {kernelWords[panel.problem.kernels]}: P parameters, S the state, A the tape of one
        evaluation, A₀ what lies below the first, H what solvers keep, T what is needed for a
        moment.
      </p>
      <p>
        Measured is the highest number of bytes alive at once during one step of training,
        {panel.exact
          ? ' in GPU buffers. Driver overhead, pipelines and other tabs aren’t visible to a page.'
          : ' as tensors count them: there is no GPU whose buffers could be watched.'}
      </p>
    </details>
  );
}
