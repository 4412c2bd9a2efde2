import type { IterationRecord } from '../../../src/engine/protocol.ts';
import { palette } from '../../theme/palette.ts';
import styles from './ResidualCard.module.css';

/** Names of the two lines; one sample needs none. */
export function ResidualLegend({ records }: { readonly records: readonly IterationRecord[] }) {
  const samples = records[0]?.rel.length ?? 1;
  if (samples <= 1) return null;
  return (
    <ul className={styles['legend']}>
      <li>
        <Swatch {...palette.current} /> worst of {samples} samples
      </li>
      <li>
        <Swatch {...palette.neutral} /> median
      </li>
    </ul>
  );
}

function Swatch({ stroke, dash }: { readonly stroke: string; readonly dash: string }) {
  return (
    <svg width="26" height="8" aria-hidden>
      <path d="M0 4H26" stroke={stroke} strokeDasharray={dash} strokeWidth="2.2" />
    </svg>
  );
}
