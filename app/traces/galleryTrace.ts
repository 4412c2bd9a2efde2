import { loadPart } from '../parts/loadPart.ts';

/** One recorded curve of a gallery preset, as `scripts/recordGallery.ts` writes it. */
export interface RecordedCurve {
  readonly label: string;
  /** What was changed in the preset for it. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** How it ended: a solve's status, or a training run's. */
  readonly status: string;
  /** From one value to the next, in what the curve runs over: iterations, steps, terms, layers. */
  readonly every: number;
  readonly values: readonly number[];
  /** Further numbers that a claim rests on. */
  readonly facts?: Readonly<Record<string, number>>;
}

/** Every preset's curves, by name. */
export type GalleryTrace = Readonly<Record<string, readonly RecordedCurve[]>>;

/** The recorded curves; a chunk of their own, so that only the pages that draw them load them. */
export const loadGalleryTrace = async (): Promise<GalleryTrace> =>
  (await loadPart(() => import('./gallery.trace.json'))).default;
