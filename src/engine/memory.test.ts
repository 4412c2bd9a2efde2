import { expect, test } from 'vitest';
import { presetExperiment } from '../schema/experiment.ts';
import { predictMemory, predictTraining } from '../memory/memoryModel.ts';
import { describeOn } from '../../test/describeOn.ts';
import { memoryClaims } from '../../test/memorySuite.ts';
import { openEngine, shortText, trainingExperiment } from '../../test/trainingSuite.ts';
import * as tf from '../tf/index.ts';
import { MemoryMeter } from '../tf/memory.ts';
import { measureTrainingStep } from './measureMemory.ts';

memoryClaims('cpu', 'stock');

describeOn('cpu', false, 'what is predicted', () => {
  // Many samples of few numbers, whose mixing systems outweigh the layer, and the opposite.
  test.each(['contraction', 'picard-diverges', 'trellisnet'] as const)(
    'a DEQ step of the preset %s',
    async (preset) => {
      const experiment = presetExperiment(preset);
      using meter = new MemoryMeter();
      const { peak } = await measureTrainingStep(experiment, 'deq', 15, meter);
      const predicted = predictMemory(experiment, 'deq', 15, 'stock').peak;
      expect(Math.abs(predicted / peak - 1)).toBeLessThan(0.1);
    },
  );
});

test.each([
  ['transformer', {}],
  ['trellis', { 'cell.inner': 24, 'cell.width': 16 }],
] as const)('what a penalised step of training is predicted to need: %s', async (kind, set) => {
  const { engine, records } = await openEngine('cpu');
  const setup = trainingExperiment({
    'cell.kind': kind,
    'train.batch': 8,
    'train.jacobianShare': 1,
    ...set,
  });
  // Engines of other tests in this process hold tensors, too.
  const others = tf.memory().numBytes;
  const { data } = await engine.openTraining(setup, shortText);
  await engine.train(3);
  engine.dispose();
  const predicted = predictTraining(setup, data.text?.vocabulary ?? NaN, 'stock');
  const measured = (records.at(-1)?.peakBytes ?? NaN) - others;
  expect(Math.abs(predicted / measured - 1)).toBeLessThan(0.1);
});
