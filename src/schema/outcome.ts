/**
 * How a solve or a training ended, short enough for a link: whoever opens the link can hold their own against it.
 *
 *     o=1.converged.23.24.812e-7.webgpu    version, status, iterations, evaluations, relative residual, backend
 *     o=1.trained.200.2314e-3.webgpu       version, updates made, loss of the batch at the last of them, backend
 *
 * Numbers have no point in them, as that separates: 812e-7 is 8.12e-5.
 */

/** How a forward solve ended. */
export interface SolveOutcome {
  readonly kind: 'solve';
  /** A `SolveStatus`, never `running`. */
  readonly status: (typeof statuses)[number];
  readonly iterations: number;
  readonly evaluations: number;
  /** Relative residual of the worst sample; null where it was no finite number. */
  readonly residual: number | null;
  readonly backend: Backend;
}

/** Where a training stood. */
export interface TrainingOutcome {
  readonly kind: 'training';
  /** Updates made. */
  readonly steps: number;
  /** Loss of the batch at the last of them, in the unit of the task; null where it was no finite number. */
  readonly loss: number | null;
  readonly backend: Backend;
}

/** What a sender saw. */
export type Outcome = SolveOutcome | TrainingOutcome;

type Backend = (typeof backends)[number];

const version = '1';
const statuses = ['converged', 'max-iterations', 'stalled', 'diverged', 'nonfinite'] as const;
const backends = ['webgpu', 'wasm', 'cpu'] as const;
const trained = 'trained';
/** Stands for a number that is none. */
const none = 'nan';

/** Writes an outcome for a link; its numbers keep three digits of a residual, four of a loss. */
export const encodeOutcome = (outcome: Outcome): string =>
  (outcome.kind === 'training'
    ? [version, trained, outcome.steps, short(outcome.loss, 4), outcome.backend]
    : [
        ...[version, outcome.status, outcome.iterations, outcome.evaluations],
        ...[short(outcome.residual, 3), outcome.backend],
      ]
  ).join('.');

/**
 * Reads what `encodeOutcome` writes; null for anything else, another version included: an outcome is a remark, and a
 * link without it opens the same set-up.
 */
export function decodeOutcome(text: string): Outcome | null {
  const [made, what = '', ...parts] = text.split('.');
  if (made !== version) return null;
  if (what === trained) {
    const [steps, loss, backend] = parts;
    const read = { steps: count(steps), loss: number(loss), backend: oneOf(backends, backend) };
    return parts.length === 3 && isWhole(read) ? { kind: 'training', ...read } : null;
  }
  const [iterations, evaluations, residual, backend] = parts;
  const read = {
    status: oneOf(statuses, what),
    iterations: count(iterations),
    evaluations: count(evaluations),
    residual: number(residual),
    backend: oneOf(backends, backend),
  };
  return parts.length === 4 && isWhole(read) ? { kind: 'solve', ...read } : null;
}

type Whole<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

const isWhole = <T extends Readonly<Record<string, unknown>>>(read: T): read is T & Whole<T> =>
  Object.values(read).every((value) => value !== undefined);

const oneOf = <T extends string>(names: readonly T[], name: string | undefined): T | undefined =>
  names.find((one) => one === name);

/** Digits enough for a safe integer, and no more. */
const count = (text = ''): number | undefined =>
  /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** A number as `short` writes it; undefined for what it never writes. */
function number(text = ''): number | null | undefined {
  if (text === none) return null;
  const value = /^-?\d{1,6}e-?\d{1,3}$/.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** So many digits, as a whole number and a power of ten. */
function short(value: number | null, digits: number): string {
  if (value === null || !Number.isFinite(value)) return none;
  const [mantissa = '0', exponent = '0'] = value.toExponential(digits - 1).split('e');
  return `${mantissa.replace('.', '')}e${String(Number(exponent) - digits + 1)}`;
}
