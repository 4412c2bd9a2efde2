/** A curve to sketch: values at equal steps. */
export interface Curve {
  readonly label: string;
  readonly values: readonly number[];
  /** From one value to the next. */
  readonly every: number;
}

/** Places within a picture, and the ends of its axes. */
export interface CurveFrame {
  readonly x: (position: number) => number;
  readonly y: (value: number) => number;
  readonly low: number;
  readonly high: number;
  readonly end: number;
}

/** The picture's own units; CSS gives it the size on screen. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Strokes in the order of the curves: no two share a dash, as colour is never alone. */
export const strokes: readonly { readonly colour: string; readonly dash: string | undefined }[] = [
  { colour: 'var(--series-1)', dash: undefined },
  { colour: 'var(--series-2)', dash: '6 3' },
  { colour: 'var(--series-6)', dash: '2 3' },
];

/** Where the first value of a curve stands: solves begin at iteration 0, everything else counts from 1. */
export const positionOf = (curve: Curve, index: number, fromZero: boolean): number =>
  (fromZero ? index : index + 1) * curve.every;

/** Axes that hold all curves; a log axis ends at whole decades. */
export function curveFrame(
  curves: readonly Curve[],
  box: Box,
  options: { readonly log: boolean; readonly fromZero: boolean; readonly also?: readonly number[] },
): CurveFrame {
  const { log, fromZero, also = [] } = options;
  const values = [...curves.flatMap((curve) => curve.values), ...also].filter(
    (value) => Number.isFinite(value) && (!log || value > 0),
  );
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const low = log ? 10 ** Math.floor(Math.log10(least) + 1e-9) : Math.floor(least);
  const high = log ? 10 ** Math.ceil(Math.log10(most) - 1e-9) : Math.ceil(most);
  const end = Math.max(
    ...curves.map((curve) => positionOf(curve, curve.values.length - 1, fromZero)),
  );
  const start = fromZero ? 0 : Math.min(...curves.map((curve) => curve.every));
  const scale = (value: number): number => (log ? Math.log10(Math.max(value, low)) : value);
  const span = scale(high) - scale(low) || 1;
  return {
    low: Number(low.toPrecision(1)),
    high: Number(high.toPrecision(1)),
    end,
    x: (position) =>
      box.left + ((position - start) / Math.max(end - start, 1)) * (box.right - box.left),
    y: (value) => box.bottom - ((scale(value) - scale(low)) / span) * (box.bottom - box.top),
  };
}

/** The path of a curve, up to the value at `last`. */
export function curvePath(
  curve: Curve,
  { x, y }: CurveFrame,
  fromZero: boolean,
  last = curve.values.length - 1,
): string {
  const points = curve.values
    .slice(0, last + 1)
    .map(
      (value, index) =>
        `${x(positionOf(curve, index, fromZero)).toFixed(1)} ${y(value).toFixed(1)}`,
    );
  return points.length === 0 ? '' : `M${points.join('L')}`;
}
