import type { SolverEvent } from '../../src/engine/protocol/protocol.ts';
import { solverEvents } from '../../src/numerics/settingsOf.ts';

/** One point of the curve: an event's shape, the newest point's ring, or a dot while they are few. */
export function PointMark(props: {
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly event: SolverEvent | undefined;
  readonly newest: boolean;
  readonly dotted: boolean;
  /** Whether the residual is exactly zero on an axis that has no zero. */
  readonly floor?: boolean;
}) {
  const { x, y, event, newest, dotted, floor = false } = props;
  // Recharts gives no position to a value that is null.
  if (x === undefined || y === undefined || !Number.isFinite(y)) return <g />;
  const place = `translate(${String(x)} ${String(y)})`;
  return (
    <g transform={place}>
      {newest && !floor && (
        <circle r="5" fill="var(--page)" stroke="var(--series-1)" strokeWidth="2.5" />
      )}
      {event !== undefined && (
        <path
          d={solverEvents[event].mark}
          transform={newest ? 'translate(0 -14)' : undefined}
          fill="var(--page)"
          stroke="var(--series-2)"
          strokeWidth="2"
        />
      )}
      {!newest && !floor && event === undefined && dotted && (
        <circle r="3" fill="var(--series-1)" />
      )}
      {floor && <path d={FLOOR} {...floorLook('var(--series-1)')} />}
    </g>
  );
}

/** ▽ standing on the origin. */
const FLOOR = 'M0 0L-7-12H7Z';
const floorLook = (stroke: string) => ({ fill: 'var(--page)', stroke, strokeWidth: 2 });

/** ▽ on the bottom edge: here the residual is exactly zero, which no log axis can show. */
export function FloorMark(props: {
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly stroke: string;
  readonly zero: boolean;
}) {
  const { x, y, stroke, zero } = props;
  if (!zero || x === undefined || y === undefined || !Number.isFinite(y)) return <g />;
  return (
    <path d={FLOOR} transform={`translate(${String(x)} ${String(y)})`} {...floorLook(stroke)} />
  );
}

/** ▲ at the top edge: here the residual is NaN or infinite, which no axis can show. */
export function OffScale({
  x = 0,
  y = 0,
}: {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
}) {
  return <path d={`M${String(x)} ${String(y)}l7 12h-14Z`} fill="var(--bad)" stroke="var(--page)" />;
}
