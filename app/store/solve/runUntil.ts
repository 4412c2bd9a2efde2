import type { EngineCalls } from '../../../src/engine/client.ts';
import type { SolveReport } from '../../../src/engine/protocol/protocol.ts';
import { shownExperiment, shownRecords, solverOf } from './shown.ts';
import type { Pass, StoreAccess } from '../state.ts';
import { haltReason } from './until.ts';

/** Runs a solve one record at a time, so that it pauses exactly where a condition is first met. */
export async function runUntil(
  engine: EngineCalls,
  pass: Pass,
  options: StoreAccess & {
    readonly flush: () => void;
    readonly perSecond: number | undefined;
    readonly wanted: () => boolean;
    /** Whether what the states say is on screen. */
    readonly watching: () => boolean;
  },
): Promise<SolveReport> {
  const { get, set, flush, perSecond, wanted, watching } = options;
  for (;;) {
    const started = performance.now();
    const report = await engine.step(pass, 1, watching());
    flush();
    if (report.status !== 'running' || report.interrupted || !wanted()) return report;
    const { stopMode } = solverOf(shownExperiment(get()), pass);
    const halted = haltReason(shownRecords(get()), get().until, stopMode);
    if (halted !== null) {
      set({ halted });
      return report;
    }
    if (perSecond !== undefined) {
      const rest = started + 1000 / perSecond - performance.now();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, rest)));
      if (!wanted()) return report;
    }
  }
}
