import {
  predictMemory,
  type KernelPath,
  type MeteredProblem,
} from '../../../../src/memory/memoryLaw.ts';
import type { MemoryReport, MemoryVariant } from '../../../../src/engine/protocol/protocol.ts';
import type { MemoryBar } from '../../../charts/MemoryBars.tsx';
import { formatPeak } from '../../../format.ts';
import type { AppState } from '../../../store/state.ts';
import {
  chartDepths,
  deviceGigabytes,
  kernelPath,
  limitVerdict,
  memoryLimit,
  meteredProblem,
  studyDepth,
  studyKey,
  variants,
  type Verdict,
} from '../../../store/memory/study.ts';
import { recordedProblem } from '../../../traces/presetSizes.ts';

/** One network of the panel at the compared depth. */
export interface PanelRow extends MemoryBar {
  readonly variant: MemoryVariant;
  readonly report: MemoryReport | undefined;
  readonly formula: string;
}

/** A point of peak against depth. */
export interface PeakPoint {
  readonly depth: number;
  readonly peak: number;
}

/** Peak against depth, ascending: what was measured, and the law; never one line of both. */
export interface PeakCurve {
  readonly measured: readonly PeakPoint[];
  readonly predicted: readonly PeakPoint[];
}

/** Everything the memory panel shows; follows from the state alone. */
export interface MemoryPanel {
  readonly depth: number;
  readonly rows: readonly PanelRow[];
  readonly curves: Readonly<Record<MemoryVariant, PeakCurve>>;
  /** The peaks that are compared: both measured, or else both predicted. */
  readonly peaks: { readonly deq: number; readonly unrolled: number };
  /** Share of the unrolled network's peak that the DEQ does without; negative when it needs more. */
  readonly saved: number;
  /** Whether `peaks` and `saved` are measured. */
  readonly measured: boolean;
  /** How the largest prediction stands to the limit. */
  readonly verdict: Verdict;
  readonly largest: number;
  readonly limit: number;
  /** What the law is made of, and the kernels that it was metered with. */
  readonly problem: MeteredProblem;
  /** False where bytes are what tensors hold, not GPU buffers. */
  readonly exact: boolean;
}

/** Names of the networks where there is room for a word or two. */
export const rowName = (variant: MemoryVariant, depth: number): string =>
  ({
    deq: 'DEQ',
    unrolled: `Unrolled ${depth}`,
    checkpointed: '+ checkpointing',
  })[variant];

/** Computes the panel; null while nothing is known of this problem's sizes. */
export function memoryPanel(
  state: Pick<AppState, 'experiment' | 'finished' | 'study' | 'device' | 'metered'>,
): MemoryPanel | null {
  const { experiment, study, device } = state;
  const depth = studyDepth(state);
  const problem = meteredProblem(state) ?? recordedProblem(experiment, kernelPath(device));
  if (!problem) return null;
  const reports = device ? (study.reports[studyKey(experiment, device)] ?? []) : [];
  const reportOf = (variant: MemoryVariant, at: number): MemoryReport | undefined =>
    reports.find((one) => one.variant === variant && one.depth === at);
  const rows = variants.map((variant): PanelRow => {
    const report = reportOf(variant, depth);
    const { parts, peak, formula } = predictMemory(experiment, variant, depth, problem);
    return {
      variant,
      name: rowName(variant, depth),
      report,
      measured: report !== undefined,
      parts: report?.parts ?? parts,
      peak: report?.peak ?? peak,
      analytic: peak,
      formula,
    };
  });
  const measuredDepths = new Set(reports.map((one) => one.depth));
  const depths = [...new Set([...chartDepths, depth, ...measuredDepths])].sort((a, b) => a - b);
  const curve = (variant: MemoryVariant): PeakCurve => ({
    measured: depths.flatMap((at) => {
      const report = reportOf(variant, at);
      return report ? [{ depth: at, peak: report.peak }] : [];
    }),
    predicted: depths.map((at) => ({
      depth: at,
      peak: predictMemory(experiment, variant, at, problem).peak,
    })),
  });
  const [deq, unrolled] = rows;
  const measured = deq?.measured === true && unrolled?.measured === true;
  const peakOf = (row: PanelRow | undefined): number => (measured ? row?.peak : row?.analytic) ?? 0;
  const peaks = { deq: peakOf(deq), unrolled: peakOf(unrolled) };
  const largest = Math.max(...rows.map(({ analytic }) => analytic));
  const limit = memoryLimit(experiment, deviceGigabytes());
  return {
    depth,
    rows,
    curves: {
      deq: curve('deq'),
      unrolled: curve('unrolled'),
      checkpointed: curve('checkpointed'),
    },
    peaks,
    saved: savedShare(peaks.deq, peaks.unrolled),
    measured,
    verdict: limitVerdict(largest, limit),
    largest,
    limit,
    problem,
    exact: reports[0]?.exact ?? (device?.backend.name !== 'wasm' && device?.backend.name !== 'cpu'),
  };
}

/** 1 − a / b; 0 where there is nothing to compare with. */
export const savedShare = (deq: number, unrolled: number): number =>
  unrolled > 0 ? 1 - deq / unrolled : 0;

/** Kernels whose buffers are counted, in words. */
export const kernelWords: Readonly<Record<KernelPath, string>> = {
  fused: 'fused kernels',
  stock: 'TensorFlow.js’s own kernels',
};

/** `88 %`; never rounded up to everything. */
export function formatPercent(share: number): string {
  const percent = 100 * share;
  const rounded = Math.abs(percent) > 99 ? Math.trunc(percent * 10) / 10 : Math.round(percent);
  return `${String(rounded).replace('-', '−')} %`;
}

/** The panel's claim in one sentence. */
export function savedSentence({ saved, depth, measured }: MemoryPanel): string {
  const verb = measured ? '' : 'Predicted: ';
  const amount = formatPercent(Math.abs(saved));
  const claim = amount === '0 %' ? 'as much as' : `${amount} ${saved > 0 ? 'less' : 'more'} than`;
  const sentence = `${verb}${claim} unrolled at depth ${String(depth)}`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

/** How far the analytic figure is from the measured one, of the measured: `+3 %`. */
export function formatDifference(measured: number, analytic: number): string {
  const percent = Math.round(100 * (analytic / measured - 1));
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent)} %`;
}

/** The bars in words. */
export const barsSummary = ({ rows }: MemoryPanel): string =>
  `Peak memory of one training step: ${rows
    .map(
      ({ name, peak, measured }) => `${name} ${formatPeak(peak)}${measured ? '' : ' (predicted)'}`,
    )
    .join(', ')}.`;

/** What growing depth does to a peak, as a slope on log–log axes. */
export function slope(points: readonly PeakPoint[]): number | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || first.depth === last.depth) return null;
  return Math.log(last.peak / first.peak) / Math.log(last.depth / first.depth);
}
