import { formatResidual } from '../../../format.ts';
import styles from './slowMotion.module.css';
import type { StageBar } from './slowMotion.ts';

const ROOM = 168;
const VALUE = 16;
const NAME = 18;
/** More bars than this have no room for words. */
const MOST_WORDS = 12;

/** A few sizes side by side, from zero; signed ones around it. Narrow where there are many. */
export function StageBars(props: {
  readonly bars: readonly StageBar[];
  readonly signed: boolean;
  readonly label: string;
}) {
  const { bars, signed, label } = props;
  const values = bars.map(({ value }) => (Number.isFinite(value) ? value : 0));
  const high = Math.max(0, ...values) || (signed ? 0 : 1);
  const low = Math.min(0, ...values);
  const inner = ROOM - 2 * VALUE;
  const y = (value: number): number => VALUE + ((high - value) / (high - low || 1)) * inner;
  const words = bars.length <= MOST_WORDS;
  const pitch = words
    ? Math.min(96, Math.max(46, 460 / bars.length))
    : Math.max(4, 480 / bars.length);
  const width = Math.min(40, pitch * 0.7);
  return (
    <svg
      className={styles['bars']}
      viewBox={`0 0 ${String(pitch * bars.length)} ${String(ROOM + NAME)}`}
      width={pitch * bars.length}
      height={ROOM + NAME}
      role="img"
      aria-label={`${label}: ${bars.map(({ name, value }) => `${name} ${formatResidual(value)}`).join(', ')}`}
    >
      {bars.map(({ name, value }, index) => {
        const [middle, drawn] = [(index + 0.5) * pitch, values[index] ?? 0];
        const [top, bottom] = [y(Math.max(0, drawn)), y(Math.min(0, drawn))];
        return (
          <g key={name}>
            <rect
              x={middle - width / 2}
              y={top}
              width={width}
              height={Math.max(1, bottom - top)}
              className={drawn < 0 ? styles['negative'] : styles['positive']}
            >
              <title>{`${name}: ${formatResidual(value)}`}</title>
            </rect>
            {words && (
              <>
                <text x={middle} y={drawn < 0 ? bottom + 13 : top - 4} className={styles['value']}>
                  {formatResidual(value).replace('-', '−')}
                </text>
                <text x={middle} y={ROOM + 12}>
                  {name}
                </text>
              </>
            )}
          </g>
        );
      })}
      <path d={`M0 ${String(y(0))}H${String(pitch * bars.length)}`} />
    </svg>
  );
}
