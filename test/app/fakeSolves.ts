import type {
  EngineEvent,
  Phase,
  SolveReport,
  SolveStatus,
} from '../../src/engine/protocol/protocol.ts';
import { someMemory, someRecord } from './fakeValues.ts';

/** Resolves after that time. */
export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Both solves of a fake engine. */
export function fakeSolves(options: {
  readonly convergesAt: number;
  readonly ends: Readonly<Record<Phase, SolveStatus>>;
  readonly emit: (event: EngineEvent) => void;
}) {
  let numbered = 0;
  const solves: Partial<Record<Phase, { readonly solve: number; next: number }>> = {};
  const open = (phase: Phase): SolveReport => {
    numbered++;
    if (phase === 'forward') delete solves.backward;
    solves[phase] = { solve: numbered, next: 0 };
    return { solve: numbered, phase, status: 'running', interrupted: false };
  };
  const advance = async (
    signal: AbortSignal,
    phase: Phase,
    count: number,
    pause: number,
  ): Promise<SolveReport> => {
    const mine = solves[phase];
    if (!mine) throw new Error(`The ${phase} solve was never opened.`);
    const { solve } = mine;
    const status = (): SolveStatus =>
      mine.next > options.convergesAt ? options.ends[phase] : 'running';
    for (let made = 0; made < count && !signal.aborted && status() === 'running'; made++) {
      const records = [someRecord(mine.next)];
      mine.next++;
      options.emit({
        event: 'records',
        phase,
        solve,
        records,
        status: status(),
        memory: someMemory,
      });
      await sleep(pause);
    }
    return { solve, phase, status: status(), interrupted: signal.aborted };
  };
  const newest = (phase: Phase): number => solves[phase]?.solve ?? -1;
  return { open, newest, advance };
}
