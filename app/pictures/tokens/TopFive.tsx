import type { SampledToken } from '../../../src/engine/protocol/protocol.ts';
import { formatShare } from '../../views/train/trainFormat.ts';
import styles from './topFive.module.css';
import { visibleText } from './visibleText.ts';

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
