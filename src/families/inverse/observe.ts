import type * as tf from '../../tf/index.ts';
import type { Params } from '../../tf/params.ts';
import { copyOut } from '../goldenFile.ts';
import type { FiguresObservation, ImageObservation, Observation } from '../observation.ts';
import { psnr } from './measure.ts';
import type { InverseCell } from './problem.ts';
import { stepBound, type StepBound } from './stepBound.ts';

/** What every iterate says: the picture beside what was measured and what it should be, and how long a step may be. */
export function observer({
  cell,
  params,
  given,
  truth,
}: {
  readonly cell: InverseCell;
  /** Borrowed; read once. */
  readonly params: Params;
  readonly given: Float32Array;
  readonly truth: Float32Array;
}): (z: tf.Tensor) => Promise<Observation[]> {
  const { side } = cell.measurement;
  const before = psnr(given, truth);
  let bound: Promise<StepBound | undefined> | undefined;
  const picture = (name: string, data: Float32Array): ImageObservation => ({
    ...{ kind: 'image', name, sample: 0, rows: side, columns: side, channels: 1 },
    ...{ data, range: [0, 1] },
  });
  return async (z) => {
    const values = (await z.data()) as Float32Array;
    bound ??= copyOut(params).then((weights) => stepBound(cell, weights));
    const now = psnr(values, truth);
    return [
      picture('Measured', given),
      { ...picture('Restored', values.slice()), reference: truth },
      figures(cell, await bound, { before, now }),
    ];
  };
}

function figures(
  { sigma, tau, regulariser }: InverseCell,
  known: StepBound | undefined,
  { before, now }: { readonly before: number; readonly now: number },
): FiguresObservation {
  const likeness = [
    { name: 'PSNR', value: now, unit: 'dB', followed: 'linear' as const },
    { name: 'PSNR as measured', value: before, unit: 'dB', followed: 'linear' as const },
    {
      ...{ name: 'gain', value: now - before, unit: 'dB' },
      note: 'How much nearer this iterate is to the picture than what was measured of it.',
    },
  ];
  const step = {
    ...{ name: 'τ', value: tau },
    note: stepNote(tau, known?.bound, sigma === 'identity'),
  };
  return {
    ...{ kind: 'figures', name: 'step' },
    rows: known
      ? [
          ...likeness,
          {
            ...{ name: 'λmax', value: known.largest },
            note: 'Largest eigenvalue of λ KᵀK + γ K0ᵀK0: how steep the energy is at most.',
          },
          {
            ...{ name: 'bound 2/λmax', value: known.bound },
            note:
              sigma === 'identity'
                ? 'With the identity f converges for every τ below it and for none above.'
                : 'f converges for every τ below it, and may above.',
          },
          step,
        ]
      : [...likeness, ...(regulariser.tied ? [] : [step])],
  };
}

/** What follows of a step size, in one sentence. */
export function stepNote(tau: number, bound: number | undefined, exact: boolean): string {
  if (bound === undefined)
    return 'Untied layers: ∂f/∂u is not symmetric, so no bound of this kind holds.';
  if (tau < bound) return 'Within the bound: plain iteration converges.';
  return exact
    ? 'Past the bound: plain iteration diverges.'
    : 'Past the bound: plain iteration may or may not converge.';
}
