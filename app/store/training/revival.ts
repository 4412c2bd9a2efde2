import type { Experiment } from '../../../src/schema/experiment.ts';
import { faultOf } from '../faults.ts';
import type { Bytes } from '../files.ts';
import type { TrainAccess } from './access.ts';
import { runsElsewhere } from './runLocks.ts';
import type { Runs } from './runs.ts';
import { TrainSeries } from './series.ts';
import type { FoundText } from './texts.ts';
import { newId } from './transport.ts';
import type { TrainSlice } from './types.ts';

/** What the visitor can do with a kept state: go on from it, or take it home. */
export function createRevival(
  access: TrainAccess,
  options: {
    readonly runs: Pick<Runs, 'begin'>;
    readonly textOf: (experiment: Experiment) => Promise<FoundText>;
    readonly download: (name: string, bytes: Bytes) => void;
    /** Keeps the newest state of the run on screen, which makes way. */
    readonly keepNewest: () => Promise<void>;
  },
): Pick<TrainSlice, 'resume' | 'downloadCheckpoint'> {
  const { get, set, shelf } = access;
  const { runs, textOf, download } = options;

  const resume = async (id: string): Promise<void> => {
    set({ checkpointProblem: null });
    await options.keepNewest();
    try {
      const saved = await shelf.read(id);
      if (!saved) throw new Error('It is no longer in this browser. Choose another.');
      const { entry, file, text: own, records } = saved;
      const { experiment, runId, step } = entry;
      if (experiment.data.source === 'own') {
        if (own === undefined) throw new Error('Its text is no longer in this browser.');
        await get().ownTextLoaded();
        // The visitor's newer text is not thrown away for it.
        if (get().corpus.own === '') get().setTrainingText(own);
      }
      // Two tabs that go on with one run would write over each other's states: this is a copy.
      const copied = (await runsElsewhere(get().run?.id)).includes(runId);
      if (!copied) await shelf.decline(runId, false);
      const series = new TrainSeries();
      series.push(records);
      const text = async (): Promise<FoundText> =>
        own === undefined ? textOf(experiment) : { text: own };
      get().open(experiment);
      runs.begin({
        id: copied ? newId() : runId,
        ...{ applied: experiment, series, text, point: { file, step } },
        ...(copied ? { unsaved: records } : {}),
      });
    } catch (error) {
      const { message } = faultOf(error);
      set({ checkpointProblem: `The checkpoint could not be opened: ${message}` });
    }
  };

  return {
    resume: (id) => void resume(id),
    downloadCheckpoint: (id) => {
      const save = async (): Promise<void> => {
        const saved = await shelf.read(id);
        if (!saved) throw new Error('It is no longer in this browser.');
        download(`deq-run-step-${String(saved.entry.step)}.safetensors`, saved.file);
      };
      save().catch((error: unknown) => {
        const { message } = faultOf(error);
        set({ checkpointProblem: `The checkpoint could not be downloaded: ${message}` });
      });
    },
  };
}
