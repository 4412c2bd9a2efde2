import type {
  GradientReport,
  MemoryReport,
  MemoryVariant,
  Progress,
  SpectrumReport,
} from '../../src/engine/protocol/protocol.ts';

/** The Jacobian at a point of the forward solve. */
export interface Spectrum {
  readonly report: SpectrumReport | null;
  readonly busy: boolean;
  /** Why the last attempt gave nothing, in words. */
  readonly failure: string | null;
}

/** The gradient methods side by side. */
export interface Comparison {
  readonly report: GradientReport | null;
  /** Null while nothing is being compared. */
  readonly progress: Progress | null;
  readonly failure: string | null;
}

/** What can be found out about the current point, when asked. */
export interface EvidenceSlice {
  readonly spectrum: Spectrum;
  readonly comparison: Comparison;
  /** An automatic one gives way to the visitor and tries again; one that was asked for says so. */
  readonly estimateSpectrum: (automatic: boolean) => void;
  readonly compareGradients: () => void;
  readonly stopComparing: () => void;
}

/** A measurement that is running. */
export interface Measuring extends Progress {
  /** What is being measured: see `studyKey`. */
  readonly key: string;
  readonly variant: MemoryVariant;
}

/** Memory of one training step, measured in engines of its own. */
export interface Study {
  /** Everything measured so far, by the settings it was measured with. */
  readonly reports: Readonly<Record<string, readonly MemoryReport[]>>;
  readonly measuring: Measuring | null;
  /** What could not be measured in the last run, and why. */
  readonly failures: readonly { readonly variant: MemoryVariant; readonly message: string }[];
}

/** The memory panel's measurements. */
export interface StudySlice {
  readonly study: Study;
  /** `thorough` adds the depth of 96; a fresh page leaves it out, to be done in a minute. */
  readonly measureMemory: (thorough: boolean) => void;
  /** Ends a measurement; fresh pages then measure no more by themselves, until one is asked for. */
  readonly cancelMeasuring: () => void;
}
