import type { FamilyProblem } from '../families/family.ts';
import { fullSpeed } from '../numerics/iterate.ts';
import type { IterationRecord } from '../numerics/solver.ts';
import type { MemoryMeter } from '../tf/memory.ts';
import { breathe } from '../tf/pace.ts';
import { Outbox } from './outbox.ts';
import { sleep } from './pace.ts';
import type { EngineEvent } from './protocol/protocol.ts';
import type { SolveReport } from './protocol/solveReport.ts';
import type { Solving } from './solving.ts';

/** How far and how fast. */
export interface Pace {
  /** Records to make. */
  readonly count: number;
  /** Absent: as fast as it goes. */
  readonly perSecond?: number | undefined;
}

/** A solve, and who is told of it. */
export interface Advanced {
  readonly solving: Solving;
  /** Whose states say something. */
  readonly said: Pick<FamilyProblem, 'observe'> | undefined;
  /** Whether that is to be told of every point, or of the first alone, by which the page knows what there is. */
  readonly watching: boolean;
  readonly meter: MemoryMeter;
  readonly emit: (event: EngineEvent) => void;
}

/** Make records until they are enough, the solve ends or the signal aborts. */
export async function advance(
  { solving, said, watching, meter, emit }: Advanced,
  { count, perSecond }: Pace,
  signal: AbortSignal,
): Promise<SolveReport> {
  const { id, phase } = solving;
  const outbox = new Outbox<IterationRecord>((records) => {
    const { status } = solving;
    emit({ event: 'records', phase, solve: id, records, status, memory: meter.sample() });
  });
  const ahead = count === Infinity && perSecond === undefined ? fullSpeed : 1;
  try {
    // What was made together with a record that was given out is given out too.
    for (let made = 0; made < count && !(signal.aborted && solving.looked); made++) {
      const started = performance.now();
      const looks = said && (watching || solving.newest === undefined) ? said : undefined;
      const record = await solving.next(looks ? 1 : ahead);
      if (!record) break;
      outbox.add(record);
      const point = looks && solving.point;
      if (point)
        emit({
          event: 'observed',
          solve: id,
          iteration: record.iteration,
          observations: await looks.observe(point),
        });
      if (perSecond !== undefined && solving.status === 'running') {
        outbox.flush();
        await sleep(1000 / perSecond - (performance.now() - started), signal);
      }
      await breathe();
    }
  } finally {
    outbox.flush();
  }
  return reportOf(solving, signal.aborted);
}

/** How a command left a solve. */
export const reportOf = ({ id, phase, status }: Solving, interrupted: boolean): SolveReport => ({
  solve: id,
  phase,
  status,
  interrupted,
});
