import type {
  CheckRow,
  DeviceReport,
  GradientReport,
  IterationRecord,
  MemoryParts,
  MemoryReport,
  MemorySample,
  MemoryVariant,
  ProblemSizes,
  SpectrumReport,
} from '../../src/engine/protocol/protocol.ts';
import { recordedSizes as recorded } from '../../app/traces/presetSizes.ts';

/** Some memory. */
export const someMemory: MemorySample = {
  live: 1e6,
  peak: 2e6,
  pool: 3e6,
  tensors: 5,
  exact: true,
};

/** Sizes of the default problem with fused kernels. */
export const someSizes: ProblemSizes = recorded['char-transformer'].fused;

/** Some device. */
export const someDevice: DeviceReport = {
  backend: {
    name: 'webgpu',
    adapter: { vendor: 'acme', architecture: 'one', description: '', isFallback: false },
    rejected: [],
  },
  selfTest: { passed: true, forwardError: 1e-7, gradientError: 2e-7, milliseconds: 30 },
  kernels: {
    wanted: 'auto',
    inUse: 'registers',
    tuning: {
      chosen: 'registers',
      why: 'Registers are faster here.',
      timings: [
        { variant: 'registers', milliseconds: 1.2 },
        { variant: 'tiles', milliseconds: 3.4 },
      ],
    },
  },
};

/** A check of the cell that passed. */
export const someCheckRow = (file: string): CheckRow => ({
  ...{ group: 'cell', file, what: 'f of the probe state' },
  ...{ error: 1e-6, bound: 2e-5, passed: true },
});

/** A record of a batch of one whose residual is ten to the minus iteration. */
export const someRecord = (iteration: number): IterationRecord => ({
  iteration,
  evaluations: iteration + 1,
  abs: [10 ** (1 - iteration)],
  rel: [10 ** -iteration],
  milliseconds: 2,
  status: 'running',
});

/** A memory measurement: the unrolled network's activations grow with depth. */
export const someMemoryReport = (variant: MemoryVariant, depth: number): MemoryReport => {
  const kept = { deq: 1, unrolled: depth, checkpointed: Math.sqrt(depth) }[variant];
  const parts: MemoryParts = {
    weights: 3e5,
    activations: 4e5 * kept,
    forwardHistory: variant === 'deq' ? 3e5 : 0,
    backwardHistory: variant === 'deq' ? 2e5 : 0,
    transient: 2e5,
  };
  const peak =
    parts.weights +
    parts.activations +
    parts.forwardHistory +
    parts.backwardHistory +
    parts.transient;
  return { variant, depth, peak, parts, pool: 1.4 * peak, exact: true, milliseconds: 20 };
};

/** A Jacobian whose Picard iteration converges in the end. */
export const someSpectrum: SpectrumReport = {
  iteration: 4,
  radius: 0.712,
  settled: true,
  sigma: 1.34,
  sigmaSettled: true,
  method: 'dense',
  eigenvalues: [
    [0.4, 0.589],
    [0.4, -0.589],
    [-0.3, 0],
  ],
};

/** A comparison of all gradient methods. */
export const someGradients: GradientReport = {
  iteration: 22,
  reference: 'implicit',
  size: 1088,
  rows: (
    [
      ['implicit', 'Implicit, Broyden', 1, 2e-6, 0, 22, 'converged'],
      ['one-step', 'One-step', 0.962, 0.41, 0, 1, undefined],
      ['neumann', 'Neumann, 5 terms', 0.996, 0.09, 0, 6, undefined],
      ['phantom', 'Phantom, 5 steps', 0.988, 0.17, 5, 5, undefined],
      ['unrolled', 'Unrolled, depth 23', 0.9999, 6e-4, 23, 23, undefined],
    ] as const
  ).map(([kind, label, cosine, relativeError, evaluations, backwardPasses, status], index) => ({
    kind,
    label,
    cosine,
    relativeError,
    evaluations,
    backwardPasses,
    milliseconds: 20 + 4 * backwardPasses + 3 * evaluations,
    peakBytes: 1e6 + index * 4e5 + 2e5 * evaluations,
    ...(status ? { status } : {}),
  })),
};
