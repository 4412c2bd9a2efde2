import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultExperiment } from './experiment.ts';
import { decodeLink, encodeLink } from './link.ts';
import { decodeOutcome, encodeOutcome, type Outcome } from './outcome.ts';

const solve: Outcome = {
  kind: 'solve',
  status: 'converged',
  iterations: 23,
  evaluations: 24,
  residual: 8.123e-5,
  backend: 'webgpu',
};

test('an outcome is short, and reads back as it was to the digits it keeps', () => {
  expect(encodeOutcome(solve)).toBe('1.converged.23.24.812e-7.webgpu');
  expect(decodeOutcome('1.converged.23.24.812e-7.webgpu')).toEqual({ ...solve, residual: 8.12e-5 });
  const training: Outcome = { kind: 'training', steps: 200, loss: 2.31449, backend: 'wasm' };
  expect(encodeOutcome(training)).toBe('1.trained.200.2314e-3.wasm');
  expect(decodeOutcome('1.trained.200.2314e-3.wasm')).toEqual({ ...training, loss: 2.314 });
});

test('what is no finite number travels as none', () => {
  for (const residual of [null, NaN, Infinity]) {
    const text = encodeOutcome({ ...solve, status: 'nonfinite', residual });
    expect(text).toBe('1.nonfinite.23.24.nan.webgpu');
    expect(decodeOutcome(text)).toMatchObject({ status: 'nonfinite', residual: null });
  }
});

test('any outcome comes back', () => {
  const backend = fc.constantFrom('webgpu' as const, 'wasm' as const, 'cpu' as const);
  const status = fc.constantFrom('converged', 'max-iterations', 'stalled', 'diverged', 'nonfinite');
  const real = fc.double({ min: 1e-45, max: 1e38, noNaN: true });
  const outcome = fc.record({
    ...{ kind: fc.constant('solve' as const), status, backend },
    ...{ iterations: fc.nat(), evaluations: fc.nat(), residual: real },
  });
  fc.assert(
    fc.property(outcome, (one) => {
      const read = decodeOutcome(encodeOutcome(one));
      if (read?.kind !== 'solve') throw new Error('not read');
      expect({ ...read, residual: 0 }).toEqual({ ...one, residual: 0 });
      expect(Math.abs((read.residual ?? NaN) / one.residual - 1)).toBeLessThan(0.006);
    }),
  );
});

test.each([
  ...['', '1', '1.converged', '2.converged.23.24.812e-7.webgpu', '1.running.23.24.812e-7.webgpu'],
  ...[
    '1.converged.-1.24.812e-7.webgpu',
    '1.converged.2.3.8.1e-5.webgpu',
    '1.converged.2.3.1e999.cpu',
  ],
  ...[
    '1.converged.2.3.812e-7.webgpu.4',
    '1.converged.2.3.812e-7.__proto__',
    '1.trained.200.webgpu',
  ],
  ...[
    '1.toString.2.3.1e0.cpu',
    '1.trained.1e3.2314e-3.wasm',
    `1.trained.${'9'.repeat(400)}.1e0.cpu`,
  ],
])('“%s” is no outcome, and no harm', (text) => {
  expect(decodeOutcome(text)).toBeNull();
});

test('a link carries it beside its set-up, whatever it says', async () => {
  const outcome = encodeOutcome(solve);
  const link = await encodeLink(defaultExperiment, { iteration: 3, outcome });
  expect(link).toBe(`#/solve?v=1&p=char-transformer&k=3&o=${outcome}`);
  expect(await decodeLink(link)).toMatchObject({ iteration: 3, outcome, adjustments: [] });
  // The last thing of a link is what a sentence goes on behind.
  expect(await decodeLink(`${link}.`)).toMatchObject({ outcome });
  expect(await decodeLink('#/solve?o=tea')).toMatchObject({ outcome: 'tea', adjustments: [] });
  expect(await encodeLink(defaultExperiment, { view: 'learn', outcome })).not.toContain('o=');
});
