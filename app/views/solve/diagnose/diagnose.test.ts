import { describe, expect, it } from 'vitest';
import { experiment } from '../../../../test/engineWire.ts';
import { openToy } from '../../../../test/toy.ts';
import type { FieldPath } from '../../../../src/schema/fields.ts';
import { presetExperiment, settingAt } from '../../../../src/schema/experiment.ts';
import { forwardOptions } from '../../../../src/engine/solverOptions.ts';
import type { Mixing } from '../../../../src/engine/protocol/protocol.ts';
import { explainStep } from '../../../../src/numerics/explain.ts';
import { solve } from '../../../../src/numerics/iterate.ts';
import { initBackend } from '../../../../src/tf/backend.ts';
import { someRecord, someSpectrum } from '../../../../test/app/fakeValues.ts';
import { onFakeClock, openStarted, settle } from '../../../../test/app/openStore.ts';
import { diagnose, type Evidence } from './diagnose.ts';
import { surely, withPatch } from './fixes.ts';
import { turnOf } from '../../../../src/engine/serve.ts';

type Settings = Partial<Record<FieldPath, unknown>>;

/** A solve of one of the toy problems, as evidence. */
async function solved(scale: number, settings: Settings): Promise<Evidence> {
  await initBackend('cpu');
  const setup = experiment({ 'solver.maxIterations': 200, ...settings });
  using toy = openToy(scale);
  const { z, records, status } = await solve(toy.f, toy.z0, forwardOptions(setup));
  z.dispose();
  return of(records, { status, experiment: setup });
}

const of = (records: Evidence['records'], change: Partial<Evidence> = {}): Evidence => ({
  ...{ pass: 'forward', experiment: experiment(), records, status: 'max-iterations' },
  ...{ spectrum: null, lastStep: null, ...change },
});

/** Records with these residuals, relative to an f of norm 10. */
const traceOf = (rel: readonly number[]): Evidence['records'] =>
  rel.map((value, k) => ({ ...someRecord(k), rel: [value], abs: [10 * value] }));

const titles = (evidence: Evidence): string[] => diagnose(evidence).map(({ title }) => title);
const labels = (evidence: Evidence): string[] =>
  diagnose(evidence).flatMap(({ fixes }) => fixes.map(({ label }) => label));

describe('the diagnosis', () => {
  it.each(['picard', 'anderson', 'broyden'])('of a healthy solve by %s is none', async (method) => {
    const evidence = await solved(0.45, { 'solver.method': method });
    expect(evidence.status).toBe('converged');
    expect(diagnose(evidence)).toEqual([]);
  });

  it('of growth names the factor and the radius', () => {
    const rel = Array.from({ length: 9 }, (_, k) => 0.01 * 1.12 ** k);
    const picard = experiment({ 'solver.method': 'picard' });
    const spectrum = { ...someSpectrum, radius: 1.3, settled: false, iteration: 8 };
    const evidence = of(traceOf(rel), { experiment: picard, spectrum });
    const [found] = diagnose(evidence);
    expect(found?.title).toBe('Picard amplifies the error ×1.12 per step');
    expect(found?.says).toContain('The residual grew ×1.12 a step over the last 5; ρ ≈ 1.30');
    expect(labels(evidence).slice(0, 2)).toEqual(['Anderson, m = 6', 'Broyden']);
    expect(labels(evidence)).toContain('Weight gain 0.50');
  });

  it.each([
    [-0.5, 'With α = −0.5 every step goes the wrong way'],
    [0, 'With α = 0 nothing moves'],
  ])('of a splitting whose step is %s says so, and offers one forwards', (alpha, title) => {
    const setup = withPatch(presetExperiment('monotone-digit'), { 'monotone.alpha': alpha });
    const evidence = of(traceOf([1, 1.2, 1.4]), { experiment: setup, status: 'diverged' });
    expect(titles(evidence)).toEqual([title]);
    expect(diagnose(evidence)[0]?.says).not.toContain('for every');
    expect(diagnose(evidence)[0]?.fixes).toEqual([
      { label: 'α = 1', patch: { 'monotone.alpha': 1 } },
    ]);
    // From plain iteration, the splitting is offered with a step that leads somewhere.
    const plain = withPatch(setup, { 'solver.map': 'plain' });
    expect(surely(plain)[0]?.patch).toEqual({
      'solver.map': 'peaceman-rachford',
      'monotone.alpha': 1,
    });
  });

  it('of numbers that are gone says when', () => {
    const evidence = of(traceOf([0.1, 10, 1e4, NaN]), { status: 'nonfinite' });
    expect(diagnose(evidence)[0]?.says).toContain('at iteration 3 it was no longer');
  });

  it('of a singular mixing system counts it', () => {
    const anderson = { 'solver.method': 'anderson', 'solver.ridge': 1e-10 };
    const setup = experiment(anderson);
    const records = traceOf([0.5, 0.4, 0.39, 0.2]).map((record, k) =>
      k === 2 ? { ...record, event: 'singular-system' as const } : record,
    );
    const evidence = of(records, { experiment: setup });
    expect(titles(evidence)).toContain('The mixing problem is nearly singular');
    expect(diagnose(evidence)[0]?.says).toContain('1 step of 3 found a pivot below 1e-6');
    expect(labels(evidence)).toEqual(expect.arrayContaining(['λ = 1e-4', 'm = 3']));
  });

  it.each([
    [[9e6, 999], []],
    [[2e7, 3], ['a condition number up to 2.0e7 (bad above 1e7), and max |α| was 4.0']],
    [[40, 2e3], ['max |α| was 2.0e3 (bad above 1e3)']],
    [[Infinity, NaN], ['a condition number up to ∞']],
  ])('of a mixing system of condition and weight %s', async ([condition, largest], says) => {
    const setup = experiment({ 'solver.method': 'anderson', 'solver.ridge': 1e-4 });
    const lastStep = await lastStepOf([
      { iteration: 1, condition: 10, largest: 4 },
      { iteration: 2, condition: condition ?? NaN, largest: largest ?? NaN },
    ]);
    const evidence = of(traceOf([0.5, 0.4, 0.3]), { experiment: setup, lastStep });
    const found = diagnose(evidence).find(({ title }) => title.startsWith('The mixing problem'));
    expect(found !== undefined).toBe(says.length > 0);
    for (const words of says) expect(found?.says.replaceAll('\u2060', '')).toContain(words);
    if (found)
      expect(found.fixes.map(({ label }) => label)).toEqual(['λ = 1e-2', 'm = 3', 'Broyden']);
  });

  it('of a real solve with more points than dimensions has the condition number', async () => {
    await initBackend('cpu');
    const setup = experiment({
      ...{ 'solver.method': 'anderson', 'solver.window': 20, 'solver.ridge': 1e-10 },
      ...{ 'solver.maxIterations': 14, 'solver.tolerance': 1e-8 },
    });
    const options = forwardOptions(setup);
    const at = { iteration: 13, sample: 0, signal: new AbortController().signal };
    using toy = openToy(0.6);
    const { mixing = [] } = (await explainStep(toy.f, toy.z0, options, at)) ?? {};
    expect(mixing.map(({ iteration }) => iteration)).toEqual([9, 10, 11, 12, 13]);
    for (const { condition } of mixing) expect(condition).toBeGreaterThan(1e7);
    const ridged = await explainStep(toy.f, toy.z0, { ...options, ridge: 1e-2 }, at);
    for (const { condition, largest } of ridged?.mixing ?? []) {
      expect(condition).toBeLessThan(14 / 1e-2 + 2);
      expect(largest).toBeLessThan(10);
    }
  });

  it('of going round in circles gives the bounds', () => {
    const rel = Array.from({ length: 30 }, (_, k) => 0.2 + 0.05 * (-1) ** k);
    const evidence = of(traceOf(rel), { experiment: experiment({ 'solver.method': 'picard' }) });
    expect(titles(evidence)).toEqual(['It circles the fixed point']);
    expect(labels(evidence).slice(0, 2)).toEqual(['Anderson, m = 6', 'Broyden']);
  });

  it('of a real solve that cannot reach its tolerance is round-off', async () => {
    const evidence = await solved(0.45, { 'solver.method': 'picard', 'solver.tolerance': 1e-8 });
    expect(evidence.status).not.toBe('converged');
    const [found] = diagnose(evidence);
    expect(found?.title).toBe('This is float32 round-off, not the solver');
    expect(found?.fixes[0]?.patch).toEqual({ 'solver.tolerance': 1e-5 });
  });

  it('of a real solve by Picard where ρ is above 1 finds a sign', async () => {
    const evidence = await solved(0.6, { 'solver.method': 'picard' });
    expect(evidence.status).toBe('max-iterations');
    expect(titles(evidence)).not.toEqual([]);
  });

  it('of a solve that only needs longer says how long', () => {
    const rel = Array.from({ length: 20 }, (_, k) => 0.9 ** k);
    const evidence = of(traceOf(rel));
    expect(titles(evidence)).toEqual(['It ran out of iterations']);
    expect(diagnose(evidence)[0]?.says).toContain('changes by ×0.90 a step');
    expect(labels(evidence)).toEqual(['Limit 160', 'Broyden']);
  });

  it('of an adjoint solve above its tolerance is an inexact gradient', () => {
    const evidence = of(traceOf([1, 0.1, 0.01]), { pass: 'backward' });
    expect(titles(evidence)).toEqual(['The gradient is inexact']);
    expect(labels(evidence)).toEqual(['Limit 100', 'Adjoint by Broyden']);
    expect(diagnose({ ...evidence, status: 'converged' })).toEqual([]);
  });
});

async function lastStepOf(mixing: readonly Mixing[]): Promise<Evidence['lastStep']> {
  const { fakeExplore } = await import('../../../../test/app/fakeExplore.ts');
  const engine = fakeExplore({
    begin: () => Promise.resolve(),
    forward: () => 1,
    open: () => ({ solve: 1, phase: 'forward', status: 'running', interrupted: false }),
  });
  return { ...(await engine.explain(turnOf(), 2, 0)), mixing };
}

describe('a fix', () => {
  onFakeClock();

  it('of two settings is one undo', async () => {
    const { act } = await openStarted({});
    const before = act().experiment;
    act().open(withPatch(before, { 'solver.method': 'anderson', 'solver.window': 5 }));
    await settle();
    expect(settingAt(act().experiment, 'solver.window')).toBe(5);
    act().undo();
    expect(act().experiment).toEqual(before);
    expect(act().undoable).toBeNull();
  });

  it('names the map that is iterated, when that converges, and one that always does', () => {
    const { solver, ...others } = presetExperiment('monotone-step');
    const experiment = { ...others, solver: { ...solver, map: 'forward-backward' } } as const;
    const [found] = diagnose({
      ...{ pass: 'forward', experiment, status: 'diverged', lastStep: null },
      records: traceOf([1, 2, 4, 8, 16, 32, 64]),
      spectrum: { ...someSpectrum, radius: 1.65 },
    });
    expect(found?.title).toBe('Forward–backward amplifies the error ×2.00 per step');
    expect(found?.says).toContain('the ρ of plain iteration');
    expect(found?.says).toContain('Forward–backward converges for 0 < α < 2m/L², because m > 0.');
    const sure = 'Peaceman–Rachford converges for every α above 0, because m > 0.';
    expect(found?.says).toContain(sure);
    expect(found?.fixes[0]).toEqual({
      label: 'Peaceman–Rachford',
      patch: { 'solver.map': 'peaceman-rachford' },
    });
    const [circling] = diagnose({
      pass: 'forward',
      experiment: presetExperiment('monotone-step'),
      ...{ status: 'max-iterations', lastStep: null },
      records: traceOf(Array.from({ length: 30 }, (_, i) => 1.2 + 0.1 * (-1) ** i)),
      spectrum: { ...someSpectrum, radius: 1.65 },
    });
    expect(circling?.title).toContain('never settles');
    expect(circling?.says).toContain(sure);
  });
});
