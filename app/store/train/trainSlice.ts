import '../../families/whole.ts';
import type { Engine } from '../../../src/engine/client.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import type { EngineEvent } from '../../../src/engine/protocol/protocol.ts';
import { backendFor } from '../engine/backends.ts';
import { faultOf } from '../engine/faults.ts';
import { isJson, type Bytes } from '../files.ts';
import { createEngineLane } from '../engine/lane.ts';
import type { TrainAccess, TrainActions, Turn } from './types.ts';
import { createCheckpoints, createRevival } from './checkpoints/checkpoints.ts';
import { createCorpus } from './corpus.ts';
import { createMemoryGuard } from './memoryGuard.ts';
import { createModels } from './models.ts';
import { openFile } from './openFile.ts';
import { createTreat } from './remedies.ts';
import { createRuns } from './runs.ts';
import { markRun } from './runLocks.ts';
import { createSampling } from './sampling.ts';
import { createShelf } from './checkpoints/shelf.ts';
import { createTexts } from './texts.ts';
import { createTrainEvents } from './trainEvents.ts';
import { createTrainFaults } from './trainFaults.ts';
import { createTransport } from './transport.ts';
import { watchDifferences } from './settings.ts';

/** What training takes from outside. */
export interface TrainOptions extends Omit<
  TrainAccess,
  'lane' | 'shelf' | 'backstage' | 'setBackstage'
> {
  readonly startEngine: (onEvent: (event: EngineEvent) => void) => Engine;
  readonly fetchFile: (path: string) => Promise<Bytes>;
  readonly download: (name: string, bytes: Bytes) => void;
}

/** Training, and word for it of each field the visitor changes. */
export interface Training {
  readonly actions: TrainActions;
  readonly changed: (path: FieldPath) => void;
}

/** Nothing is started before it is asked for; what earlier visits kept is looked up at once. */
export function createTraining(options: TrainOptions): Training {
  const { get, set, startEngine, fetchFile, download } = options;
  let backstage: ReturnType<TrainAccess['backstage']> = null;
  const lane = createEngineLane<Turn>({
    startEngine,
    boot: async (engine, current) => {
      const work = get().run?.applied ?? get().experiment;
      const trainDevice = await engine.boot(backendFor(get(), work, 'train'), get().kernels);
      if (current()) set({ trainDevice });
    },
    onEvent: (event) => {
      events.push(event);
    },
    onFault: (fault) => {
      faults.onFault(fault);
    },
  });
  const access: TrainAccess = {
    ...options,
    lane,
    shelf: createShelf(),
    backstage: () => backstage,
    setBackstage: (next) => {
      backstage = next;
    },
  };

  const faults = createTrainFaults(access, () => runs);
  const { onFault, onError, dismiss } = faults;
  const textOf = createTexts({ fetchFile, own: () => get().corpus.own });
  const corpus = createCorpus(access, textOf, onError);
  const guard = createMemoryGuard(access, textOf);
  const runReady = (): Promise<void> => runs.ready();
  const models = createModels(access, { download, runReady, onError, dismiss });
  const sampling = createSampling(access, models, {
    runReady,
    onError: (error) => {
      onFault(faultOf(error));
    },
    dismiss,
  });
  const checkpoints = createCheckpoints(access);
  const events = createTrainEvents(access, checkpoints, sampling);
  const { automatic } = sampling;
  const { keepNewest } = checkpoints;
  const runs = createRuns(access, {
    ...{ corpus, guard, flush: events.flush, automatic, keepNewest, onFault },
  });
  const transport = createTransport(access, { runs, guard, textOf, checkpoints });
  const revival = createRevival(access, { runs, textOf, download, keepNewest });
  void checkpoints.load();
  watchDifferences(access);
  markRun(access);

  const actions: TrainActions = {
    keepRun: checkpoints.keepNewest,
    watchTrainView: runs.watchView,
    ...transport,
    ...revival,
    treat: createTreat(access, runs),
    setTrainingText: corpus.setTrainingText,
    bringBackText: corpus.bringBackText,
    readCorpus: corpus.readCorpus,
    ownTextLoaded: corpus.ownTextLoaded,
    openTrainingFile: async (file) => {
      if (isJson(file) && (await get().openBundle(file))) return;
      const opened = await openFile(file);
      set({ modelProblem: null });
      if (opened.kind === 'text') corpus.setTrainingText(opened.text, true);
      else if (opened.kind === 'model') await models.openBytes(opened.bytes, file.name);
      else if (opened.what === 'model') set({ modelProblem: opened.problem });
      else corpus.update({ problem: opened.problem });
    },
    forgetResumable: checkpoints.forgetResumable,
    deleteCheckpoint: checkpoints.deleteCheckpoint,
    modelFile: models.modelFile,
    downloadModel: models.downloadModel,
    openInSolve: models.openInSolve,
    bringBackModel: models.bringBackModel,
    dismissModelProblem: () => {
      set({ modelProblem: null });
    },
    loadPretrained: () => void models.loadPretrained(),
    drawSample: sampling.drawSample,
    stopSample: sampling.stopSample,
  };
  return {
    actions,
    changed: (path) => {
      dismiss();
      runs.changed(path);
    },
  };
}
