import type { Experiment } from '../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import type {
  IterationRecord,
  SolutionDistance,
  SolveStatus,
} from '../../../src/engine/protocol/protocol.ts';
import { loadPart } from '../../parts/loadPart.ts';
import { faultOf } from '../engine/faults.ts';
import type { Passes } from './passes.ts';
import { noRace, type RaceSlice } from './race.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import type { StoreAccess } from '../state.ts';
import type { Tuning } from './tuning.ts';
import type { UntilSlice } from './until.ts';
import type { TorchSlice } from '../config/torchFiles.ts';
import type { WeightsFileAccess, WeightsFileSlice } from '../config/weightsFile.ts';

/** The solve that a branch left. */
export interface Parent {
  readonly experiment: Experiment;
  readonly branch: Branch | null;
  /** All that it had made. */
  readonly records: readonly IterationRecord[];
  readonly status: SolveStatus;
}

/** A forward solve that went on from an iteration of another one. */
export interface Branch {
  /** The iteration of the parent at which it starts; its own records are numbered on from there. */
  readonly at: number;
  /** The parent's set-up with the branch's solver. */
  readonly experiment: Experiment;
  /** Size of the noise that z_at was kicked with, relative to it; null where it was left alone. */
  readonly noise: number | null;
  readonly parent: Parent;
  /** How far its solution is from the parent's, once it has ended. */
  readonly distance: SolutionDistance | null;
}

/** What starts a branch. */
export interface BranchSlice {
  readonly branch: Branch | null;
  /**
   * Goes on from the iteration shown with the solver of `experiment`; with `noise`, from a point
   * that far off, and then to the end.
   */
  readonly fork: (experiment: Experiment, noise?: number) => void;
  /** Finds out how far the solution of a branch that has ended is from its parent's. */
  readonly judgeBranch: () => void;
}

/** Small panels that hang from a button, one at a time. */
export type Tool = 'fork' | 'perturb' | 'until';

/** Which of them is open. */
export interface ToolSlice {
  readonly tool: Tool | null;
  readonly openTool: (tool: Tool | null) => void;
}

/** The tuning of one number of the set-up. */
export interface TuningSlice {
  readonly tuning: Tuning;
  /** Halves a setting from `from` on while that saves iterations, then takes the best value. */
  readonly startTuning: (path: FieldPath, from: number) => void;
  readonly stopTuning: () => void;
}

/** Branches, races, conditions and files of weights; what they do is loaded when it is first asked for. */
export function createExploreSlice(
  access: StoreAccess,
  lane: SolveLane,
  passes: Passes,
  files: Pick<WeightsFileAccess, 'weights' | 'download'>,
): BranchSlice & RaceSlice & ToolSlice & TorchSlice & TuningSlice & UntilSlice & WeightsFileSlice {
  const { get, set } = access;
  /** Loads what an action needs, and has it done; says so where it can't be had. */
  const withPart = <T>(load: () => Promise<T>, act: (part: T) => unknown): void => {
    void loadPart(load).then(act, (error: unknown) => {
      set({ notice: faultOf(error).message });
    });
  };
  return {
    branch: null,
    fork: (experiment, noise) => {
      withPart(
        () => import('./forking.ts'),
        ({ startBranch }) => {
          startBranch({ ...access, lane, passes }, experiment, noise ?? null);
        },
      );
    },
    judgeBranch: () => {
      if (!get().branch) return;
      withPart(
        () => import('./forking.ts'),
        ({ compareWithParent }) => compareWithParent({ ...access, lane, passes }),
      );
    },
    lanes: null,
    setLanes: (lanes) => {
      set({ lanes });
    },
    race: noRace,
    startRace: (lanes) => {
      const experiments = lanes.map((solver) => ({ ...get().experiment, solver }));
      withPart(
        () => import('./racing.ts'),
        ({ runRace }) => runRace({ ...access, lane }, experiments),
      );
    },
    stopRace: () => {
      if (get().race.progress) lane.endErrands('race');
    },
    tuning: { path: null, tries: [], busy: false, failure: null },
    startTuning: (path, from) => {
      if (get().tuning.busy) return;
      withPart(
        () => import('./tuning.ts'),
        ({ tune }) => tune({ ...access, lane }, path, from),
      );
    },
    stopTuning: () => {
      if (get().tuning.busy) lane.endErrands('tuning');
    },
    openWeightsFile: (file) => {
      withPart(
        () => import('../config/weightsFile.ts'),
        ({ takeWeightsFile }) => takeWeightsFile({ ...access, lane, ...files }, file),
      );
    },
    saveWeights: () => {
      withPart(
        () => import('../config/weightsFile.ts'),
        ({ keepWeights }) => {
          keepWeights({ ...access, lane, ...files });
        },
      );
    },
    writeTorch: async () => {
      const { writeTorch } = await loadPart(() => import('../config/torchFiles.ts'));
      return writeTorch({ ...access, lane, weights: files.weights });
    },
    keepTorch: (name, content) => {
      files.download(
        name,
        typeof content === 'string' ? new TextEncoder().encode(content) : content,
      );
    },
    tool: null,
    openTool: (tool) => {
      set({ tool });
    },
    until: { below: null, iteration: null, stalled: false },
    setUntil: (change) => {
      set({ until: { ...get().until, ...change } });
    },
    halted: null,
  };
}
