import type { Complex } from '../../../src/engine/protocol/protocol.ts';
import { convergesWhere, iterationName } from '../../../src/schema/maps.ts';
import { describe, expect, it } from 'vitest';
import {
  defaultExperiment,
  presetExperiment,
  type Experiment,
} from '../../../src/schema/experiment.ts';
import { predictMemory, type MemoryVariant } from '../../../src/memory/memoryLaw.ts';
import type { PresetName } from '../../../src/schema/presets.ts';
import { logScale } from '../../charts/logScale.ts';
import {
  someDevice,
  someGradients,
  someMemoryReport,
  someSizes,
  someSpectrum,
} from '../../../test/app/fakeValues.ts';
import { studyKey, variants } from '../../store/memory/study.ts';
import { recordedSizes as recorded } from '../../traces/presetSizes.ts';
import {
  gradientStatus,
  gradientSummary,
  shineWords,
  referenceWords,
} from './gradients/gradientWords.ts';
import { withPatch } from './diagnose/fixes.ts';
import { configLine } from './memory/configLine.ts';
import { depthSeries } from './memory/DepthChart.tsx';
import { leanerFix } from './memory/leaner.ts';
import {
  formatDifference,
  formatPercent,
  memoryPanel,
  type MemoryPanel,
  savedSentence,
  savedShare,
  slope,
} from './memory/memoryPanel.ts';
import {
  bestDamping,
  damped,
  longestStep,
  planeSummary,
  regionWords,
  remedyWords,
  spectralVerdict,
  stabilityRegions,
} from './spectrum/spectralWords.ts';

describe('the spectral verdict', () => {
  const kind = (radius: number, sigma: number, settled = true, sigmaSettled = true) =>
    spectralVerdict({ ...someSpectrum, radius, sigma, settled, sigmaSettled }).kind;

  it('follows from radius and norm', () => {
    expect(kind(0.7, 0.9)).toBe('contraction');
    expect(kind(0.7, 1.3)).toBe('local');
    expect(kind(1, 1.3)).toBe('diverges');
  });

  it('says which iteration ρ is about where another one is on screen, and when that converges', () => {
    const experiment = presetExperiment('monotone-digit');
    const words = (radius: number) =>
      spectralVerdict(
        { ...someSpectrum, radius, sigma: 2 },
        { name: iterationName(experiment), converges: convergesWhere(experiment) },
      ).words;
    expect(words(1.65)).toBe(
      'plain iteration would diverge here (ρ = 1.65); Peaceman–Rachford converges for every α above 0, because m > 0',
    );
    expect(words(0.9)).toBe('plain iteration would converge from nearby, too');
    const { solver } = experiment;
    const mixed = { ...experiment, solver: { ...solver, method: 'anderson' as const } };
    expect(iterationName(mixed)).toBe('Anderson on Peaceman–Rachford');
    expect(convergesWhere(mixed), 'what the map alone does').toBeUndefined();
    expect(iterationName({ ...experiment, solver: { ...solver, map: 'plain' } })).toBe('Picard');
  });

  it('is not given on estimates that still move', () => {
    expect(kind(0.7, 1.3, false)).toBe('unknown');
    expect(kind(0.7, 0.9, true, false)).toBe('local');
  });

  it('knows three regions, and what can be done about a spectrum', () => {
    const holds = (value: Complex, beta: number) =>
      stabilityRegions(beta).map((region) => region.holds(value));
    // Past −1: plain iteration diverges, damping and the flow do not.
    expect(holds([-1.4, 0], 0.5)).toEqual([false, true, true]);
    expect(holds([-1.4, 0], 1)).toEqual([false, false, true]);
    expect(holds([1.2, 0], 0.5)).toEqual([false, false, false]);
    const [plain] = stabilityRegions(1);
    expect(
      plain &&
        regionWords(plain, [
          [-1.4, 0],
          [0.5, 0.5],
        ]),
    ).toBe('1 of 2 outside');
    // 1 + h (λ − 1) = −1 for h = 2 / 2.4.
    expect(
      longestStep([
        [-1.4, 0],
        [0, 0],
      ]),
    ).toBeCloseTo(2 / 2.4);
    expect(longestStep([[0, 3]])).toBeCloseTo(0.2);
    expect(longestStep([[1, 2]])).toBe(0);
    expect(remedyWords([[-1.4, 0]])).toContain('h below 0.833');
    expect(remedyWords([[1.1, 0]])).toContain('no β and no step');
  });

  it('shows how damping rescues real parts below 1', () => {
    expect(damped([-1.4, 0], 0.5)).toEqual([-0.19999999999999996, 0]);
    expect(bestDamping([[-1.4, 0]])).toBeCloseTo(0.4);
    expect(planeSummary([[-1.4, 0]], 0.5)).toBe(
      '1 eigenvalues, 1 on or outside the unit circle; damped by β = 0.50 the radius is 0.200.',
    );
  });
});

describe('the reference of the gradient meter', () => {
  it('says when it did not converge itself', () => {
    const report = { rows: [], iteration: 22, reference: 'implicit', size: 1088 } as const;
    expect(referenceWords({ ...report, referenceStatus: 'converged' })).not.toMatch(/approximate/);
    expect(referenceWords({ ...report, referenceStatus: 'max-iterations' })).toMatch(
      /did not converge, so the errors are only approximate/,
    );
  });
});

/** The panel of a problem whose sizes are known. */
function panelOf(state: Parameters<typeof memoryPanel>[0]): MemoryPanel {
  const panel = memoryPanel(state);
  if (!panel) throw new Error('Nothing is known of this problem.');
  return panel;
}

describe('the memory panel', () => {
  const state = {
    experiment: defaultExperiment,
    finished: 12,
    device: someDevice,
    metered: null,
    study: { reports: {}, measuring: null, failures: [] },
  };
  const reports = variants.flatMap((variant) =>
    [12, 6].map((depth) => someMemoryReport(variant, depth)),
  );
  const key = studyKey(defaultExperiment, someDevice);

  it('shows predictions until something is measured, and says so', () => {
    const panel = panelOf(state);
    expect(panel.rows.map(({ measured }) => measured)).toEqual([false, false, false]);
    expect(savedSentence(panel)).toMatch(/^Predicted: \d+ % less than unrolled at depth 12$/);
    const even = { ...panel, saved: 0.004 };
    expect(savedSentence(even)).toBe('Predicted: as much as unrolled at depth 12');
    expect(savedSentence({ ...even, measured: true })).toBe('As much as unrolled at depth 12');
  });

  it('counts the buffers of the kernels in use', () => {
    const stock = { ...someDevice, kernels: { wanted: 'stock', inUse: 'stock' } as const };
    const [fused, own] = [panelOf(state), panelOf({ ...state, device: stock })];
    expect([fused.problem.kernels, own.problem.kernels]).toEqual(['fused', 'stock']);
    expect(fused.largest).toBeLessThan(own.largest);
    expect(panelOf({ ...state, device: null }).problem.kernels).toBe('fused');
  });

  it('shows measurements of this set-up and of no other', () => {
    const study = { ...state.study, reports: { [key]: reports } };
    const panel = panelOf({ ...state, study });
    expect(panel.measured).toBe(true);
    expect(panel.rows[1]?.peak).toBe(someMemoryReport('unrolled', 12).peak);
    expect(panel.curves.deq.measured.map(({ depth }) => depth)).toEqual([6, 12]);
    const other = { ...defaultExperiment, cell: { ...defaultExperiment.cell, width: 64 } };
    expect(memoryPanel({ ...state, study, experiment: other })).toBeNull();
    const metered = { experiment: other, sizes: { ...someSizes, layer: 2 * someSizes.layer } };
    const panelOfOther = panelOf({ ...state, study, experiment: other, metered });
    expect(panelOfOther.measured).toBe(false);
    expect(panelOfOther.rows[1]?.peak).toBeGreaterThan(1.5 * (panelOf(state).rows[1]?.peak ?? NaN));
  });

  it('compares measured with measured, or predicted with predicted', () => {
    const [deq] = reports;
    const study = { ...state.study, reports: { [key]: deq ? [deq] : [] } };
    const panel = panelOf({ ...state, study });
    expect(panel.measured).toBe(false);
    expect(panel.peaks).toEqual(panelOf(state).peaks);
    expect(panel.rows[0]?.measured).toBe(true);
  });

  it('draws the law as a sorted line and measurements as marks, never one through both', () => {
    const study = { ...state.study, reports: { [key]: reports } };
    const { curves } = panelOf({ ...state, finished: 23, study });
    for (const variant of variants) {
      const [law, marks, ...more] = depthSeries(variant, curves[variant]);
      expect(more).toEqual([]);
      expect([law?.marker, marks?.dash]).toEqual([undefined, undefined]);
      const xs = law?.points.map(({ x }) => x) ?? [];
      expect(xs).toEqual([6, 12, 23, 24, 48]);
      expect(law?.points.every(({ title }) => title.endsWith('predicted'))).toBe(true);
      expect(marks?.points.every(({ title }) => title.endsWith('measured'))).toBe(true);
    }
  });

  it('opens with a DEQ that is flat in depth and well below checkpointing at 48', () => {
    for (const kernels of ['fused', 'stock'] as const) {
      const at = (variant: MemoryVariant, depth: number): number =>
        predictMemory(defaultExperiment, variant, depth, {
          sizes: recorded['char-transformer'][kernels],
          kernels,
        }).peak;
      const deq = [12, 24, 48].map((depth) => at('deq', depth));
      expect(Math.max(...deq) / Math.min(...deq)).toBeLessThan(1.05);
      expect(at('deq', 48)).toBeLessThan(0.65 * at('checkpointed', 48));
      expect(at('deq', 48)).toBeLessThan(0.2 * at('unrolled', 48));
    }
  });

  it('says “whatever the depth” only where the history is full', () => {
    const broyden = { ...defaultExperiment.backward, solver: 'broyden', rank: 60 } as const;
    const fused = { sizes: someSizes, kernels: 'fused' } as const;
    const unbounded = { ...defaultExperiment, backward: broyden };
    const formula = (experiment: Experiment): string =>
      predictMemory(experiment, 'deq', 48, fused).formula;
    expect(formula(defaultExperiment)).toMatch(/whatever the depth: the history is full$/);
    expect(formula(unbounded)).toMatch(/growing until the history is full at n = 61$/);
  });

  it('never calls more a saving, and offers a history that fits, where there is one', () => {
    const signs = (Object.keys(recorded) as PresetName[]).map((name) => {
      const experiment = presetExperiment(name);
      const panel = panelOf({ ...state, experiment, finished: 16 });
      const sentence = savedSentence(panel);
      expect(sentence.includes(' more than unrolled')).toBe(panel.saved < 0);
      expect(sentence).not.toContain('−');
      const fix = leanerFix(experiment, 16, panel.problem);
      if (panel.saved < 0 && fix) {
        const lean = panelOf({
          ...state,
          experiment: withPatch(experiment, fix.patch),
          finished: 16,
        });
        expect(lean.saved).toBeGreaterThan(0);
        expect(lean.peaks.deq).toBe(fix.peak);
      }
      return [name, panel.saved < 0, fix?.label] as const;
    });
    const found = Object.fromEntries(signs.map(([name, more, label]) => [name, [more, label]]));
    expect(found['char-transformer']?.[0]).toBe(false);
    expect(found['contraction']).toEqual([true, 'Adjoint by Picard']);
  });

  it('never rounds a saving up to everything', () => {
    expect(formatPercent(savedShare(12, 100))).toBe('88 %');
    expect(formatPercent(savedShare(0.4, 100))).toBe('99.6 %');
    expect(formatPercent(savedShare(3, 2))).toBe('−50 %');
    expect(formatDifference(100, 104)).toBe('+4 %');
    expect(formatDifference(100, 100)).toBe('±0 %');
  });

  it('reads slopes off the log axes', () => {
    const points = [6, 12, 48].map((depth) => ({ depth, peak: depth ** 0.5 }));
    expect(slope(points)).toBeCloseTo(0.5);
    expect(slope(points.slice(0, 1))).toBeNull();
  });

  it('says what was measured', () => {
    expect(configLine(defaultExperiment)).toBe(
      'Transformer cell, width 32 · 34 characters · Anderson, m = 6 · implicit gradient by Anderson, m = 6',
    );
  });
});

describe('the gradient meter', () => {
  it('names the nearest and the cheapest', () => {
    expect(gradientSummary(someGradients, 'time')).toBe(
      'Implicit, Broyden is nearest, with an error of 2.0e-6; One-step is the fastest at 24 ms, with 0.41.',
    );
  });

  it('says what SHINE lacks where it has no row', () => {
    expect(shineWords(someGradients)).toContain('a forward solve by Broyden’s method');
    const [first] = someGradients.rows;
    if (!first) throw new Error('no rows');
    expect(shineWords({ ...someGradients, rows: [{ ...first, kind: 'shine' }] })).toBe('');
  });

  it('calls a solve that fell short inexact', () => {
    const [first] = someGradients.rows;
    if (!first) throw new Error('no rows');
    expect(gradientStatus(first).sign).toBe('✓');
    expect(gradientStatus({ ...first, status: 'max-iterations' }).sign).toContain('inexact');
  });
});

describe('logScale', () => {
  it('ticks decades, or finer where there are too few', () => {
    expect(logScale([1e-6, 1], 0, 100).ticks).toEqual([1e-6, 1e-4, 1e-2, 1]);
    expect(logScale([2, 6], 0, 100).ticks.length).toBeGreaterThanOrEqual(2);
    // However narrow, and wherever: one label alone gives no scale.
    for (let power = 3; power < 5; power += 0.01)
      for (const span of [0, 0.01, 0.2, 0.5, 1])
        expect(
          logScale([10 ** power, 10 ** (power + span)], 0, 100).ticks.length,
        ).toBeGreaterThanOrEqual(2);
    expect(logScale([0.15, 0.2], 0, 100).ticks.length).toBeGreaterThanOrEqual(2);
  });

  it('draws equal factors equally long, also downwards', () => {
    const { at } = logScale([1, 100], 200, 0);
    expect(at(1) - at(10)).toBeCloseTo(at(10) - at(100));
    expect(at(100)).toBeLessThan(at(1));
  });

  it('survives having nothing to show', () => {
    expect(logScale([], 0, 100).at(1)).toBeCloseTo(50);
    expect(logScale([NaN, 0], 0, 100).ticks.length).toBeGreaterThan(0);
  });
});
