/**
 * Trains the weights that the page brings along for its own pictures (public/models/pictures-*.safetensors), by the page's
 * own engine: `node scripts/run.mjs scripts/trainPictures.ts FILTER [PICTURE …]`, a minute for each picture: all of them with
 * Fourier filters, the balloon with the others (rules.ts). Of a file that is there, other pictures stay. Batches of 12
 * rows, 1000 steps; everything else as in the preset “Learn a picture”. The files are committed; their set-up and each
 * picture's PSNR stand in their metadata.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from '../src/data/safetensors.ts';
import type { TrainRecord } from '../src/engine/protocol/protocol.ts';
import { builtIns } from '../src/inputs/pictures/builtIns.ts';
import { experimentWith, never, startNodeEngine } from './nodeTraining.ts';

const [filter = 'fourier', ...asked] = process.argv.slice(2);
const pictures = asked.length > 0 ? asked : builtIns.map(({ name }) => name);
const steps = 1000;
const path = `public/models/pictures-${filter}.safetensors`;
const none: Safetensors = { tensors: {}, metadata: {} };
const known = await readFile(path).then(
  (file) => decodeSafetensors(new Uint8Array(file)),
  () => none,
);
let { tensors, metadata } = known;
const records: TrainRecord[] = [];
const engine = await startNodeEngine((record) => records.push(record));
for (const name of pictures) {
  records.length = 0;
  const changes = {
    ...{ 'impsq.filter': filter, 'scene.picture': name },
    ...{ 'train.steps': steps, 'train.batch': 12, 'train.validateEvery': steps },
  };
  await engine.openTraining(never, experimentWith('train-picture', changes), undefined);
  await engine.train(never);
  const model = decodeSafetensors(await engine.exportModel(never));
  tensors = {
    ...tensors,
    ...Object.fromEntries(
      Object.entries(model.tensors).map(([key, tensor]) => [`${name}.${key}`, tensor]),
    ),
  };
  const psnr = (records.at(-1)?.heldOut?.['psnr'] ?? NaN).toFixed(2);
  metadata = {
    ...metadata,
    ...{ format: 'pt', step: String(steps) },
    command: `node scripts/run.mjs scripts/trainPictures.ts ${filter}`,
    experiment: metadata['experiment'] ?? model.metadata['experiment'] ?? '',
    [`psnr_${name}`]: psnr,
  };
  const bytes = encodeSafetensors({ tensors, metadata });
  await writeFile(path, bytes);
  console.log(filter, name, psnr, records.at(-1)?.seconds.toFixed(0), `${String(bytes.length)} B`);
}
