import type { RunHead, RunRecord } from '../../src/runs/run.ts';
import { nameAt } from '../../src/runs/names.ts';
import { changeSetting, defaultExperiment } from '../../src/schema/experiment.ts';

/** What of a made-up run is to be another. */
export type Made = Partial<RunHead> & {
  /** Records, iteration 0 included. */
  readonly length?: number;
  /** Factor of the residual from one iteration to the next. */
  readonly rate?: number;
  readonly definition?: string;
};

/** A solve that nobody made: its residual falls by `rate` an iteration. */
export function madeSolve(number: number, made: Made = {}): RunRecord {
  const { length = 21, rate = 0.7, definition = 'relative residual, worst sample', ...own } = made;
  const column = (value: (at: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, at) => value(at));
  const rel = column((at) => rate ** at);
  const x = { iteration: 'iteration', evaluations: 'evaluations', milliseconds: 'milliseconds' };
  const milliseconds = column((at) => at * (1 + (number % 5)));
  const total = milliseconds.at(-1) ?? 0;
  const head: RunHead = {
    ...{ version: 1, id: `made-${String(number)}`, kind: 'solve', name: nameAt(101 * number) },
    ...{ renamed: false, note: '', starred: false, pinned: false },
    savedAt: 1_790_000_000_000 + 60_000 * number,
    experiment: changeSetting(defaultExperiment, 'random.seed', number).experiment,
    input: { name: 'an input', weights: { from: 'random' } },
    build: '0.1.0 (test)',
    device: { backend: 'webgpu', kernels: 'registers', adapter: 'a GPU' },
    status: 'converged',
    metrics: {
      rel: { value: rel.at(-1) ?? NaN, unit: '', better: 'lower' },
      evaluations: { value: length, unit: 'evaluations', better: 'lower' },
      milliseconds: { value: total, unit: 'ms', better: 'lower' },
      msPerIteration: { value: total / (length - 1), unit: 'ms', better: 'lower' },
      stepBytes: { value: 1e6 * (1 + (number % 7)), unit: 'bytes', better: 'lower' },
    },
    curves: [{ name: 'rel', x, unit: '', definition }],
    ...own,
  };
  const trace = {
    columns: {
      iteration: column((at) => at),
      evaluations: column((at) => at + 1),
      milliseconds,
      rel,
    },
  };
  return { head, trace };
}

/** A training that nobody made: its loss goes down from 4 like 1/√step. */
export function madeTraining(number: number, made: Made = {}): RunRecord {
  const { length = 40, definition = 'cross-entropy, nats a token; a text', ...own } = made;
  const { head } = madeSolve(number);
  const step = Float64Array.from({ length }, (_, at) => at + 1);
  const loss = step.map((at) => 1 + 3 / Math.sqrt(at) + 0.01 * number);
  const validation = loss.at(-1) ?? NaN;
  return {
    head: {
      ...head,
      ...{ id: `trained-${String(number)}`, kind: 'training', status: 'finished' },
      metrics: {
        loss: { value: validation, unit: 'nats a token', better: 'lower' },
        validation: { value: validation, unit: 'nats a token', better: 'lower' },
        evaluations: { value: 30 * length, unit: 'evaluations', better: 'lower' },
        msPerStep: { value: 12, unit: 'ms', better: 'lower' },
        examplesPerSecond: { value: 1234, unit: 'tokens a second', better: 'higher' },
      },
      curves: [{ name: 'loss', x: { step: 'step' }, unit: 'nats a token', definition }],
      ...own,
    },
    trace: { columns: { step, loss } },
  };
}
