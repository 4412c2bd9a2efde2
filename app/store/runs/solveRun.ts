/** A solve that ended, as a run. */
import { conventionOf } from '../../../src/numerics/conventions.ts';
import { freshName } from '../../../src/runs/names.ts';
import {
  isMarked,
  type RunCurve,
  type RunDevice,
  type RunHead,
  type RunMetric,
  type RunRecord,
} from '../../../src/runs/run.ts';
import type {
  DeviceReport,
  IterationRecord,
  Phase,
  SolveStatus,
} from '../../../src/engine/protocol/protocol.ts';
import { familyRules } from '../../../src/families/rules.ts';
import { familyOf } from '../../../src/families/settings.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { weightsOf } from '../../../src/schema/weights.ts';
import { build } from '../../build.ts';
import { worst } from '../../charts/series.ts';
import { newId } from '../newId.ts';

/** What a run is made of a solve with. */
export interface EndedSolve {
  readonly experiment: Experiment;
  readonly pass: Phase;
  readonly records: readonly IterationRecord[];
  readonly status: SolveStatus;
  readonly device: DeviceReport | null;
  /** Peak bytes of a training step with this set-up, by the memory law, where the problem's sizes are known. */
  readonly stepBytes?: number | undefined;
  /** SHA-256 of the visitor's own weights, where the solve had them. */
  readonly weightsHash?: string | undefined;
}

/** The device in the words by which two are told apart. */
export const runDevice = (device: DeviceReport | null): RunDevice => {
  const { adapter } = device?.backend ?? {};
  const parts = [adapter?.vendor, adapter?.architecture, adapter?.description];
  return {
    backend: device?.backend.name ?? '',
    kernels: device?.kernels.inUse ?? '',
    adapter: parts.filter(Boolean).join(' '),
  };
};

/** Version and commit of this page. */
export const runBuild = (): string =>
  build.commit === null ? build.version : `${build.version} (${build.commit})`;

/** What both kinds of run begin with: a name that none of `others` has. */
export const newHead = (
  others: readonly RunHead[],
): Pick<
  RunHead,
  'version' | 'id' | 'name' | 'renamed' | 'note' | 'starred' | 'pinned' | 'savedAt' | 'build'
> => ({
  ...{ version: 1, id: newId(), name: freshName(new Set(others.map(({ name }) => name))) },
  ...{ renamed: false, note: '', starred: false, pinned: false },
  ...{ savedAt: Date.now(), build: runBuild() },
});

/** What is solved for, in a few words: the layer and its input, or the family. */
const inputName = (experiment: Experiment): string =>
  familyRules[experiment.problem.family].summary?.(experiment).join(' · ') ??
  familyOf(experiment.problem.family).title;

/**
 * What a residual curve is of: equal for solves whose curves may share an axis. A convention that measures another
 * thing, one norm over the batch or the damped step, makes another curve of the same solve.
 */
export function residualDefinition(
  { solver }: Pick<Experiment, 'solver'>,
  measure: 'rel' | 'abs',
  pass: Phase = 'forward',
): string {
  if (pass === 'backward') {
    return measure === 'rel'
      ? 'residual of the adjoint equation relative to its right-hand image, worst sample'
      : 'residual of the adjoint equation, ‖·‖₂, worst sample';
  }
  const { scope, floor, damped } = conventionOf(solver);
  const step = damped ? 'z⁺ − z' : 'f(z) − z';
  const against = damped ? 'z⁺' : 'f(z)';
  const whose = scope === 'batch' ? 'one norm over the batch' : 'worst sample';
  return measure === 'rel'
    ? `‖${step}‖₂ / (‖${against}‖₂ + ${floor.toExponential()}), ${whose}`
    : `‖${step}‖₂, ${whose}`;
}

const column = <T>(items: readonly T[], value: (item: T, at: number) => number): Float64Array =>
  Float64Array.from(items, value);

/** A number of which less is better. */
export const lower = (value: number, unit = ''): RunMetric => ({ value, unit, better: 'lower' });

/** The solve as a run of its own. */
export function solveRun(solve: EndedSolve, others: readonly RunHead[]): RunRecord {
  const { experiment, pass, records, status, device } = solve;
  const last = records.at(-1);
  let milliseconds = 0;
  // As the chart counts: all solvers begin with the same evaluation, and the first waits for the compiler.
  const times = column(records, (record, at) =>
    at === 0 ? 0 : (milliseconds += record.milliseconds),
  );
  const x = { iteration: 'iteration', evaluations: 'evaluations', milliseconds: 'milliseconds' };
  const curve = (name: 'rel' | 'abs'): RunCurve => ({
    ...{ name, x, unit: '' },
    definition: residualDefinition(experiment, name, pass),
  });
  const iterations = records.length - 1;
  const from = weightsOf(experiment);
  const hash = from === 'trained' ? solve.weightsHash : undefined;
  return {
    head: {
      ...newHead(others),
      ...{ kind: 'solve', ...(pass === 'backward' ? { pass } : {}), experiment },
      input: {
        name: inputName(experiment).slice(0, 80),
        weights: { from, ...(hash === undefined ? {} : { hash }) },
      },
      device: runDevice(device),
      status,
      metrics: {
        ...{ rel: lower(worst(last?.rel ?? [])), abs: lower(worst(last?.abs ?? [])) },
        evaluations: lower(last?.evaluations ?? 0, 'evaluations'),
        iterations: lower(iterations, 'iterations'),
        milliseconds: lower(milliseconds, 'ms'),
        ...(iterations > 0 ? { msPerIteration: lower(milliseconds / iterations, 'ms') } : {}),
        ...(solve.stepBytes === undefined ? {} : { stepBytes: lower(solve.stepBytes, 'bytes') }),
      },
      curves: [curve('rel'), curve('abs')],
    },
    trace: {
      columns: {
        iteration: column(records, (record) => record.iteration),
        evaluations: column(records, (record) => record.evaluations),
        milliseconds: times,
        rel: column(records, (record) => worst(record.rel)),
        abs: column(records, (record) => worst(record.abs)),
      },
    },
  };
}

/** Whether two runs are of one set-up on one device and ended alike, so that one of them says it all. */
export const sameOutcome = (a: RunHead, b: RunHead): boolean =>
  a.kind === b.kind &&
  a.pass === b.pass &&
  a.status === b.status &&
  a.metrics['evaluations']?.value === b.metrics['evaluations']?.value &&
  [a.experiment, a.input, a.device].every(
    (part, at) => JSON.stringify(part) === JSON.stringify([b.experiment, b.input, b.device][at]),
  );

/** Whether the visitor has done something with it: then nothing takes its place. */
export const isOwned = (head: RunHead): boolean =>
  head.renamed || isMarked(head) || head.sweep !== undefined || head.repeat !== undefined;

/** The run in the place of an earlier one: what is new, under its id and name. */
export const inPlaceOf = (before: RunHead, { head, trace }: RunRecord): RunRecord => {
  const { id, name, renamed, note, starred, pinned, sweep, repeat } = before;
  return {
    head: {
      ...head,
      ...{ id, name, renamed, note, starred, pinned },
      ...(sweep ? { sweep } : {}),
      ...(repeat ? { repeat } : {}),
    },
    trace,
  };
};
