import { CircleSlash, Hourglass, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import type { DrawnCell } from './cells.ts';

/** The sign of a cell that did not end well, is being made or can't be: the words beside it say it too. */
export function CellMark({
  cell,
  size = 14,
}: {
  readonly cell: DrawnCell;
  readonly size?: number | undefined;
}) {
  const { state, head } = cell;
  if (state === 'running') return <LoaderCircle size={size} aria-hidden />;
  if (state === 'failed') return <TriangleAlert size={size} aria-hidden />;
  if (state === 'impossible') return <CircleSlash size={size} aria-hidden />;
  if (state !== 'ended') return null;
  const blown = head?.status === 'diverged' || head?.status === 'nonfinite';
  return blown ? <X size={size} aria-hidden /> : <Hourglass size={size} aria-hidden />;
}
