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
} from '../goldenFile.ts';
import { innerLoss, steadyProblem, type SteadyProblem } from './problem.ts';

/** A golden file of the family, opened: its problem has the file's learned start where there is one. */
export interface OpenedSteady extends OpenedGolden {
  readonly problem: SteadyProblem;
}

const families: readonly unknown[] = ['sinclair', 'fastdeq'];

/** The files `sinclair` (dense Broyden) and `fastdeq` (flows, Newton, Skip-DEQ). */
export const steadyGolden = {
  reads: (file) => isRecord(file) && families.includes(file['family']),
  open(file: unknown, name?: string): OpenedSteady {
    const found = caseOf(file, name);
    const given = isRecord(found['params']) ? found['params'] : {};
    const cell = 'linear.weight' in given ? 'unit' : 'tanh';
    const probe = tensorOf(found['z_probe'], 'z_probe');
    const x = tensorOf(found['x'], 'x');
    const c = tensorOf(found['c'], 'c');
    const [batch = 0, width = 0] = shaped(probe, 'z_probe', [-1, -1]);
    const [, inputs = 0] = shaped(x, 'x', [batch, -1]);
    shaped(c, 'c', [batch, width]);
    const shapes: Readonly<Record<string, readonly number[]>> =
      cell === 'unit'
        ? { 'linear.weight': [width, width + inputs] }
        : {
            ...{ W: [width, width], U: [inputs, width], b: [width] },
            ...('Ws' in given ? { Ws: [inputs, width], bs: [width] } : {}),
          };
    const specs = Object.entries(shapes).map(([key, shape]) => ({ name: key, shape }));
    const params = toTensors([...tensorsOf(given, specs), ['x', x]]);
    return {
      problem: steadyProblem({
        ...{ cell, params, width, loss: innerLoss(c.data, [batch, width]) },
        samples: Array.from({ length: batch }, (_, i) => `sample ${String(i + 1)}`),
      }),
      probe: toTensor(probe),
      toFile: copyOut,
    };
  },
} satisfies GoldenReader;
