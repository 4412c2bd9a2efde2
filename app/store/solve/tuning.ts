import type { SolveStatus } from '../../../src/engine/protocol/protocol.ts';
import { changeSetting, settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { findField, type FieldPath } from '../../../src/schema/fields.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import { faultOf } from '../engine/faults.ts';
import type { StoreAccess } from '../state.ts';

/** One value that was tried, and how the solve with it ended. */
export interface Try {
  readonly value: number;
  readonly iterations: number;
  readonly status: SolveStatus;
}

/** A setting that is halved for as long as that saves iterations. */
export interface Tuning {
  /** The setting; null before the first time. */
  readonly path: FieldPath | null;
  readonly tries: readonly Try[];
  readonly busy: boolean;
  /** Why there is no answer, in words. */
  readonly failure: string | null;
}

/** Smaller values are of no use to anybody. */
const LEAST = 1e-4;

/** A solve that does not converge costs more than any that does. */
export const costOf = ({ iterations, status }: Try): number =>
  status === 'converged' ? iterations : Infinity;

/** The last value before the iterations rose, where solves with it converge; null where none did. */
export function bestTry(tries: readonly Try[]): Try | null {
  const best = tries.reduce<Try | null>(
    (old, one) => (old === null || costOf(one) <= costOf(old) ? one : old),
    null,
  );
  return best && costOf(best) < Infinity ? best : null;
}

/**
 * Tries a setting from `from` on, halved each time, while the iterations do not rise, and takes the best: the rule of
 * `run_tune_alpha` in locuslab/monotone_op_net, but that a solve which blows up is no success here.
 */
export async function tune(
  { get, set, lane }: StoreAccess & { readonly lane: SolveLane },
  path: FieldPath,
  from: number,
): Promise<void> {
  const base = get().experiment;
  const tries: Try[] = [];
  set({ tuning: { path, tries, busy: true, failure: null } });
  let failure: string | null = null;
  // Set within a callback, which the type of a plain variable would not see.
  const end = { over: false };
  try {
    await lane.errand('tuning', async (engine, wanted) => {
      for (let value = from; value >= LEAST && wanted(); value /= 2) {
        const { experiment }: { readonly experiment: Experiment } = changeSetting(
          base,
          path,
          value,
        );
        const [row] = await engine.race([experiment]);
        if (!row) return;
        const last = tries.at(-1);
        const one = { value, iterations: row.records.length, status: row.status };
        tries.push(one);
        set({ tuning: { ...get().tuning, tries: [...tries] } });
        if (last && costOf(one) > costOf(last)) break;
      }
      end.over = wanted();
    });
  } catch (error) {
    const { kind, message } = faultOf(error);
    if (kind !== 'cancelled') failure = message;
  }
  const best = end.over ? bestTry(tries) : null;
  if (failure === null && !end.over) failure = 'Stopped before it was found.';
  else if (failure === null && !best) {
    const label = findField(path)?.symbol ?? path;
    failure = `With no ${label} that was tried does this solver converge within its iterations.`;
  }
  set({ tuning: { ...get().tuning, busy: false, failure } });
  // Of another set-up by now the answer would be no answer.
  if (best && get().experiment === base && settingAt(base, path) !== best.value)
    get().change(path, best.value);
}
