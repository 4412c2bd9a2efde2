import type { ExploreCommands, RaceRow, SolveReport } from '../../src/engine/protocol/protocol.ts';
import type { SessionCommands } from '../../src/engine/serve.ts';
import type { Begin } from './fakeEngine.ts';
import { someRecord } from './fakeValues.ts';

/** How fast a fake's methods converge, in records; the others take seven. */
const lengths: Readonly<Record<string, number>> = { picard: 8, anderson: 5, broyden: 6 };

/** The fake engine's commands that look into a solve. `begin` notes a command and may fail it. */
export function fakeExplore(options: {
  readonly begin: Begin;
  /** Number of the newest forward solve. */
  readonly forward: () => number;
  readonly open: () => SolveReport;
}): Pick<SessionCommands, keyof ExploreCommands> {
  const { begin } = options;
  let forked = false;
  return {
    inspect: async (_, upTo, sample) => {
      await begin(`inspect ${String(upTo)} ${String(sample)}`);
      const iterations = Array.from({ length: upTo + 1 }, (_, k) => k);
      return {
        solve: options.forward(),
        map: {
          kind: 'tokens',
          rows: ['a', 'b'],
          relative: iterations.map((k) => [10 ** -k, 10 ** -k / 2]),
        },
        trajectory: {
          basis: 'pca',
          points: iterations.map((k) => [2 ** -k, k / 10] as const),
          explained: [0.8, 0.1],
        },
        film: {
          iterations,
          parts: [
            {
              ...{ name: 'z', shape: [2, 2], axes: ['tokens', 'features'], averaged: false },
              ...{ planes: 1, rows: 2, columns: 2, every: { planes: 1, rows: 1, columns: 1 } },
              frames: Float32Array.from(iterations.flatMap((k) => [1, -1, 2 ** -k, k])),
            },
          ],
        },
      };
    },
    observe: (_, iterations) => begin(`observe ${iterations.join(' ')}`),
    explain: async (_, iteration, sample) => {
      await begin(`explain ${String(iteration)} ${String(sample)}`);
      return {
        ...{ solve: options.forward(), iteration, method: 'anderson' },
        inside: { weights: [0.75, 0.25] },
        ...{ residual: 10 ** (1 - iteration), relative: 10 ** -iteration },
        ...{ pull: 10 ** (1 - iteration), image: 10, size: 10 },
        ...{ step: 10 ** (1 - iteration), next: 10 ** -iteration, evaluations: 1 },
      };
    },
    fork: async (_, __, { iteration, noise }) => {
      await begin(`fork ${String(iteration)}${noise ? ` ${String(noise.size)}` : ''}`);
      forked = true;
      return options.open();
    },
    distance: async () => {
      await begin('distance');
      return forked ? { distance: 1e-3, relative: 2e-4 } : null;
    },
    race: async ({ signal, progress }, experiments) => {
      await begin(`race ${experiments.map(({ solver }) => solver.method).join(' ')}`);
      const rows: RaceRow[] = [];
      for (const [lane, { solver }] of experiments.entries()) {
        if (signal.aborted) break;
        const records = Array.from({ length: lengths[solver.method] ?? 7 }, (_, k) =>
          someRecord(k),
        );
        const evaluations = records.length;
        const median = 2 * evaluations;
        const times = { median, least: 0.9 * median, most: 1.5 * median, runs: 5 };
        const storedFloats = 1088 * (lane + 1);
        const status = 'converged';
        rows.push({ lane, records, status, evaluations, times, storedFloats });
        const [done, total] = [lane + 1, experiments.length];
        progress({ done, total, label: solver.method });
      }
      return rows;
    },
  };
}
