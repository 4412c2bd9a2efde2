/**
 * Trains the small system that the page brings along (public/models/steady-moons.safetensors): the preset
 * “A start that is learnt”, by the page's own engine: `node scripts/run.mjs scripts/trainPoints.ts`, a minute on two
 * cores. The file is committed; its set-up stands in its metadata.
 */
import { writeFile } from 'node:fs/promises';
import type { TrainRecord } from '../src/engine/protocol/protocol.ts';
import { presetExperiment } from '../src/schema/experiment.ts';
import { never, startNodeEngine } from './nodeTraining.ts';

const records: TrainRecord[] = [];
const engine = await startNodeEngine((record) => records.push(record));
await engine.openTraining(never, presetExperiment('train-skip'), undefined);
await engine.train(never);
const { validation, heldOut, start } = records.at(-1) ?? {};
console.log(validation, heldOut, start);
const bytes = await engine.exportModel(never);
await writeFile('public/models/steady-moons.safetensors', bytes);
console.log(`public/models/steady-moons.safetensors: ${(bytes.length / 1000).toFixed(1)} kB`);
