import type { SampledToken } from '../../../../src/engine/protocol/protocol.ts';
import { plural } from '../../../format.ts';
import { TopFive } from '../../../pictures/tokens/TopFive.tsx';
import { visibleText } from '../../../pictures/tokens/visibleText.ts';
import { formatShare } from '../../../views/train/trainFormat.ts';
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
