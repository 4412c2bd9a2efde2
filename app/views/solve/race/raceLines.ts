import type { TraceLine } from '../../../charts/frame.ts';
import type { Race } from '../../../store/solve/race.ts';
import { traceNames } from '../../../store/solve/traceNames.ts';
import { besides, palette } from '../../../theme/palette.ts';

const strokes = [palette.current, ...besides];

/** What the times of a race rest on; empty before there are any. */
export function timedWords(rows: Race['rows']): string {
  const counts = rows.flatMap(({ times }) => (times ? [times.runs] : []));
  if (counts.length === 0) return '';
  const fewest = Math.min(...counts);
  return fewest === 1
    ? 'Times are of one run after a warm-up: it takes too long for more.'
    : `Times are medians of ${String(fewest)} runs in turns, after a warm-up.`;
}

/** The curves of a race; a name and a colour each, also of those that did not run. */
export function raceLines({ experiments, rows }: Race): TraceLine[] {
  const names = traceNames(
    experiments.map((experiment) => ({ experiment, pass: 'forward', branch: null })),
  );
  return names.map((name, lane): TraceLine => {
    const { stroke, dash } = strokes[lane] ?? palette.current;
    const records = rows.find((row) => row.lane === lane)?.records ?? [];
    return { key: String(lane), name, stroke, dash, faint: false, records };
  });
}
