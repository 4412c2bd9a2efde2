import type { Backstage, TrainAccess, Run } from './types.ts';
import type { CorpusPart } from './corpus.ts';

/** What makes a run that run, in whichever engine it is. */
export type Identity = Pick<Run, 'id' | 'applied' | 'series'>;

/** Gives a run to the engine, from its newest checkpoint if it has one, and shows it. */
export function createHandOver(
  { get, set, lane }: TrainAccess,
  corpus: Pick<CorpusPart, 'take' | 'onProgress'>,
): (run: Identity, backstage: Backstage, wanted: () => boolean) => Promise<void> {
  return async ({ id, applied: experiment, series }, backstage, wanted) => {
    const { text, point } = backstage;
    const { onProgress } = corpus;
    const report = await lane.ask('open', (engine) =>
      engine.with({ onProgress }).openTraining(experiment, text, point?.file),
    );
    if (!wanted()) return;
    const { step } = report;
    backstage.epoch = lane.epoch();
    backstage.since = step;
    backstage.step = step;
    // What was changed while the engine was opening the run is told to it next.
    const { run: before } = get();
    const applied = before?.id === id ? before.applied : experiment;
    backstage.dirty = applied !== experiment;
    backstage.unsaved = backstage.unsaved.filter((record) => record.step <= step);
    series.keepUntil(step);
    corpus.take(experiment, report.data);
    const run: Run = {
      ...{ id, applied, report, series },
      ...series.newest(),
      version: (before?.version ?? 0) + 1,
      ...{ secondsLeft: null, examplesPerSecond: null },
    };
    set({ run, trainMemory: report.memory });
  };
}
