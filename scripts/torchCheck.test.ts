import { beforeAll, describe, expect, test } from 'vitest';
import { createSession } from '../src/engine/session.ts';
import { turnOf } from '../src/engine/serve.ts';
import { checkTorchCase, findPython, torchCases } from './torchCases.ts';

const python = await findPython();
const engine = createSession(() => undefined);

/** All of them are compared by `node scripts/run.mjs scripts/torchCheck.ts`; here one, so that a broken program is seen. */
const one = torchCases.find(({ preset }) => preset === 'anderson-window');

beforeAll(async () => {
  await engine.boot(turnOf(), 'cpu');
});

describe.skipIf(python === undefined)(
  `programs for PyTorch${python === undefined ? ' (NOT RUN: no python3 with PyTorch here)' : ''}`,
  () => {
    test('outputs and loss are the engine’s, and so is the loss of what was trained there', async () => {
      if (!python || !one) throw new Error('There is no such case.');
      const { logits, loss, back } = await checkTorchCase(one, { engine, python, turn: turnOf() });
      expect(logits).toBeLessThan(1e-4);
      expect(loss).toBeLessThan(1e-4);
      expect(back).toBeLessThan(1e-4);
    }, 60_000);
  },
);
