import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { changeSetting, presetExperiment } from '../schema/experiment.ts';
import type { FieldPath } from '../schema/fields.ts';
import type { PresetName } from '../schema/presets.ts';
import { solve } from '../numerics/iterate.ts';
import { initBackend } from '../tf/backend.ts';
import { build } from './build.ts';

/** The part of a recorded curve that a solve can be held against. */
interface Recorded {
  readonly label: string;
  readonly changes: Readonly<Record<string, unknown>>;
  readonly status: string;
  readonly values: readonly number[];
}

// Read, not imported: src knows no app.
const trace = JSON.parse(
  await readFile(new URL('../../app/traces/gallery.trace.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly Recorded[]>>;

const solved: readonly PresetName[] = ['contraction', 'picard-diverges', 'expansive', 'layer-norm'];

it.each(solved)('the recorded curves of %s are what its settings give today', async (preset) => {
  await initBackend('cpu');
  for (const { label, changes, status, values } of trace[preset] ?? []) {
    let experiment = presetExperiment(preset);
    for (const [path, value] of Object.entries(changes))
      ({ experiment } = changeSetting(experiment, path as FieldPath, value));
    using built = await build(experiment);
    const z0 = built.problem.initialState();
    const solution = await solve(built.f, z0, built.solver);
    z0.dispose();
    solution.z.dispose();
    expect(solution.status, label).toBe(status);
    expect(Math.abs(solution.records.length - values.length), label).toBeLessThanOrEqual(1);
    // Early on, before rounding has had the time to grow.
    const now = solution.records.slice(0, 8).map(({ rel }) => Math.max(...rel));
    for (const [at, value] of now.entries())
      expect(Math.abs(value / (values[at] ?? NaN) - 1), `${label}, ${String(at)}`).toBeLessThan(
        0.02,
      );
  }
});
