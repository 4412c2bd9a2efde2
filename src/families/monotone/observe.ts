import * as tf from '../../tf/index.ts';
import { param, type Params } from '../../tf/params.ts';
import type { FiguresObservation, Observation } from '../observation.ts';
import { copyOut } from '../goldenFile.ts';
import type { Analysis, MonotoneOperator } from './operator.ts';
import { readAndFree } from '../../tf/readback.ts';

/** The parameters that W is made of. */
const ofW = ['A.weight', 'B.weight', 'g', 'h'];

/** What the weights say, read once. Borrows them. */
export async function analysisOf(operator: MonotoneOperator, params: Params): Promise<Analysis> {
  const own = ofW.filter((name) => params[name]).map((name) => [name, param(params, name)]);
  return operator.analyse(await copyOut(Object.fromEntries(own) as Params));
}

/**
 * The figures that say why there is one fixed point, and which α is safe, as a function of the numbers of z: they hold ρ at
 * z of the first sample too, where the injection U x + b is given (`[batch, size]`, asked for once).
 */
export type Certificates = (given: {
  readonly alpha?: number | undefined;
  readonly injection?: (() => tf.Tensor) | undefined;
}) => (z: Float32Array) => Promise<FiguresObservation>;

/** Those of some weights, which are borrowed and analysed once, whatever is asked of them. */
export function certificates(operator: MonotoneOperator, params: Params): Certificates {
  let known: Promise<Analysis> | undefined;
  return ({ alpha, injection }) => {
    let injected: Promise<Float32Array> | undefined;
    return async (z) => {
      known ??= analysisOf(operator, params);
      const { certificate, radius: radiusAt } = await known;
      const { smallest, lipschitz } = certificate;
      const bound = (2 * operator.m) / lipschitz ** 2;
      if (injection) injected ??= readAndFree(tf.tidy(injection));
      const radius = injected && radiusAt(z.subarray(0, operator.size), await injected);
      return {
        kind: 'figures',
        name: 'certificates',
        rows: [
          {
            name: 'm',
            value: operator.m,
            note: 'Strong monotonicity asked for: W is built so that sym(I − W) ⪰ m I.',
          },
          {
            name: 'smallest eigenvalue of sym(I − W)',
            value: smallest,
            note:
              smallest > 0
                ? 'Above zero, so there is exactly one fixed point, whatever the input is and wherever a solver starts.'
                : 'Not above zero, so nothing promises that there is exactly one fixed point.',
          },
          {
            name: 'L = ‖I − W‖₂',
            value: lipschitz,
            note: 'The larger it is, the smaller a forward–backward step must be.',
          },
          {
            name: 'bound 2m/L²',
            value: bound,
            note: 'Forward–backward converges for every α between 0 and this; past it, it may or may not. Peaceman–Rachford converges for every α above 0.',
          },
          ...(alpha === undefined
            ? []
            : [{ name: 'α', value: alpha, note: alphaNote(alpha, bound) }]),
          ...(radius === undefined
            ? []
            : [
                {
                  name: 'ρ(∂f/∂z) here',
                  value: radius,
                  note: radiusNote(radius),
                },
              ]),
        ],
      };
    };
  };
}

/** What follows of a step size, in one sentence. */
export function alphaNote(alpha: number, bound: number): string {
  if (alpha === 0) return 'With α = 0 no splitting moves: every point stays where it is.';
  if (alpha < 0)
    return 'Below zero the steps go the wrong way: neither splitting is promised to converge.';
  return alpha < bound
    ? 'Within the bound: both splittings converge.'
    : 'Past the bound: Peaceman–Rachford still converges; forward–backward may not.';
}

/** What ρ at one state says of plain iteration: at the fixed point it decides, elsewhere it hints. */
export function radiusNote(radius: number): string {
  if (radius === 0)
    return 'No unit is active at this point, so f does not change with z here; it says nothing about the fixed point.';
  return radius < 1
    ? 'Below 1 at this point. Where that holds at the fixed point, plain iteration z ← f(z) converges from nearby.'
    : 'Not below 1 at this point. Where that holds at the fixed point, plain iteration z ← f(z) never settles there, though no other fixed point exists.';
}

/** A hidden state's numbers as a picture: units in a grid, or feature maps side by side; of every sample. */
export function stateObservation(
  { layout, size }: MonotoneOperator,
  values: Float32Array,
): Observation[] {
  const { shape = [], name = '' } = layout[0] ?? {};
  return Array.from({ length: values.length / size }, (_, sample): Observation => {
    const own = values.subarray(sample * size, (sample + 1) * size);
    return { kind: 'image', name, sample, ...(shape.length === 3 ? maps(own, shape) : grid(own)) };
  });
}

interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Units row by row, as near to a square as it goes; what is left of the last row is zero. */
function grid(values: Float32Array): Picture {
  const columns = Math.ceil(Math.sqrt(values.length));
  const rows = Math.ceil(values.length / columns);
  const data = new Float32Array(rows * columns);
  data.set(values);
  return { rows, columns, channels: 1, data };
}

/** `[channels, rows, columns]` with the channels last, as pictures have them. */
function maps(
  values: Float32Array,
  [channels = 1, rows = 1, columns = 1]: readonly number[],
): Picture {
  const data = new Float32Array(values.length);
  for (let channel = 0; channel < channels; channel++)
    for (let pixel = 0; pixel < rows * columns; pixel++)
      data[pixel * channels + channel] = values[channel * rows * columns + pixel] ?? 0;
  return { rows, columns, channels, data };
}
