import type { IterationRecord } from '../../../src/engine/protocol/protocol.ts';
import type { Pass } from '../../store/state.ts';
import { palette } from '../../theme/palette.ts';
import styles from './ResidualCard.module.css';

/** Names of the lines; one line alone needs none. */
export function ResidualLegend(props: {
  readonly records: readonly IterationRecord[];
  /** Whether one residual is all samples'. */
  readonly together: boolean;
  /** The solve drawn behind, if any. */
  readonly behind: Pass | null;
}) {
  const { records, together, behind } = props;
  const samples = together ? 1 : (records[0]?.rel.length ?? 1);
  if (samples <= 1 && !behind) return null;
  return (
    <ul className={styles['legend']}>
      {samples > 1 && (
        <>
          <li>
            <Swatch {...palette.current} /> worst of {samples} samples
          </li>
          <li>
            <Swatch {...palette.neutral} /> median
          </li>
        </>
      )}
      {behind && (
        <>
          {samples <= 1 && (
            <li>
              <Swatch {...palette.current} />{' '}
              {passNames[behind === 'forward' ? 'backward' : 'forward']}
            </li>
          )}
          <li>
            <Swatch {...palette.behind} /> {passNames[behind]}
          </li>
        </>
      )}
    </ul>
  );
}

const passNames = { forward: 'forward solve', backward: 'adjoint solve' } as const;

function Swatch({ stroke, dash }: { readonly stroke: string; readonly dash: string }) {
  return (
    <svg width="26" height="8" aria-hidden>
      <path d="M0 4H26" stroke={stroke} strokeDasharray={dash} strokeWidth="2.2" />
    </svg>
  );
}
