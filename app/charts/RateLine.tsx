import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { palette } from '../theme/palette.ts';
import type { Segment } from './picardLine.ts';
import { rateWords } from './rateWords.ts';

/** Room that the words need along the line, in pixels. */
const LONGEST = 230;

/** What plain iteration would gain, as a dash-dotted line with its name along it. */
export function RateLine(props: {
  readonly segment: Segment;
  readonly rate: number;
  /** Whether the solve's own curve comes from above the line: then the words stand below it. */
  readonly under: boolean;
}) {
  const { segment, rate, under } = props;
  const [from, to] = segment;
  const across = useXAxisScale();
  const down = useYAxisScale();
  const area = usePlotArea();
  if (!across || !down || !area) return null;
  const [x1, y1, x2, y2] = [across(from.x), down(from.y), across(to.x), down(to.y)];
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null;
  const length = Math.hypot(x2 - x1, y2 - y1);
  const angle = (180 / Math.PI) * Math.atan2(y2 - y1, x2 - x1);
  // Away from the solve's own curve, which begins where the line begins or ends where it ends, with the tolerance.
  const middle = under ? LONGEST / 2 / length : 0.5;
  const [x, y] = [x1 + middle * (x2 - x1), y1 + middle * (y2 - y1)];
  return (
    <g>
      <path
        d={`M${String(x1)} ${String(y1)}L${String(x2)} ${String(y2)}`}
        fill="none"
        stroke={palette.neutral.stroke}
        strokeDasharray="10 3 2 3"
        strokeWidth="1.4"
      />
      {length > LONGEST && (
        <text
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${angle.toFixed(2)})`}
          dy={(under && area.y + area.height - y > 40) || y - area.y < 22 ? 15 : -6}
          fontSize="12"
          textAnchor="middle"
          fill="var(--muted)"
          stroke="var(--page)"
          strokeWidth="4"
          strokeLinejoin="round"
          paintOrder="stroke"
        >
          {rateWords(rate)}
        </text>
      )}
    </g>
  );
}
