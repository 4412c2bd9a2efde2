/**
 * Records on the CPU backend the solve that the page shows before any engine has loaded, and all that the gallery
 * draws; or, of both, what belongs to the presets that are named. Run by
 * `node scripts/run.mjs scripts/recordTraces.ts [preset …]`; the files are committed, so that first paint needs nothing.
 */
import { writeFile } from 'node:fs/promises';
import { presetExperiment } from '../src/schema/experiment.ts';
import { isPresetName, presets, type PresetName } from '../src/schema/presets.ts';
import { build } from '../src/engine/build.ts';
import { solve } from '../src/numerics/iterate.ts';
import { initBackend } from '../src/tf/backend.ts';
import { recordGallery } from './recordGallery.ts';

/** What first paint may show: presets that are opened without a link. */
const recorded: readonly PresetName[] = ['char-transformer'];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !isPresetName(name));
if (unknown.length > 0)
  throw new Error(
    `No preset is named ${unknown.join(', ')}. There are ${Object.keys(presets).join(', ')}.`,
  );

await initBackend('cpu');
for (const preset of recorded.filter((one) => names.length === 0 || names.includes(one))) {
  const experiment = presetExperiment(preset);
  using built = await build(experiment);
  const z0 = built.problem.initialState();
  const { z, status, records } = await solve(built.f, z0, built.solver);
  z0.dispose();
  z.dispose();
  const trace = {
    preset,
    recordedOn: 'cpu',
    date: new Date().toISOString().slice(0, 10),
    experiment,
    status,
    records: records.map((record) => ({
      ...record,
      // Digits beyond what a chart or a tooltip shows only cost download.
      abs: record.abs.map((value) => Number(value.toPrecision(6))),
      rel: record.rel.map((value) => Number(value.toPrecision(6))),
      milliseconds: Number(record.milliseconds.toFixed(2)),
    })),
  };
  const file = `app/traces/${preset}.trace.json`;
  await writeFile(file, `${JSON.stringify(trace)}\n`);
  console.log(`${preset}: ${status} after ${records.length - 1} iterations`);
}
await recordGallery(names);
