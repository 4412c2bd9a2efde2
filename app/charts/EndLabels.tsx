import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { ChartPoint } from './series.ts';

/** A line's end and what is to be written there. */
export interface EndLabel {
  readonly name: string;
  readonly stroke: string;
  readonly faint: boolean;
  readonly points: readonly Pick<ChartPoint, 'x' | 'worst'>[];
}

const LINE_HEIGHT = 15;
/** Width of a character, near enough, and the least room between two labels. */
const CHARACTER = 7.3;
const ROOM = 6;

/** Names beside the last points of lines, pushed apart where they would cover each other. */
export function EndLabels({ labels }: { readonly labels: readonly EndLabel[] }) {
  const across = useXAxisScale();
  const down = useYAxisScale();
  const area = usePlotArea();
  if (!across || !down || !area) return null;
  const ends = labels.flatMap(({ points, ...label }) => {
    const last = points.findLast((point) => point.worst !== null);
    const [x, y] = [across(last?.x), down(last?.worst)];
    if (x === undefined || y === undefined) return [];
    const width = CHARACTER * label.name.length;
    // Without room to the right the words stand before the end, below a curve that falls.
    const before = x + 9 + width > area.x + area.width;
    const [left, right] = before ? [x - 8 - width, x - 8] : [x + 9, x + 9 + width];
    return [{ ...label, left, right, y: before ? y + 17 : y + 4, before }];
  });
  type End = (typeof ends)[number];
  const meets = (one: End, other: End): boolean =>
    one.left < other.right + ROOM && other.left < one.right + ROOM;
  const placed: End[] = [];
  for (const end of ends.sort((a, b) => a.y - b.y)) {
    const lowest = Math.max(
      ...placed.filter((one) => meets(one, end)).map((one) => one.y),
      -Infinity,
    );
    placed.push({ ...end, y: Math.max(end.y, lowest + LINE_HEIGHT, area.y + 10) });
  }
  // Those pushed out at the bottom go back up, and the ones above them too.
  placed.reverse().forEach((one, index) => {
    const below = placed.slice(0, index).filter((other) => meets(one, other));
    const highest = Math.min(...below.map(({ y }) => y));
    one.y = Math.min(one.y, highest - LINE_HEIGHT, area.y + area.height - 5);
  });
  return placed.map(({ name, stroke, faint, left, right, y, before }) => (
    <text
      key={name}
      x={before ? right : left}
      y={y}
      fontSize="12"
      fontWeight="600"
      textAnchor={before ? 'end' : 'start'}
      fill={stroke}
      fillOpacity={faint ? 0.75 : 1}
      stroke="var(--page)"
      strokeWidth="4"
      strokeLinejoin="round"
      paintOrder="stroke"
    >
      {name}
    </text>
  ));
}
