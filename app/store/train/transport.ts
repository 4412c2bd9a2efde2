import { newId } from '../newId.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { withRandomWeights } from '../../../src/schema/weights.ts';
import { chosenBackend } from '../engine/backends.ts';
import { faultOf } from '../engine/faults.ts';
import type { TrainAccess, TrainSlice } from './types.ts';
import type { Checkpoints } from './checkpoints/checkpoints.ts';
import type { Runs } from './runs.ts';
import type { MemoryGuard } from './memoryGuard.ts';
import { gentlerTraining } from './remedies.ts';
import { TrainSeries } from './series.ts';
import type { FoundText } from './texts.ts';

type Actions = Pick<
  TrainSlice,
  | 'train'
  | 'pauseTraining'
  | 'stepTraining'
  | 'stopTraining'
  | 'askToStop'
  | 'keepTraining'
  | 'restartTraining'
  | 'recoverTraining'
  | 'setTrainBackend'
  | 'exchangeTrainEngine'
>;

/** What the visitor can do with runs, on top of their loop. */
export function createTransport(
  access: TrainAccess,
  options: {
    readonly runs: Runs;
    readonly guard: Pick<MemoryGuard, 'refusal'>;
    readonly textOf: (experiment: Experiment) => Promise<FoundText>;
    readonly checkpoints: Pick<Checkpoints, 'decline' | 'keepNewest'>;
  },
): Actions {
  const { get, set, lane } = access;
  const { runs, textOf } = options;

  const begin = (): void => {
    const experiment = withRandomWeights(get().experiment);
    // What is known to be too large ends no run.
    const refusal = options.guard.refusal();
    if (refusal) {
      set({ trainFault: { kind: 'bad-input', message: refusal } });
      return;
    }
    const text = async (): Promise<FoundText> => {
      await get().ownTextLoaded();
      return textOf(experiment);
    };
    const series = new TrainSeries();
    const open = (): void => {
      runs.begin({ id: newId(), applied: experiment, series, text, point: null });
    };
    // The run before leaves the page: what it has learnt stays.
    const kept = options.checkpoints.keepNewest();
    const chosen = chosenBackend(get(), experiment, 'train');
    const used = get().trainDevice?.backend.name;
    if (!chosen || !used || used === chosen) {
      open();
      return;
    }
    // A timing that has come since the engine started says that another backend is the faster one for this.
    set({ runPhase: 'preparing' });
    void kept.finally(() => {
      set({ trainDevice: null });
      lane.drop();
      if (get().runPhase === 'preparing') open();
      else set({ runPhase: 'idle' });
    });
  };
  /** Opens the run again, from its newest state, before it goes on. */
  const reopen = (experiment: Experiment): void => {
    const { run } = get();
    const backstage = access.backstage();
    if (!run || !backstage) return;
    backstage.epoch = 0;
    set({ run: { ...run, applied: experiment } });
    runs.goOn();
  };
  const train = (): void => {
    const { run, runPhase, experiment } = get();
    if (runPhase === 'running' || runPhase === 'preparing') return;
    if (!run) begin();
    else if (runPhase === 'pausing') set({ runPhase: 'running' });
    else if (runPhase === 'paused' || runPhase === 'failed') runs.goOn();
    else if (runPhase === 'finished' && experiment.train.steps > run.applied.train.steps) {
      const { steps } = experiment.train;
      reopen({ ...run.applied, train: { ...run.applied.train, steps } });
    }
  };
  const pause = (): void => {
    const { runPhase } = get();
    if (runPhase !== 'running' && runPhase !== 'preparing') return;
    set({ runPhase: 'pausing' });
    runs.nudge();
  };

  const recover: Actions['recoverTraining'] = (remedies = ['rate']) => {
    const { run, runPhase } = get();
    if (!run || (runPhase !== 'nonfinite' && runPhase !== 'diverged')) return;
    const gentler = gentlerTraining(run.applied, remedies);
    const { experiment, open } = get();
    const train = { ...experiment.train, ...gentler };
    // One change of the set-up, so that one undo takes it back.
    open({ ...experiment, train });
    if (!access.backstage()?.point) begin();
    else reopen({ ...run.applied, train: { ...run.applied.train, ...gentler } });
  };

  /** Takes the run over to an engine on another backend or with other kernels, from its newest step where it can. */
  const move = async (going: boolean): Promise<void> => {
    const backstage = access.backstage();
    if (get().run && backstage && backstage.epoch > 0 && backstage.epoch === lane.epoch()) {
      runs.halt();
      try {
        const file = await lane.ask('file', (engine) => engine.saveTraining());
        backstage.point = { file, step: backstage.step };
      } catch (error) {
        const step = String(backstage.point?.step ?? 0);
        const notice = `The newest steps could not be taken along (${faultOf(error).message}); the run goes on from step ${step}.`;
        set({ notice });
      }
    }
    lane.drop();
    // By now the visitor may have paused or stopped it.
    if (get().runPhase === 'pausing') set({ runPhase: 'paused' });
    else if (going && get().runPhase === 'running') runs.goOn();
  };

  const exchange = (): void => {
    const going = get().run !== null && get().runPhase === 'running';
    set({ trainDevice: null, trainFault: null });
    const { run, runPhase } = get();
    if (runPhase === 'pausing' || runPhase === 'failed') {
      set({ runPhase: run ? 'paused' : 'idle' });
    }
    void move(going);
  };

  const stop = (): void => {
    const { run } = get();
    runs.halt();
    lane.interrupt('sample');
    const leaving = access.backstage();
    void options.checkpoints.keepNewest().then(() => {
      if (access.backstage() === leaving) access.setBackstage(null);
    });
    // Behind the state that is kept, and before whatever the next run asks. An engine given up holds nothing.
    if (lane.epoch() !== 0)
      lane.ask('file', (engine) => engine.closeTraining()).catch(() => undefined);
    if (run) options.checkpoints.decline(run.id);
    set({
      run: null,
      runPhase: 'idle',
      trainFault: null,
      looked: null,
      timeline: [],
      restartNeeded: [],
    });
    set({ stopAsked: false });
  };

  return {
    train,
    pauseTraining: pause,
    stepTraining: () => {
      const { run, runPhase } = get();
      if (runPhase === 'running') pause();
      else if (run && (runPhase === 'paused' || runPhase === 'failed')) runs.goOn(1);
    },
    stopTraining: stop,
    askToStop: () => {
      if ((get().run?.series.of('deq').length ?? 0) > 0) set({ stopAsked: true });
      else stop();
    },
    keepTraining: () => {
      set({ stopAsked: false });
    },
    restartTraining: begin,
    recoverTraining: recover,
    setTrainBackend: (trainBackend) => {
      if (trainBackend === get().trainBackend) return;
      set({ trainBackend });
      exchange();
    },
    exchangeTrainEngine: exchange,
  };
}
