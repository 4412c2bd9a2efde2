import { fusedOn } from '../../tf/fused.ts';
import type { CheckGroup, CheckReport, CheckRow, CheckSource } from '../protocol/protocol.ts';
import { EngineFault } from '../faults.ts';
import type { Turn } from '../serve.ts';
import { breathe } from '../../tf/pace.ts';
import { checkCell } from './checkCell.ts';
import { checkGradients, goldenGradientRows } from './checkGradients.ts';
import { checkJacobian, jacobianFigures } from './checkJacobian.ts';
import { checkKernels, kernelFigures } from './checkKernels.ts';
import { checkTrace, goldenSolvers } from './checkTrace.ts';
import { isRight, type Finding } from './finding.ts';
import type { GoldenFile } from './goldenFile.ts';

/** Some checks of one file, made one after the other. */
interface Part {
  readonly group: CheckGroup;
  readonly name: string;
  readonly count: number;
  readonly run: () => AsyncGenerator<Finding, void, undefined>;
}

/** All checks of all files, in order; ends early when the signal aborts. */
export async function runChecks(options: {
  readonly sources: readonly CheckSource[];
  readonly turn: Turn;
}): Promise<CheckReport> {
  const { turn } = options;
  const parts = options.sources.flatMap((source) => partsOf(source.name, read(source)));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const rows: CheckRow[] = [];
  // Asked anew each time: between two checks it can change.
  const aborted = (): boolean => turn.signal.aborted;
  const progress = (label: string, checks: readonly CheckRow[]): void => {
    turn.progress({ done: rows.length, total, label, checks });
  };
  for (const part of parts) {
    const { group, name: file, count } = part;
    const before = rows.length;
    const add = (row: CheckRow): void => {
      rows.push(row);
      progress(`${groupNames[group]}, ${file}`, [row]);
    };
    progress(`${groupNames[group]}, ${file}`, []);
    await breathe();
    if (aborted()) break;
    try {
      for await (const finding of part.run()) {
        add({ group, file, ...finding, passed: isRight(finding) });
        await breathe();
        if (aborted()) return { rows, total };
      }
    } catch (error) {
      // One that cannot be computed is a failure to be told of, and no reason to keep quiet on the rest.
      const problem = error instanceof Error ? error.message : String(error);
      for (let missing = before + count - rows.length; missing > 0; missing--)
        add({
          ...{ group, file, what: 'could not be computed', problem },
          ...{ error: NaN, bound: 0, passed: false },
        });
    }
  }
  return { rows, total };
}

/** What is being computed, for the progress bar. */
const groupNames: Readonly<Record<CheckGroup, string>> = {
  cell: 'Cell',
  solver: 'Solver',
  gradient: 'Gradients',
  jacobian: 'Jacobian',
  kernels: 'Fused kernels',
};

function partsOf(name: string, file: GoldenFile): Part[] {
  return [
    { group: 'cell', name, count: 1, run: () => each([() => checkCell(file)]) },
    {
      ...{ group: 'solver', name, count: goldenSolvers.length },
      run: () => each(goldenSolvers.map((solver) => () => checkTrace(file, solver))),
    },
    {
      ...{ group: 'gradient', name, count: goldenGradientRows.length },
      run: () => checkGradients(file),
    },
    { group: 'jacobian', name, count: jacobianFigures(file), run: () => checkJacobian(file) },
    // Elsewhere there are none.
    ...(fusedOn()
      ? [{ group: 'kernels', name, count: kernelFigures, run: () => kernels(file) } as const]
      : []),
  ];
}

async function* each(
  checks: readonly (() => Promise<Finding>)[],
): AsyncGenerator<Finding, void, undefined> {
  for (const check of checks) yield await check();
}

async function* kernels(file: GoldenFile): AsyncGenerator<Finding, void, undefined> {
  yield* await checkKernels(file);
}

function read({ name, json }: CheckSource): GoldenFile {
  try {
    return JSON.parse(json) as GoldenFile;
  } catch {
    throw new EngineFault(
      'bad-input',
      `The reference values ${name} could not be read. Reload the page to fetch them again.`,
    );
  }
}
