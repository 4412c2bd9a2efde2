import { beforeAll, expect, test } from 'vitest';
import { createSession } from '../src/engine/session.ts';
import { turnOf } from '../src/engine/serve.ts';
import { torchOutputs } from '../src/engine/torch/exportTorch.ts';
import { readFile as readModelFile } from '../src/families/modelFile.ts';
import { withWeights } from '../src/schema/weights.ts';
import { experimentWith } from './nodeTraining.ts';
import { checkTorchCase, findPython } from './checkTorchCase.ts';
import { torchCases } from './torchCases.ts';

const python = await findPython();
const engine = createSession(() => undefined);

/** All of them are compared by `node scripts/run.mjs scripts/torchCheck.ts`; here one, so that a broken program is seen. */
const one = torchCases.find(({ preset }) => preset === 'anderson-window');

beforeAll(async () => {
  await engine.boot(turnOf(), 'cpu');
});

test('a program is written with the page’s figures, and its weights open here with the same loss', async () => {
  const { program, weights, loss } = await engine.exportTorch(
    turnOf(),
    experimentWith(one?.preset ?? 'anderson-window', {}),
    'check',
  );
  expect(program.name).toMatch(/^deq_\w+\.py$/);
  for (const part of ['def evaluate', 'def train', weights.name])
    expect(program.text).toContain(part);
  const { experiment } = readModelFile(weights.bytes);
  const opened = withWeights(experiment, 'trained');
  const here = await torchOutputs({ experiment: opened, weights: weights.bytes });
  expect(here.result.loss).toBeCloseTo(loss, 5);
});

/** Where there is no Python to run it the program is only written, which is said: nothing counts as passed for it. */
if (python && one)
  test(`outputs and loss are the engine’s in PyTorch ${python.torch}, and so is the loss of what was trained there`, async () => {
    const { logits, loss, back } = await checkTorchCase(one, { engine, python, turn: turnOf() });
    expect(logits).toBeLessThan(1e-4);
    expect(loss).toBeLessThan(1e-4);
    expect(back).toBeLessThan(1e-4);
  }, 60_000);
else console.warn('NOT RUN: programs for PyTorch, as there is no python3 with PyTorch here.');
