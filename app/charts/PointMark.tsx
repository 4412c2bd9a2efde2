import type { SolverEvent } from '../../src/engine/protocol.ts';
import { eventShapes } from './eventMarks.tsx';

/** One point of the curve: an event's shape, the newest point's ring, or a dot while they are few. */
export function PointMark(props: {
  readonly x: number | undefined;
  readonly y: number | undefined;
  readonly event: SolverEvent | undefined;
  readonly newest: boolean;
  readonly dotted: boolean;
}) {
  const { x, y, event, newest, dotted } = props;
  // Recharts gives no position to a value that is null.
  if (x === undefined || y === undefined || !Number.isFinite(y)) return <g />;
  const place = `translate(${String(x)} ${String(y)})`;
  return (
    <g transform={place}>
      {newest && <circle r="5" fill="var(--page)" stroke="var(--series-1)" strokeWidth="2.5" />}
      {event !== undefined && (
        <path
          d={eventShapes[event]}
          transform={newest ? 'translate(0 -14)' : undefined}
          fill="var(--page)"
          stroke="var(--series-2)"
          strokeWidth="2"
        />
      )}
      {!newest && event === undefined && dotted && <circle r="3" fill="var(--series-1)" />}
    </g>
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
