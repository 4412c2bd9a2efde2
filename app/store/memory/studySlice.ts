import type {
  MemoryReport,
  MemoryVariant,
  Progress,
} from '../../../src/engine/protocol/protocol.ts';
import { loadPart } from '../../parts/loadPart.ts';
import { readStored, writeStored } from '../../stored.ts';
import type { StartEngine } from '../engine/lane.ts';
import { faultOf } from '../engine/faults.ts';
import type { StoreAccess, Watch } from '../state.ts';

/** A measurement that is running. */
export interface Measuring extends Progress {
  readonly variant: MemoryVariant;
}

/** Memory of one training step, measured in engines of its own. */
export interface Study {
  /** Everything measured so far, by the settings it was measured with. */
  readonly reports: Readonly<Record<string, readonly MemoryReport[]>>;
  readonly measuring: Measuring | null;
  /** What could not be measured in the last run, and why. */
  readonly failures: readonly { readonly variant: MemoryVariant; readonly message: string }[];
}

/** The memory panel's measurements. */
export interface StudySlice {
  readonly study: Study;
  /** `thorough` adds the depth of 96; a fresh page leaves it out, to be done in a minute. */
  readonly measureMemory: (thorough: boolean) => void;
  /** Ends a measurement; fresh pages then measure no more by themselves, until one is asked for. */
  readonly cancelMeasuring: () => void;
}

/** Where the browser keeps that. */
const KEY = 'deq-measure';

/** Whether a fresh page measures memory by itself: until a visitor cancels that, and again after a press of Measure. */
export const measuresItself = (): boolean => readStored(KEY) !== 'off';

/** Keeps it for the next visit. */
export const rememberMeasuring = (on: boolean): void => {
  writeStored(KEY, on ? null : 'off');
};

/** What the slice needs beyond the state: new engines, and word of its changes. */
export interface StudyAccess extends StoreAccess, Watch {
  readonly startEngine: StartEngine;
}

/** The measurements and what asks for them; what makes them is loaded with the first. */
export function createStudySlice(access: StudyAccess): StudySlice {
  const { get, set } = access;
  let current: AbortController | null = null;

  const update = (change: Partial<Study>): void => {
    set({ study: { ...get().study, ...change } });
  };

  const measure = async (thorough: boolean, mine: AbortController): Promise<void> => {
    const { device } = get();
    if (!device) return;
    try {
      const { measureStudy } = await loadPart(() => import('./measureStudy.ts'));
      await measureStudy(access, device, thorough, mine.signal);
    } catch (error) {
      const { message } = faultOf(error);
      if (current === mine) update({ failures: [{ variant: 'deq', message }] });
    }
    if (current !== mine) return;
    current = null;
    update({ measuring: null });
  };

  return {
    study: { reports: {}, measuring: null, failures: [] },
    measureMemory: (thorough) => {
      if (current || !get().device) return;
      rememberMeasuring(true);
      current = new AbortController();
      update({ measuring: { variant: 'deq', label: 'Getting ready', done: 0, total: 1 } });
      void measure(thorough, current);
    },
    cancelMeasuring: () => {
      rememberMeasuring(false);
      current?.abort();
      current = null;
      update({ measuring: null });
    },
  };
}
