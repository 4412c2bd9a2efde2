import { linearize } from '../src/implicit/linearize.ts';
import { fullSpeed, solve } from '../src/numerics/iterate.ts';
import { repeat } from '../src/numerics/repeat.ts';
import type { FixedPointMap, SolverOptions } from '../src/numerics/solver.ts';
import type { GpuCounters } from '../src/tf/counters.ts';
import * as tf from '../src/tf/index.ts';
import { breathe } from '../src/tf/pace.ts';
import { backwards, generateWork, trainStepWork } from './longWorks.ts';
import { peakBytes } from './peakBytes.ts';
import type { WorkName } from './rows.ts';
import { enterVariant, resultOf, type Subject } from './subject.ts';
import { between, timed, type Result, type Sample, type Work } from './timing.ts';

/** How much of a work one measurement does. */
export interface Amount {
  /** Evaluations enqueued before the one wait. */
  readonly repetitions: number;
  /** Iterations between the short and the long solve; a multiple of how many a look is for. */
  readonly iterations: number;
}

/** Iterations of the short solve: history 10, and m = 6, are full and have dropped some by then. */
const start = 12;

/** The works that TensorFlow.js does, by name. */
export function tensorWork(
  name: WorkName,
  subject: Subject,
  counters: GpuCounters,
  { repetitions, iterations }: Amount,
): Work {
  const { f, z0 } = subject;
  const enter = (): Promise<void> => enterVariant(subject.variant);
  const once = (units: number, run: () => Promise<Result> | Result): Work => {
    const measure = (): Promise<Sample> => timed(counters, units, run);
    return { enter, measure, warm: () => peakBytes(measure) };
  };
  const iteration = (
    how: Pick<SolverOptions, 'method' | 'history'>,
    map: () => Promise<FixedPointMap> = () => Promise.resolve(f),
  ): Work => {
    const run = async (maxIterations: number): Promise<Sample> => {
      const given = await map();
      return timed(counters, 1, () => solved(given, z0, { ...how, maxIterations }));
    };
    return {
      enter,
      // What a longer solve costs more than a shorter one, both with a full history at their end.
      measure: async () => between(await run(start), await run(start + iterations), iterations),
      warm: () => peakBytes(() => run(start + iterations)),
    };
  };
  /** What an iteration is measured beside: as it is, of as many evaluations, and looked at as often. */
  const inRow = (map: () => Promise<FixedPointMap>, from: tf.Tensor): Work => {
    const run = async (evaluations: number): Promise<Sample> => {
      const given = await map();
      return timed(counters, 1, () => lookedAt(given, from, evaluations));
    };
    return {
      enter,
      measure: async () => between(await run(start), await run(start + iterations), iterations),
      warm: () => peakBytes(() => run(start)),
    };
  };
  switch (name) {
    case 'f':
      return once(repetitions, () => resultOf(repeat(f, z0, repetitions)));
    case 'f+vjp':
      return once(repetitions, () => valuesAndPullbacks(subject, repetitions));
    case 'f-in-row':
      return inRow(() => Promise.resolve(f), z0);
    case 'vjp-in-row':
      return inRow(async () => (await subject.adjoint()).linearization.vjp, subject.u0);
    case 'broyden':
      return iteration({ method: 'broyden', history: 10 });
    case 'anderson':
      return iteration({ method: 'anderson', history: 6 });
    case 'adjoint':
      return iteration(
        { method: 'broyden', history: 10 },
        async () => (await subject.adjoint()).map,
      );
    case 'solve-30':
      return once(1, () => solved(f, z0, { method: 'broyden', history: 10, maxIterations: 30 }));
    case 'train-step':
      return { enter, ...trainStepWork(subject, counters) };
    case 'train-plain':
    case 'train-seeded':
    case 'train-shine':
      return { enter, ...trainStepWork(subject, counters, backwards[name]) };
    case 'generate-64':
      return { enter, ...generateWork(subject, counters, true) };
    case 'generate-whole':
      return { enter, ...generateWork(subject, counters, false) };
  }
}

/** Solve for exactly `maxIterations`. Throws when the solve ended before, since times would mean nothing. */
export async function solved(
  f: FixedPointMap,
  z0: tf.Tensor,
  options: Pick<SolverOptions, 'method' | 'history' | 'maxIterations'>,
): Promise<Result> {
  const { z, status, records } = await solve(f, z0, { ...options, tolerance: 0, stopMode: 'rel' });
  if (records.length !== options.maxIterations + 1)
    throw new Error(`A solve ended after ${records.length - 1} iterations: ${status}.`);
  return resultOf(z);
}

/** A map applied again and again, with a read of a number every few times: as often as a solve has its residuals read. */
async function lookedAt(map: FixedPointMap, from: tf.Tensor, evaluations: number): Promise<Result> {
  let z = tf.clone(from);
  for (let made = 0; made < evaluations; made += fullSpeed) {
    const next = repeat(map, z, Math.min(fullSpeed, evaluations - made));
    z.dispose();
    z = next;
    const { wait } = resultOf(z);
    await wait();
    await breathe();
  }
  return resultOf(z);
}

/** f and Jᵀu at its argument, each evaluation at the value of the one before. */
function valuesAndPullbacks({ f, z0, u0 }: Subject, repetitions: number): Result {
  let [z, u] = [tf.clone(z0), tf.clone(u0)];
  for (let i = 0; i < repetitions; i++) {
    const here = linearize((_, state) => f(state), {}, z);
    const [nextZ, nextU] = [tf.clone(here.value), here.vjp(u)];
    here.dispose();
    tf.dispose([z, u]);
    [z, u] = [nextZ, nextU];
  }
  return resultOf(u, z);
}
