/**
 * Trains the weights that the page brings along for its own pictures (public/models/pictures-*.safetensors), by the page's
 * own engine: `node scripts/run.mjs scripts/trainPictures.ts [filter …]`, some minutes for each filter on two cores. Batches
 * of 12 rows, 1000 steps; everything else as in the preset “Learn a picture”. The files are committed; their set-up and each
 * picture's PSNR stand in their metadata.
 */
import { writeFile } from 'node:fs/promises';
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '../src/data/safetensors.ts';
import type { TrainRecord } from '../src/engine/protocol/protocol.ts';
import { builtIns } from '../src/inputs/pictures/builtIns.ts';
import { experimentWith, never, startNodeEngine } from './nodeTraining.ts';

const filters = process.argv.length > 2 ? process.argv.slice(2) : ['fourier', 'gabor', 'sine'];
const steps = 1000;
const records: TrainRecord[] = [];
const engine = await startNodeEngine((record) => records.push(record));
for (const filter of filters) {
  const all: Record<string, NamedTensor> = {};
  const psnr: Record<string, string> = {};
  let experiment = '';
  for (const { name } of builtIns) {
    records.length = 0;
    const changes = {
      ...{ 'impsq.filter': filter, 'scene.picture': name },
      ...{ 'train.steps': steps, 'train.batch': 12, 'train.validateEvery': steps },
    };
    await engine.openTraining(never, experimentWith('train-picture', changes), undefined);
    await engine.train(never);
    const { tensors, metadata } = decodeSafetensors(await engine.exportModel(never));
    for (const [key, tensor] of Object.entries(tensors)) all[`${name}.${key}`] = tensor;
    psnr[`psnr_${name}`] = (records.at(-1)?.heldOut?.['psnr'] ?? NaN).toFixed(2);
    experiment ||= metadata['experiment'] ?? '';
    console.log(filter, name, psnr[`psnr_${name}`], records.at(-1)?.seconds.toFixed(0));
  }
  const bytes = encodeSafetensors({
    tensors: all,
    metadata: {
      format: 'pt',
      command: `node scripts/run.mjs scripts/trainPictures.ts ${filter}`,
      ...{ step: String(steps), experiment, ...psnr },
    },
  });
  const file = `public/models/pictures-${filter}.safetensors`;
  await writeFile(file, bytes);
  console.log(`${file}: ${(bytes.length / 1000).toFixed(1)} kB`);
}
