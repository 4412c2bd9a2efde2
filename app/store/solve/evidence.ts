import type {
  GradientReport,
  Progress,
  SpectrumReport,
} from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../engine/faults.ts';
import type { Passes } from './passes.ts';
import type { Task } from '../engine/lane.ts';
import type { Errand, SolveLane } from '../engine/solveLane.ts';
import { rested } from '../engine/rested.ts';
import type { Watch, StoreAccess } from '../state.ts';

/** The Jacobian at a point of the forward solve. */
export interface Spectrum {
  readonly report: SpectrumReport | null;
  readonly busy: boolean;
  /** Why the last attempt gave nothing, in words. */
  readonly failure: string | null;
}

/** The gradient methods side by side. */
export interface Comparison {
  readonly report: GradientReport | null;
  /** Null while nothing is being compared. */
  readonly progress: Progress | null;
  readonly failure: string | null;
}

/** What can be found out about the current point, when asked. */
export interface EvidenceSlice {
  readonly spectrum: Spectrum;
  readonly comparison: Comparison;
  /** An automatic one gives way to the visitor and tries again; one that was asked for says so. */
  readonly estimateSpectrum: (automatic: boolean) => void;
  readonly compareGradients: () => void;
  readonly stopComparing: () => void;
}

/** What the visitor reads when an answer gave way to something else that was asked. */
const GAVE_WAY = 'Stopped to make way for the solve. Press again when it rests.';

/** Pause before an automatic estimate is tried again. */
const RETRY_MILLISECONDS = 500;

/** Spectrum and gradient meter: answers of the main engine, given when nothing else is asked. */
export function createEvidenceSlice(
  { get, set, subscribe }: StoreAccess & Watch,
  lane: SolveLane,
  passes: Passes,
): EvidenceSlice {
  /** Does `task` as an errand, from a live point; what went wrong, in words, or null. */
  const attempt = async (name: Errand, task: Task): Promise<string | null> => {
    const answered: boolean[] = [];
    try {
      await lane.errand(name, async (engine, wanted) => {
        passes.goLive();
        // At z₀ there is no equilibrium yet to say anything about.
        await passes.finishForward(engine);
        if (!wanted()) return;
        await task(engine, wanted);
        answered.push(wanted());
      });
    } catch (error) {
      const { kind, message } = faultOf(error);
      return kind === 'cancelled' ? GAVE_WAY : message;
    }
    if (answered[0] === true) return null;
    return get().fault ? 'The engine stopped.' : GAVE_WAY;
  };

  const estimate = async (): Promise<string | null> => {
    set({ spectrum: { ...get().spectrum, busy: true, failure: null } });
    const failure = await attempt('spectrum', async (engine, wanted) => {
      const report = await engine.spectrum();
      if (wanted()) set({ spectrum: { ...get().spectrum, report } });
    });
    set({ spectrum: { ...get().spectrum, busy: false, failure } });
    return failure;
  };

  const compare = async (): Promise<void> => {
    const progress = { done: 0, total: 0, label: 'Getting ready' };
    set({ comparison: { ...get().comparison, progress, failure: null } });
    const failure = await attempt('comparison', async (engine, wanted) => {
      const onProgress = ({ done, total, label }: Progress): void => {
        set({ comparison: { ...get().comparison, progress: { done, total, label } } });
      };
      const report = await engine.with({ onProgress }).compareGradients(get().experiment.backward);
      if (wanted()) set({ comparison: { ...get().comparison, report } });
    });
    set({ comparison: { ...get().comparison, progress: null, failure } });
  };

  /**
   * Tries again after giving way, for as long as the forward point stays the same and is of the set-up
   * in the rail: a solve of another one is the visitor's to run.
   */
  const estimateInTime = async (): Promise<void> => {
    const { records } = get();
    const current = (): boolean => get().records === records && get().applied === get().experiment;
    while (current() && !get().spectrum.busy && !get().fault) {
      if ((await estimate()) !== GAVE_WAY) return;
      set({ spectrum: { ...get().spectrum, failure: null } });
      await rested({ get, subscribe });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  };

  return {
    spectrum: { report: null, busy: false, failure: null },
    comparison: { report: null, progress: null, failure: null },
    estimateSpectrum: (automatic) => {
      if (automatic) void estimateInTime();
      else if (!get().spectrum.busy) void estimate();
    },
    compareGradients: () => {
      if (!get().comparison.progress) void compare();
    },
    stopComparing: () => {
      if (get().comparison.progress) lane.endErrands('comparison');
    },
  };
}
