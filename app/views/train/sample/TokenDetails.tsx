import type { SampledToken } from '../../../../src/engine/protocol/protocol.ts';
import { plural } from '../../../format.ts';
import { formatShare } from '../trainFormat.ts';
import { visibleText } from '../visibleText.ts';
import styles from './sample.module.css';

/** One token closely: what it cost, and what else the model had in mind. */
export function TokenDetails({ token }: { readonly token: SampledToken }) {
  const { text, probability, evaluations, coldEvaluations, status, top } = token;
  return (
    <div className={styles['details']}>
      <p>
        <b className={styles['glyph']}>{visibleText(text)}</b> {formatShare(probability)},{' '}
        {plural(evaluations, 'evaluation')}
        {coldEvaluations !== undefined && `, from zero ${String(coldEvaluations)}`}
        {status !== 'converged' && <span className={styles['warning']}> · {status}</span>}
      </p>
      <TopFive top={top} />
    </div>
  );
}

/** The most probable tokens as bars. */
export function TopFive({ top }: { readonly top: SampledToken['top'] }) {
  return (
    <ol className={styles['top']} aria-label="Most probable">
      {top.map(({ text, probability }, rank) => (
        <li key={rank}>
          <span className={styles['glyph']}>{visibleText(text)}</span>
          <span className={styles['bar']}>
            <span style={{ width: `${(100 * probability).toFixed(1)}%` }} />
          </span>
          <span>{formatShare(probability)}</span>
        </li>
      ))}
    </ol>
  );
}
