import type { GoldenReader, OpenedGolden } from '../family.ts';
import {
  caseOf,
  copyOut,
  isRecord,
  shaped,
  tensorOf,
  tensorsOf,
  toTensor,
  toTensors,
  type FileTensor,
} from '../goldenFile.ts';
import type { Measurement } from './measurement.ts';
import { inverseProblem, type InverseCell } from './problem.ts';
import { inverseParameters, type Activation, type Regulariser } from './regulariser.ts';

/** A golden file of the family, opened. */
export interface OpenedInverse extends OpenedGolden {
  readonly cell: InverseCell;
}

const kinds: readonly Measurement['kind'][] = ['denoise', 'inpaint', 'deblur'];
const activations: readonly Activation[] = ['identity', 'relu', 'softshrink', 'tanh'];

/**
 * The file `bilevel`: reference values of reacho/deep-equilibrium-vs-bilevel, fully connected. What was measured,
 * `f_delta`, is a parameter, and the weights are shared by all cases, which name their operator, activation and τ.
 */
export const inverseGolden = {
  reads: (file) => isRecord(file) && file['family'] === 'bilevel',
  open(file: unknown, name?: string): OpenedInverse {
    const whole = isRecord(file) ? file : {};
    const found = caseOf(file, name);
    const number = (from: Readonly<Record<string, unknown>>, key: string): number => {
      const value = from[key];
      if (typeof value === 'number') return value;
      throw new Error(`The golden file has no number ${key}.`);
    };
    const [side, batch] = [number(whole, 'N'), number(whole, 'B')];
    const kind = kinds.find((one) => one === found['operator']);
    const sigma = activations.find((one) => one === found['sigma']);
    if (!kind || !sigma)
      throw new Error('The golden file has no operator and activation that are known here.');
    const size = side * side;
    const regulariser: Regulariser = {
      ...{ cell: 'dense', tied: found['tied'] === true, width: size, kernel: 1, side },
    };
    const given = isRecord(whole['params']) ? whole['params'] : {};
    const pictures = (from: Readonly<Record<string, unknown>>, key: string): FileTensor => {
      const tensor = tensorOf(from[key], key);
      shaped(tensor, key, [batch, size]);
      return tensor;
    };
    const params = toTensors([
      ...tensorsOf(given, inverseParameters(regulariser)),
      ['f_delta', pictures(found, 'f_delta')],
    ]);
    const cell: InverseCell = {
      measurement: { kind, side, masked: number(found, 'masked_pixels') },
      ...{ regulariser, sigma, tau: number(found, 'tau') },
      ...{ lambda: number(whole, 'lambda'), gamma: number(whole, 'gamma') },
    };
    return {
      cell,
      problem: inverseProblem({
        ...cell,
        params,
        samples: Array.from({ length: batch }, (_, i) => `sample ${String(i + 1)}`),
        truth: Float32Array.from(pictures(whole, 'u_true').data),
      }),
      probe: toTensor(pictures(whole, 'z_probe')),
      toFile: copyOut,
    };
  },
} satisfies GoldenReader;
