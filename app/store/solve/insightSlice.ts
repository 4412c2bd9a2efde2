import type { InspectReport, StepReport } from '../../../src/engine/protocol/protocol.ts';
import { faultOf } from '../engine/faults.ts';
import type { Passes } from './passes.ts';
import type { Task } from '../engine/lane.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import type { AppState, StoreAccess } from '../state.ts';

/** An answer of the engine about the forward solve, and what it was asked. */
export interface Insight<R> {
  /** The newest answer; it may be about an older solve (see its `solve`). */
  readonly report: R | null;
  /** The last question that was answered to the end or failed; null when it gave way. */
  readonly settled: string | null;
  readonly busy: boolean;
  /** Why the last attempt gave nothing, in words. */
  readonly failure: string | null;
}

/** Who wants to look inside a step: each has an answer of its own. */
export type StepKey = 'anatomy' | 'lastStep';

/** Pictures of the recorded iterations, and the inside of one step. Who shows them asks again. */
export interface InsightSlice {
  readonly pictures: Insight<InspectReport>;
  readonly anatomy: Insight<StepReport>;
  /** The last step of a solve that ended badly, for its diagnosis: asked beside `anatomy`'s, never instead. */
  readonly lastStep: Insight<StepReport>;
  /** Asks for pictures of all iterations so far. A recorded run is computed here first. */
  readonly inspect: (sample: number) => void;
  /** Says whether what the states say is on screen. */
  readonly watchStates: (seen: boolean) => void;
  /** Asks what the states of those iterations say, which nobody watched; false where it gave way. */
  readonly observe: (iterations: readonly number[]) => Promise<boolean>;
  /** Asks what the step from `iteration` to the next did inside. */
  readonly explain: (iteration: number, sample: number, keep?: StepKey) => void;
}

/** What `inspect` would answer now: the same words, the same answer. */
export const pictureQuestion = ({ solve, records }: AppState, sample: number): string =>
  `${String(solve)} ${String(records.length)} ${String(sample)}`;

/** What `explain` would answer. */
export const stepQuestion = ({ solve }: AppState, iteration: number, sample: number): string =>
  `${String(solve)} ${String(iteration)} ${String(sample)}`;

const nothing = { report: null, settled: null, busy: false, failure: null };

/** Answers of the main engine, given when nothing else is asked. */
export function createInsightSlice(
  { get, set }: StoreAccess,
  lane: SolveLane,
  passes: Passes,
): InsightSlice {
  /** Does `task` as an errand; what went wrong, in words, or null where it only gave way. */
  const attempt = async (task: Task): Promise<string | null> => {
    try {
      await lane.errand('insight', async (engine, wanted) => {
        if (get().source === 'recorded') {
          passes.goLive();
          await passes.finishForward(engine);
        }
        if (wanted()) await task(engine, wanted);
      });
    } catch (error) {
      const { kind, message } = faultOf(error);
      if (kind !== 'cancelled') return message;
    }
    return null;
  };
  const ask = async (
    key: 'pictures' | StepKey,
    question: () => string,
    task: Task,
  ): Promise<void> => {
    if (get()[key].busy) return;
    const change = (news: Partial<Insight<never>>): void => {
      set({ [key]: { ...get()[key], ...news } });
    };
    change({ busy: true, settled: null, failure: null });
    const failure = await attempt(task);
    change({ busy: false, failure, ...(failure === null ? {} : { settled: question() }) });
  };
  return {
    pictures: nothing,
    anatomy: nothing,
    lastStep: nothing,
    inspect: (sample) => {
      const question = (): string => pictureQuestion(get(), sample);
      void ask('pictures', question, async (engine, wanted) => {
        const report = await engine.inspect(get().records.at(-1)?.iteration ?? 0, sample);
        // Interrupted, it covers less; that is still worth showing.
        set({ pictures: { ...get().pictures, report, settled: wanted() ? question() : null } });
      });
    },
    watchStates: passes.watchStates,
    observe: async (iterations) => {
      const told = { all: false };
      const failure = await attempt(async (engine, wanted) => {
        const start = get().branch?.at ?? 0;
        await engine.observe(iterations.map((k) => k - start));
        lane.flush();
        told.all = wanted();
      });
      return told.all || failure !== null;
    },
    explain: (iteration, sample, keep = 'anatomy') => {
      const question = (): string => stepQuestion(get(), iteration, sample);
      void ask(keep, question, async (engine, wanted) => {
        const report = await engine.explain(iteration, sample);
        if (wanted()) set({ [keep]: { ...get()[keep], report, settled: question() } });
      });
    },
  };
}
