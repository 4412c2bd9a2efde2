import type { EngineEvent, MemorySample } from '../../../src/engine/protocol/protocol.ts';
import type { TrainAccess, Run } from './types.ts';
import type { Checkpoints } from './checkpoints/checkpoints.ts';
import { tellQuiet } from '../engine/restarts.ts';
import { paceOf, secondsLeft } from './pace.ts';
import type { Sampling } from './sampling.ts';

/** Where the engine's events go: records into the series at once, onto the screen once a frame. */
export interface TrainEvents {
  readonly push: (event: EngineEvent) => void;
  /** Shows what has come: a command's reply must not overtake its records. */
  readonly flush: () => void;
}

/** The time to the end is said anew at most each second: quicker, nobody could read it. */
const ETA_MILLISECONDS = 1000;

/** Nothing waits yet. */
export function createTrainEvents(
  { get, set, now, frame, backstage }: TrainAccess,
  checkpoints: Pick<Checkpoints, 'keep'>,
  sampling: Pick<Sampling, 'take'>,
): TrainEvents {
  let memory: MemorySample | null = null;
  let waiting = false;
  let asked = false;
  let told = -Infinity;

  const paced = (run: Run): Pick<Run, 'examplesPerSecond' | 'secondsLeft'> => {
    const since = backstage()?.since ?? 0;
    const pace = paceOf(run.series, since);
    const examplesPerSecond = pace?.examplesPerSecond ?? null;
    const step = run.series.of('deq').at(-1)?.step ?? 0;
    const { steps } = run.report;
    if (step < steps && now() - told < ETA_MILLISECONDS && run.secondsLeft !== null) {
      return { examplesPerSecond, secondsLeft: run.secondsLeft };
    }
    told = now();
    return { examplesPerSecond, secondsLeft: secondsLeft(pace, { step, steps, since }) };
  };
  const flush = (): void => {
    const { run } = get();
    if (!waiting || !run) return;
    waiting = false;
    const shown = { ...run, ...run.series.newest(), version: run.version + 1, ...paced(run) };
    set({ run: shown, ...(memory ? { trainMemory: memory } : {}) });
  };

  const push = (event: EngineEvent): void => {
    const { run } = get();
    if (event.event === 'quiet') {
      tellQuiet({ get, set }, event.quiet);
    } else if (event.event === 'sampled') {
      sampling.take(event.tokens, event.step);
    } else if (event.event === 'looked') {
      const { step, observations } = event;
      set({ looked: { step, observations } });
    } else if (event.event === 'checkpoint') {
      flush();
      checkpoints.keep(event);
    } else if (event.event === 'trained') {
      // The last records of a run that is leaving the page are kept with its last state.
      backstage()?.unsaved.push(...event.records);
      if (!run) return;
      run.series.push(event.records);
      memory = event.memory;
      waiting = true;
      if (asked) return;
      asked = true;
      frame(() => {
        asked = false;
        flush();
      });
    }
  };
  return { push, flush };
}
