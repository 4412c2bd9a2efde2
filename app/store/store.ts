import { subscribeWithSelector } from 'zustand/middleware';
import { createStore, type StateCreator, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../../src/schema/experiment.ts';
import type { FieldPath } from '../../src/schema/fields.ts';
import { lessons, type Lesson } from '../../src/schema/lessons.ts';
import type { LinkFrame, View } from '../../src/schema/link.ts';
import { createConfigSlice } from './config/configSlice.ts';
import { createCursorSlice } from './solve/cursorSlice.ts';
import { createDeviceSlice } from './engine/deviceSlice.ts';
import { createEvidenceSlice } from './solve/evidence.ts';
import { createExploreSlice } from './solve/explore.ts';
import { fetchOwnFile, saveFile, type Bytes } from './files.ts';
import { createFrameSlice } from './page/frame.ts';
import { createGuideSlice } from './page/guide.ts';
import { createHistory } from './config/history.ts';
import { createPasses } from './solve/passes.ts';
import { createPinSlice } from './solve/pins.ts';
import type { StartEngine } from './engine/lane.ts';
import { createLateLane, fetchSolving } from './engine/lateLane.ts';
import type { createSolveLane } from './engine/solveLane.ts';
import { createInsightSlice } from './solve/insightSlice.ts';
import { nothingMade } from './solve/shown.ts';
import { createSolveSlice, type Opening } from './solve/solveSlice.ts';
import type { AppState, Watch } from './state.ts';
import { createStudySlice } from './memory/studySlice.ts';
import { loadPart } from '../parts/loadPart.ts';
import { createLateTraining } from './train/lateTraining.ts';
import type { createTraining } from './train/trainSlice.ts';
import { createRunsSlice } from './runs/runsSlice.ts';
import { createUiSlice } from './page/uiSlice.ts';
import { createWeights } from './config/weights.ts';

/** The one store of the page. */
export type AppStore = Omit<StoreApi<AppState>, 'subscribe'> & {
  readonly subscribe: StoreApi<AppState>['subscribe'] & Watch['subscribe'];
};

/** What the store takes from outside, so that tests can give it something else. */
export interface AppStoreOptions {
  readonly startEngine: StartEngine;
  /** The set-up to begin with. */
  readonly experiment: Experiment;
  /** A recorded run to show until the visitor acts; absent: live from the start. */
  readonly recorded?: Omit<Opening, 'source'>;
  /** Milliseconds that only go up. */
  readonly now?: () => number;
  /** Calls back before the next frame is drawn. */
  readonly frame?: (callback: () => void) => void;
  /** The page to begin with; default `solve`. */
  readonly view?: View;
  /** The lesson to begin with; default the first. */
  readonly lesson?: Lesson;
  /** How much of the page to draw; default all of it. */
  readonly shown?: LinkFrame;
  /** Reads a file of this page's own, such as `models/pretrained.safetensors`. */
  readonly fetchFile?: (path: string) => Promise<Bytes>;
  /** The code that drives the Solve view's engine where it is there already; absent: it is fetched. */
  readonly createSolveLane?: typeof createSolveLane;
  /** The code of training where it is there already; absent: it is fetched when it is first needed. */
  readonly createTraining?: typeof createTraining;
  /** Lets the visitor keep a file. */
  readonly download?: (name: string, bytes: Bytes) => void;
}

const nextFrame = (callback: () => void): void => {
  // A hidden tab draws no frames, yet its state must go on.
  if (document.hidden) setTimeout(callback, 100);
  else requestAnimationFrame(callback);
};

/** Make the store. Nothing starts the engine until `startEngine` or the first action. */
export function createAppStore(options: AppStoreOptions): AppStore {
  const { startEngine, experiment, recorded, fetchFile = fetchOwnFile, view = 'solve' } = options;
  const opening: Opening = recorded
    ? { ...recorded, source: 'recorded' }
    : { source: 'live', ...nothingMade(), applied: experiment };
  /** Subscriptions of slices: they begin when there is a state to compare with. */
  const early: (() => void)[] = [];
  let made: AppStore | null = null;
  const subscribe: Watch['subscribe'] = (...watched) => {
    if (made) return made.subscribe(...watched);
    let end = (): void => undefined;
    early.push(() => {
      if (made) end = made.subscribe(...watched);
    });
    return () => {
      end();
    };
  };
  const slices: StateCreator<AppState> = (set, get) => {
    const access = {
      get,
      set: (change: Partial<AppState>): void => {
        set(change);
      },
    };
    const common = {
      ...access,
      startEngine,
      now: options.now ?? (() => performance.now()),
      frame: options.frame ?? nextFrame,
      weights: createWeights(fetchFile, () => get().ownWeights),
    };
    const lane = createLateLane(common, options.createSolveLane);
    const passes = createPasses(access, lane, () => {
      get().judgeBranch();
      get().estimateSpectrum(true);
    });
    const { download = saveFile } = options;
    const training = createLateTraining(
      { ...common, subscribe, fetchFile, download },
      () =>
        // It starts engines of its own.
        Promise.all([loadPart(() => import('./train/trainSlice.ts')), fetchSolving()]).then(
          ([{ createTraining }]) => createTraining,
        ),
      options.createTraining,
    );
    const { now } = common;
    const history = createHistory({
      ...{ ...access, subscribe, now, onChanged: training.changed },
      kept: common.weights.kept,
    });
    const onChanged = (path: FieldPath): void => {
      history.changedAlone(path);
      training.changed(path);
    };
    return {
      ...createConfigSlice(access, { experiment, lane, passes, onChanged }),
      ...history.slice,
      ...createFrameSlice(access, options.shown ?? {}),
      ...createSolveSlice(access, lane, passes, opening),
      ...createCursorSlice(access),
      ...createPinSlice({ ...access, subscribe }),
      ...createExploreSlice(access, lane, passes, { weights: common.weights, download }),
      ...createDeviceSlice(access, lane),
      ...createEvidenceSlice({ ...access, subscribe }, lane, passes),
      ...createInsightSlice(access, lane, passes),
      ...createStudySlice({ ...access, subscribe, startEngine }),
      ...training.slice,
      ...createRunsSlice(access, { weights: common.weights, store: () => made }),
      ...createGuideSlice(access, options.lesson ?? lessons[0]),
      ...createUiSlice(access, { view, lane, passes }),
    };
  };
  made = createStore<AppState>()(subscribeWithSelector(slices));
  for (const begin of early) begin();
  return made;
}
