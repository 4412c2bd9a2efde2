import type { FieldPath } from '../../../src/schema/fields.ts';
import type {
  Fault,
  TrainingProgress,
  TrainingWatch,
  TrainRecord,
} from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../engine/faults.ts';
import { newBackstage, type Backstage, type TrainAccess } from './types.ts';
import type { CorpusPart } from './corpus.ts';
import { createHandOver, type Identity } from './handOver.ts';
import type { MemoryGuard } from './memoryGuard.ts';
import { samplesEvery } from './sampling.ts';
import { isLive, withValueOf } from './settings.ts';
import type { FoundText } from './texts.ts';
import { learnsOf } from './trainText.ts';

/** What the loop of a run can be told. Each `begin` and `goOn` ends the one before. */
export interface Runs {
  /** A run, from the start or from its newest checkpoint; then trains. */
  readonly begin: (opening: Opening) => void;
  /** Trains on, `count` steps or to the end. */
  readonly goOn: (count?: number) => void;
  /** Ends the loop without a word; the phase is the caller's to set. */
  readonly halt: () => void;
  /** Ends the slice the engine is in; the loop then looks at the phase and the settings again. */
  readonly nudge: () => void;
  /** Resolves when an engine holds the run on screen. */
  readonly ready: () => Promise<void>;
  /** Whether what the task draws is on screen: it is drawn for nobody, and made up for when it is looked at again. */
  readonly watchView: (seen: boolean) => void;
  /** A field was changed by the visitor: the run takes over what is live. */
  readonly changed: (path: FieldPath) => void;
}

/** What a run begins with. */
export interface Opening extends Identity {
  readonly text: () => Promise<FoundText>;
  /** The state it goes on from; null at the start. */
  readonly point: Backstage['point'];
  /** Records that have to be kept with its first checkpoint. */
  readonly unsaved?: readonly TrainRecord[];
}

/** No run. */
export function createRuns(
  access: TrainAccess,
  options: {
    readonly corpus: Pick<CorpusPart, 'take' | 'update' | 'onProgress'>;
    /** Says what there is against a run before it is begun. */
    readonly guard: Pick<MemoryGuard, 'check'>;
    readonly flush: () => void;
    /** May write the sample that is due. */
    readonly automatic: () => Promise<void>;
    /** Keeps the newest state of the run. */
    readonly keepNewest: () => Promise<void>;
    readonly onFault: (fault: Fault) => void;
  },
): Runs {
  const { get, set, lane, now } = access;
  const { corpus } = options;
  const hand = createHandOver(access, corpus);
  let generation = 0;

  const halt = (): void => {
    generation++;
    lane.interrupt('train', 'timeline', 'corpus');
    corpus.update({ reading: null });
  };
  /** Turns false when something else is begun. */
  const ofNow = (): (() => boolean) => {
    const mine = generation;
    return () => mine === generation;
  };
  /** Does `work` in a generation of its own; what goes wrong counts only while it lasts. */
  const attempt = async (work: (wanted: () => boolean) => Promise<void>): Promise<void> => {
    halt();
    const wanted = ofNow();
    set({ trainFault: null });
    try {
      await work(wanted);
    } catch (error) {
      if (!wanted()) return;
      const fault = faultOf(error);
      // Somebody gave the engine up: the run waits for whoever did to go on.
      if (fault.kind === 'cancelled') set({ runPhase: get().run ? 'paused' : 'idle' });
      else options.onFault(fault);
    }
  };

  /** Whether what the task draws is on screen. */
  let viewed = true;
  const watch = (): TrainingWatch => ({ samplesEvery: samplesEvery(get()), view: viewed });

  /** One slice of training; null when it was no longer wanted, or not so, at its turn. */
  const slice = (backstage: Backstage, left: number, going: () => boolean) =>
    lane.ask(
      'train',
      async (engine): Promise<TrainingProgress | null> => {
        if (!going() || backstage.dirty) return null;
        const began = now();
        const progress = await engine.train(left === Infinity ? undefined : left, watch());
        backstage.trained += now() - began;
        backstage.step = progress.step;
        return progress;
      },
      { yields: true },
    );

  /** Trains in slices, for as long as nothing else is said. */
  const drive = async (wanted: () => boolean, count: number): Promise<void> => {
    const going = (): boolean => wanted() && get().runPhase === 'running';
    let left = count;
    while (going()) {
      const { run } = get();
      const backstage = access.backstage();
      if (!run || !backstage) return;
      if (backstage.epoch !== lane.epoch()) {
        await hand(run, backstage, wanted);
        continue;
      }
      if (backstage.dirty) {
        backstage.dirty = false;
        await lane.ask('change', (engine) => engine.changeTraining(run.applied));
        continue;
      }
      const before = backstage.step;
      const progress = await slice(backstage, left, going);
      options.flush();
      if (!wanted()) break;
      if (!progress) continue;
      left -= progress.step - before;
      const { status } = progress;
      if (status === 'sample') {
        if (going()) await options.automatic();
      } else if (status !== 'paused') set({ runPhase: status });
      else if (left <= 0) set({ runPhase: 'pausing' });
    }
    if (!wanted() || get().runPhase !== 'pausing') return;
    // Where the visitor lets it rest a reload finds it again.
    await options.keepNewest();
    if (wanted() && get().runPhase === 'pausing') set({ runPhase: 'paused' });
  };

  const begin: Runs['begin'] = ({ text, point, unsaved = [], ...identity }) => {
    access.setBackstage(null);
    set({
      run: null,
      runPhase: 'preparing',
      looked: null,
      timeline: [],
      restartNeeded: [],
      resumable: null,
    });
    void attempt(async (wanted) => {
      corpus.update({
        reading: {
          label: `Preparing the ${learnsOf({ run: null, experiment: identity.applied }).from}`,
          done: 0,
          total: 0,
        },
      });
      try {
        const found = await text();
        if ('problem' in found) {
          corpus.update({ problem: found.problem });
          if (wanted()) set({ runPhase: 'idle' });
          return;
        }
        if (!wanted()) return;
        // A state that was kept fitted once.
        const refusal = point
          ? undefined
          : await options.guard.check(identity.applied, found.text, corpus.onProgress);
        if (!wanted()) return;
        if (refusal !== undefined) {
          set({ runPhase: 'idle', trainFault: { kind: 'bad-input', message: refusal } });
          return;
        }
        const backstage = newBackstage(found.text, point);
        backstage.unsaved.push(...unsaved);
        access.setBackstage(backstage);
        await hand(identity, backstage, wanted);
      } finally {
        if (wanted()) corpus.update({ reading: null });
      }
      if (get().runPhase === 'preparing' && wanted()) set({ runPhase: 'running' });
      await drive(wanted, Infinity);
    });
  };

  return {
    begin,
    halt,
    goOn: (count = Infinity) => {
      set({ runPhase: 'running' });
      void attempt((wanted) => drive(wanted, count));
    },
    nudge: () => {
      lane.interrupt('train', 'timeline');
    },
    watchView: (seen) => {
      if (seen === viewed) return;
      viewed = seen;
      if (get().runPhase === 'running') lane.interrupt('train');
      else if (seen && access.backstage()?.epoch === lane.epoch() && lane.epoch() !== 0)
        // A picture that was due meanwhile. Where something else is asked it is made up for with the next steps.
        lane
          .ask('train', (engine) => engine.train(0, watch()), { yields: true })
          .catch(() => undefined);
    },
    ready: async () => {
      const { run } = get();
      const backstage = access.backstage();
      if (!run || !backstage || backstage.epoch === lane.epoch()) return;
      // A loop that trains hands the run over itself.
      if (get().runPhase === 'running') return;
      await hand(run, backstage, ofNow());
    },
    changed: (path) => {
      const { run, experiment, runPhase } = get();
      const backstage = access.backstage();
      if (run && backstage && isLive(path)) {
        set({ run: { ...run, applied: withValueOf(run.applied, experiment, path) } });
        backstage.dirty = true;
      } else if (path !== 'sample.every') return;
      if (runPhase === 'running') lane.interrupt('train');
    },
  };
}
