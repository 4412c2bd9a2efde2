/**
 * What a state says, as plain numbers: the one language in which a family speaks to the page. The page
 * has one picture for each kind, whatever the family. Structured-clonable, so it crosses the worker's edge.
 */

/** One candidate of a distribution. */
export interface Candidate {
  readonly text: string;
  readonly probability: number;
}

/** What each position of a text says comes next, most probable first. */
export interface TokensObservation {
  readonly kind: 'tokens';
  readonly name: string;
  /** `positions[i]`: the most probable continuations of position i. */
  readonly positions: readonly (readonly Candidate[])[];
}

/** A distribution over classes, one for each sample of the batch. */
export interface ClassesObservation {
  readonly kind: 'classes';
  readonly name: string;
  readonly labels: readonly string[];
  /** `probability[sample][class]`. */
  readonly probability: readonly (readonly number[])[];
  /** The right class of each sample, where it is known. */
  readonly truth?: readonly (number | null)[];
}

/** A picture, row-major with channels last: grey (1 channel), colour (3), or feature maps side by side. */
export interface ImageObservation {
  readonly kind: 'image';
  readonly name: string;
  readonly sample: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly data: Float32Array;
  /** Values drawn black and white; absent: the data's own least and greatest. */
  readonly range?: readonly [number, number];
  /** What it should be, of the same shape: the page then says PSNR or, for masks, IoU. */
  readonly reference?: Float32Array;
}

/** One quantity over another: energy along the way, say. */
export interface CurveObservation {
  readonly kind: 'curve';
  readonly name: string;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly xName: string;
  readonly unit: string;
}

/** A matrix to draw cell by cell, row-major: Broyden's B, W. */
export interface MatrixObservation {
  readonly kind: 'matrix';
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
  /** Colours are symmetric about zero when true. */
  readonly symmetric: boolean;
}

/** A quantum state: complex amplitudes with their basis states' names. */
export interface AmplitudesObservation {
  readonly kind: 'amplitudes';
  readonly name: string;
  readonly re: Float32Array;
  readonly im: Float32Array;
  readonly labels: readonly string[];
}

/**
 * Two classes over a rectangle of the plane: the probability of the second one, row-major from the upper left, and
 * points whose class is known.
 */
export interface PlaneObservation {
  readonly kind: 'plane';
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Between 0 and 1, at the middle of each cell. */
  readonly data: Float32Array;
  /** The edges, left and right, below and above. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** What the two classes are called. */
  readonly labels: readonly [string, string];
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    /** 0 or 1. */
    readonly label: number;
    /** Whether it is told right. */
    readonly right: boolean;
  }[];
}

/** Named numbers: bounds, certificates, norms. */
export interface FiguresObservation {
  readonly kind: 'figures';
  readonly name: string;
  readonly rows: readonly {
    readonly name: string;
    readonly value: number;
    readonly unit?: string;
    /** What the number means, one sentence. */
    readonly note?: string;
    /**
     * Drawn through the iterations beside the residual, on this scale: PSNR, IoU. Rows of one observation that share
     * unit and scale share a picture, each with its own line; keep their names the same at every iteration.
     */
    readonly followed?: 'linear' | 'log';
  }[];
}

export type Observation =
  | TokensObservation
  | ClassesObservation
  | ImageObservation
  | CurveObservation
  | MatrixObservation
  | AmplitudesObservation
  | PlaneObservation
  | FiguresObservation;

export type ObservationKind = Observation['kind'];
