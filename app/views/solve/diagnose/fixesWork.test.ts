import { beforeAll, expect, it } from 'vitest';
import {
  changeSetting,
  presetExperiment,
  type Experiment,
} from '../../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../../src/schema/fields.ts';
import type { PresetName } from '../../../../src/schema/presets.ts';
import type { EngineEvent, IterationRecord } from '../../../../src/engine/protocol/protocol.ts';
import { turnOf, type SessionCommands } from '../../../../src/engine/serve.ts';
import { createSession } from '../../../../src/engine/session.ts';
import { wasmInNode } from '../../../../test/wasmInNode.ts';
import { diagnose, type Evidence } from './diagnose.ts';
import { withPatch } from './fixes.ts';

let session: SessionCommands;
let events: EngineEvent[] = [];
const never = turnOf();
beforeAll(async () => {
  session = createSession((event) => events.push(event));
  wasmInNode();
  await session.boot(never, 'wasm');
});

async function solved(experiment: Experiment, pass: 'forward' | 'backward'): Promise<Evidence> {
  await session.configure(never, experiment);
  events = [];
  let { status } = await session.run(never, 'forward');
  if (pass === 'backward') {
    await session.openBackward(never, experiment.backward);
    events = [];
    ({ status } = await session.run(never, 'backward'));
  }
  const records = events.flatMap((event): readonly IterationRecord[] =>
    event.event === 'records' ? event.records : [],
  );
  return { pass, experiment, records, status, spectrum: null, lastStep: null };
}

async function known(evidence: Evidence): Promise<Evidence> {
  if (evidence.pass === 'backward') return evidence;
  const spectrum = await session.spectrum(never);
  const { method } = evidence.experiment.solver;
  const last = evidence.records.length - 1;
  const values = evidence.records.at(-1)?.rel ?? [];
  const sample = Math.max(0, values.indexOf(Math.max(...values)));
  const lastStep =
    method === 'anderson' && last > 0 ? await session.explain(never, last - 1, sample) : null;
  return { ...evidence, spectrum, lastStep };
}

const changed = (of: Experiment, changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  Object.entries(changes).reduce(
    (e, [path, value]) => changeSetting(e, path as FieldPath, value).experiment,
    of,
  );

/** What is to be diagnosed of a set-up: the gallery's failing runs as their claims say, and options in pairs. */
const preset = (name: PresetName, changes: Partial<Record<FieldPath, unknown>> = {}): Experiment =>
  changed(presetExperiment(name), changes);
const cell = (changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  preset('picard-diverges', changes);
const broyden = (changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  cell({
    ...{ 'solver.method': 'broyden', 'solver.rank': 30 },
    ...{ 'backward.solver': 'broyden', 'backward.rank': 60 },
    ...changes,
  });
const anderson = (changes: Partial<Record<FieldPath, unknown>>): Experiment =>
  cell({ 'solver.method': 'anderson', ...changes });

const circles = /^It (circles|never settles|swings)/;
const memory = /^Broyden is short of memory$/;
const floor = /^This is float32 round-off/;
const wild = /^The layer stretches too much/;
const limit = /^It ran out of iterations$/;
const inexact = /^The gradient is inexact$/;

it.each([
  ['damping', 'forward', preset('damping'), /^It swings/, /^β = 0.5, limit 120$/],
  ['picard-diverges', 'forward', preset('picard-diverges'), circles, /^Broyden$/],
  [
    'anderson-window',
    'forward',
    preset('anderson-window', { 'solver.window': 1 }),
    circles,
    /^m = 6$/,
  ],
  [
    'expansive, Picard',
    'forward',
    preset('expansive', { 'solver.method': 'picard' }),
    circles,
    /^Broyden$/,
  ],
  [
    'steady-flow, plain iteration',
    'forward',
    preset('steady-flow', { 'solver.map': 'plain' }),
    circles,
    /^Broyden$/,
  ],
  ['broyden-rank', 'forward', preset('broyden-rank'), memory, /^Rank limit 30$/],
  ['no-solver', 'forward', preset('no-solver'), wild, /^Weight gain/],
  [
    'no-solver, Picard',
    'forward',
    preset('no-solver', { 'solver.method': 'picard' }),
    wild,
    /^Weight gain/,
  ],
  [
    'no-solver, Broyden',
    'forward',
    preset('no-solver', { 'solver.method': 'broyden' }),
    wild,
    /^Weight gain/,
  ],
  ['float32-floor', 'forward', preset('float32-floor'), floor, /^Tolerance 1e-5$/],
  [
    'low rank, high gain',
    'forward',
    broyden({ 'solver.rank': 3, 'cell.gain': 2.5 }),
    wild,
    /^Weight gain/,
  ],
  [
    'a dozen pairs',
    'forward',
    broyden({ 'solver.rank': 12, 'cell.gain': 1.6 }),
    memory,
    /^Rank limit 60$/,
  ],
  [
    'low rank, low tolerance',
    'forward',
    broyden({ 'solver.rank': 4, 'solver.tolerance': 1e-8 }),
    memory,
    /tolerance 1e-5$/,
  ],
  ['low limit', 'forward', broyden({ 'solver.maxIterations': 5 }), limit, /^Limit 60$/],
  [
    'low limit, Picard',
    'forward',
    cell({ 'cell.gain': 0.9, 'solver.maxIterations': 8 }),
    limit,
    /^Broyden$/,
  ],
  [
    'strong damping',
    'forward',
    cell({ 'cell.gain': 0.6, 'solver.damping': 0.05 }),
    limit,
    /^Broyden$/,
  ],
  [
    'absolute, low tolerance',
    'forward',
    anderson({ 'cell.gain': 1, 'solver.tolerance': 1e-8, 'solver.stopMode': 'abs' }),
    floor,
    /^Relative, tolerance 1e-5$/,
  ],
  [
    'line search, high gain',
    'forward',
    broyden({ 'cell.gain': 1.6, 'solver.lineSearch': true }),
    /./,
    /^(Rank limit|Weight gain)/,
  ],
  [
    'line search, low rank',
    'forward',
    broyden({ 'solver.rank': 2, 'solver.lineSearch': true }),
    memory,
    /^Rank limit 30$/,
  ],
  ['heavy ridge', 'forward', anderson({ 'solver.ridge': 1 }), /./, /^(λ = 1e-4|Broyden)$/],
  ['adjoint by Picard', 'backward', broyden({ 'backward.solver': 'picard' }), inexact, /Broyden/],
  [
    'adjoint by Anderson, m = 1',
    'backward',
    broyden({ 'backward.solver': 'anderson', 'backward.window': 1 }),
    inexact,
    /Broyden/,
  ],
  [
    'adjoint of low rank',
    'backward',
    broyden({ 'backward.rank': 4 }),
    inexact,
    /^Adjoint rank 60$/,
  ],
  [
    'adjoint tolerance',
    'backward',
    broyden({ 'backward.tolerance': 1e-8 }),
    inexact,
    /^Adjoint tol/,
  ],
  ['adjoint limit', 'backward', broyden({ 'backward.maxIterations': 4 }), inexact, /^Limit/],
] as const)(
  '%s: %s solve is diagnosed by its cause, and every fix works',
  async (_, pass, experiment, title, cure) => {
    const before = await solved(experiment, pass);
    expect(before.status).not.toBe('converged');
    // The page says something before it has measured the radius, and after.
    const found = [...diagnose(before), ...diagnose(await known(before))];
    for (const one of found) expect(one.title).toMatch(title);
    const fixes = new Map(found.flatMap((one) => one.fixes.map((fix) => [fix.label, fix.patch])));
    expect([...fixes.keys()].some((label) => cure.test(label))).toBe(true);
    const outcomes: string[] = [];
    for (const [label, patch] of fixes) {
      const after = await solved(withPatch(experiment, patch), pass);
      outcomes.push(`${label}: ${after.status}`);
    }
    expect(outcomes).toEqual([...fixes.keys()].map((label) => `${label}: converged`));
  },
  120_000,
);
