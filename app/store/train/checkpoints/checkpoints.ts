import type { TrainingEvent } from '../../../../src/engine/protocol/protocol.ts';
import { formatBytes } from '../../../format.ts';
import { isFull } from '../../database.ts';
import { faultOf } from '../../engine/faults.ts';
import type { Backstage, TrainAccess, CheckpointEntry, Run, TrainSlice } from '../types.ts';
import { resumableOf } from './shelf.ts';
import { runsElsewhere } from '../runLocks.ts';
import { type FoundText, textName } from '../texts.ts';
import type { Experiment } from '../../../../src/schema/experiment.ts';
import type { Bytes } from '../../files.ts';
import type { Runs } from '../runs.ts';
import { TrainSeries } from '../series.ts';
import { newId } from '../../newId.ts';

type CheckpointEvent = Extract<TrainingEvent, { readonly event: 'checkpoint' }>;

/** Longest wait for a state before the run is given up. */
const PATIENCE_MILLISECONDS = 4000;

/** Keeps states of runs in this browser, and tells in words when it can't. */
export interface Checkpoints extends Pick<TrainSlice, 'forgetResumable' | 'deleteCheckpoint'> {
  /** Lists what earlier visits have kept and offers the run that was not finished. */
  readonly load: () => Promise<void>;
  /** Keeps a state of the run on screen; training does not wait for it. */
  readonly keep: (event: CheckpointEvent) => void;
  /**
   * Keeps the newest state of the run on screen, before something takes the run away; resolves once
   * it is kept, or after some seconds. What can't be kept is said as ever.
   */
  readonly keepNewest: () => Promise<void>;
  /** The visitor ended that run: it is not to be offered after a reload. */
  readonly decline: (runId: string) => void;
}

/** Nothing listed yet. */
export function createCheckpoints(access: TrainAccess): Checkpoints {
  const { get, set, shelf, lane } = access;
  let writing = Promise.resolve();
  /** Name of the newest own text, so that a long one isn't hashed at each checkpoint. */
  let named: { readonly text: string; readonly name: string } | null = null;

  const list = async (): Promise<readonly CheckpointEntry[]> => {
    const checkpoints = await shelf.list();
    set({ checkpoints });
    return checkpoints;
  };
  const say = (what: string, error: unknown, then = 'Reload the page and try again.'): void => {
    set({ checkpointProblem: `${what} (${faultOf(error).message}). ${then}` });
  };
  const load = async (): Promise<void> => {
    try {
      const entries = await list();
      const taken = [...(await shelf.declined()), ...(await runsElsewhere(get().run?.id))];
      const resumable = resumableOf(entries, taken);
      // The visitor was quicker.
      if (!get().run) set({ resumable });
    } catch (error) {
      say('This browser gives the page no storage', error, WITHOUT);
    }
  };

  const keepOf = (
    run: Run,
    backstage: Backstage,
    { step, validation, file }: Omit<CheckpointEvent, 'event'>,
  ): void => {
    backstage.point = { file, step };
    const { id: runId, applied: experiment, report } = run;
    const entry = {
      id: `${runId}/${String(step)}`,
      ...{ runId, step, steps: report.steps, experiment },
      validation: validation ?? null,
      bytes: file.length,
      savedAt: Date.now(),
    };
    const own = experiment.data.source === 'own' ? backstage.text : undefined;
    if (own !== undefined && named?.text !== own) named = { text: own, name: textName(own) };
    const text = own === undefined ? null : named;
    writing = writing.then(async () => {
      const records = backstage.unsaved.splice(0);
      try {
        await shelf.keep({ entry, file, text, records });
        await list();
        set({ checkpointProblem: null });
      } catch (error) {
        // The next checkpoint takes them along.
        backstage.unsaved.unshift(...records);
        if (isFull(error)) set({ checkpointProblem: fullText(file.length, get().checkpoints) });
        else say('The checkpoint could not be kept', error, WITHOUT);
      }
    });
  };

  const keep: Checkpoints['keep'] = (event) => {
    const { run } = get();
    const backstage = access.backstage();
    if (run && backstage) keepOf(run, backstage, event);
  };

  const keepNewest: Checkpoints['keepNewest'] = async () => {
    const { run } = get();
    const backstage = access.backstage();
    if (!run || !backstage) return;
    const save = async (): Promise<void> => {
      // Between two commands its step is known, and may be kept already.
      const rests = get().runPhase !== 'running';
      if (rests && backstage.step <= (backstage.point?.step ?? 0)) return writing;
      // Asked for before whoever takes the run away asks for anything.
      if (backstage.epoch !== 0 && backstage.epoch === lane.epoch()) {
        const file = await lane.ask('file', (engine) => engine.saveTraining());
        const { step, point } = backstage;
        if (step > (point?.step ?? 0)) keepOf(run, backstage, { step, file });
      }
      await writing;
    };
    // An engine that no longer answers has nothing to give; its checkpoints are there.
    const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS));
    await Promise.race([save().catch(() => undefined), patience]);
  };

  const decline = (runId: string): void => {
    shelf.decline(runId, true).catch((error: unknown) => {
      say('It could not be noted that this run is done with', error);
    });
  };

  return {
    load,
    keep,
    keepNewest,
    decline,
    forgetResumable: () => {
      const { resumable } = get();
      if (resumable) decline(resumable.runId);
      set({ resumable: null });
    },
    deleteCheckpoint: (id) => {
      if (get().resumable?.id === id) set({ resumable: null });
      writing = writing.then(async () => {
        try {
          await shelf.remove(id);
          await list();
          set({ checkpointProblem: null });
        } catch (error) {
          say('The checkpoint could not be deleted', error);
        }
      });
    },
  };
}

/** What it means to train without checkpoints. */
const WITHOUT =
  'Training goes on without; a reload loses the run, so download the model when it is done.';

const fullText = (bytes: number, kept: readonly CheckpointEntry[]): string => {
  const used = kept.reduce((sum, entry) => sum + entry.bytes, 0);
  return `This browser has no room left for the checkpoint (${formatBytes(bytes)}; ${formatBytes(used)} are used by checkpoints). Delete some below.`;
};

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
): Pick<TrainSlice, 'resume' | 'bringBackRun' | 'downloadCheckpoint'> {
  const { get, set, shelf } = access;
  const { runs, textOf, download } = options;

  const resume = async (
    find: () => Promise<string>,
    { rests = false, setUp = true } = {},
  ): Promise<void> => {
    set({ checkpointProblem: null });
    await options.keepNewest();
    try {
      const saved = await shelf.read(await find());
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
      if (setUp) get().open(experiment);
      runs.begin({
        id: copied ? newId() : runId,
        ...{ applied: experiment, series, text, point: { file, step } },
        ...(copied ? { unsaved: records } : {}),
      });
      if (rests) get().pauseTraining();
    } catch (error) {
      const { message } = faultOf(error);
      set({ checkpointProblem: `The checkpoint could not be opened: ${message}` });
    }
  };

  return {
    resume: (id) => void resume(() => Promise.resolve(id)),
    bringBackRun: (runId, rests) => {
      const newest = async (): Promise<string> => {
        const steps = (await shelf.list()).filter((entry) => entry.runId === runId);
        const [last] = steps.toSorted((a, b) => b.step - a.step);
        if (!last) throw new Error('Nothing of that training was kept in this browser.');
        return last.id;
      };
      void resume(newest, { rests, setUp: false });
    },
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
