import { loadPart } from '../parts/loadPart.ts';
import type { BranchSlice } from './explore.ts';
import { faultOf } from './faults.ts';
import type { Passes } from './passes.ts';
import { noRace, type RaceSlice } from './race.ts';
import type { SolveLane } from './engine/solveLane.ts';
import type { StoreAccess } from './state.ts';
import type { ToolSlice } from './tool.ts';
import type { UntilSlice } from './until.ts';

/** Branches, races and conditions; what they do is loaded when it is first asked for. */
export function createExploreSlice(
  access: StoreAccess,
  lane: SolveLane,
  passes: Passes,
): BranchSlice & RaceSlice & ToolSlice & UntilSlice {
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
