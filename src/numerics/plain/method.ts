/** A root finder on one sample's plain numbers: what `Method` is on tensors. */
export interface PlainMethod {
  /** Begin a solve of a state of so many numbers. */
  start(numbers: number): PlainStep;
}

/**
 * Writes the next point into `next`, from the newest one and its residual g = f(z) − z. Called once for each point,
 * in turn; borrows all three for the call alone.
 */
export type PlainStep = (z: Float64Array, g: Float64Array, next: Float64Array) => void;
