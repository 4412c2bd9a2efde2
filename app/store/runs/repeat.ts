/** Solves one set-up with five seeds, in an engine of its own, so that what a seed changes can be seen. */
import { createStore } from 'zustand/vanilla';
import { startEngine } from '../../../src/engine/client.ts';
import { runLimits, sameDevice, type RunHead } from '../../../src/runs/run.ts';
import { changeSetting, type Experiment } from '../../../src/schema/experiment.ts';
import { fields } from '../../../src/schema/fields.ts';
import { isRelevant } from '../../../src/schema/relevance.ts';
import { faultOf } from '../engine/faults.ts';
import type { StartEngine } from '../engine/lane.ts';
import { rested } from '../engine/rested.ts';
import { newId } from '../newId.ts';
import type { AppStore } from '../store.ts';
import { fileOfWeights, openOwnEngine } from './ownEngine.ts';
import { runsOf } from './runs.ts';
import { runBuild, runDevice, solveRun } from './solveRun.ts';

/** Seeds of a repeat, the run's own among them. */
export const SEEDS = 5;

/** A repeat that runs, and what came of the last one. */
export interface Repeating {
  /** Null while none runs. */
  readonly running: {
    readonly name: string;
    readonly done: number;
    readonly total: number;
    /** What is being done. */
    readonly label: string;
  } | null;
  /** Why the last one ended early, in words. */
  readonly problem: string | null;
}

/** Apart from the page's store, as only the Compare view asks for it; it goes on while another view is open. */
export const repeating = createStore<Repeating>()(() => ({ running: null, problem: null }));

let current: AbortController | null = null;

/** Ends a repeat; seeds that are solved stay, and pressing again goes on from there. */
export function cancelRepeat(): void {
  current?.abort();
  current = null;
  repeating.setState({ running: null });
}

/** The seeds: the run's own and those after it. */
export const seedsFrom = (seed: number): readonly number[] =>
  Array.from({ length: SEEDS }, (_, at) => (seed + at) % (fields.random.seed.max + 1));

/**
 * Solves the run's set-up with five seeds and keeps each as a run; they share `repeat.id`. The run itself is one of
 * them where it was computed on this device by this build. Resolves with the id of the first run of the repeat, or
 * null where it ended early: `repeating` says why.
 */
export async function repeatRun(
  store: AppStore,
  head: RunHead,
  start: StartEngine = startEngine,
): Promise<string | null> {
  if (current) return null;
  const mine = new AbortController();
  current = mine;
  repeating.setState({
    running: { name: head.name, done: 0, total: SEEDS, label: 'Waiting for the solve to rest' },
    problem: null,
  });
  try {
    return await solveSeeds(store, head, start, mine.signal);
  } catch (error) {
    const { kind, message } = faultOf(error);
    if (current === mine && kind !== 'cancelled') {
      repeating.setState({ problem: `${head.name} could not be repeated: ${message}` });
    }
    return null;
  } finally {
    if (current === mine) {
      current = null;
      repeating.setState({ running: null });
    }
  }
}

async function solveSeeds(
  store: AppStore,
  head: RunHead,
  start: StartEngine,
  signal: AbortSignal,
): Promise<string | null> {
  const { experiment } = head;
  if (head.kind !== 'solve' || head.pass === 'backward' || !isRelevant('random.seed', experiment))
    throw new Error('only forward solves whose set-up has a seed can be repeated.');
  const runs = runsOf(store);
  await rested({ get: store.getState, subscribe: store.subscribe }, signal);
  const file = await fileOfWeights(store, experiment, head.input.weights);
  signal.throwIfAborted();
  const say = (label: string, done: number): void => {
    if (!signal.aborted)
      repeating.setState({ running: { name: head.name, done, total: SEEDS, label } });
  };
  const engine = openOwnEngine(store, start, signal);
  try {
    say('Starting an engine', 0);
    await engine.start();
    const same = sameDevice(runDevice(engine.device()), head.device) && runBuild() === head.build;
    const id = (same ? head.repeat?.id : undefined) ?? newId();
    if (same && head.repeat === undefined) await runs.change(head.id, { repeat: { id } });
    let first = same ? head.id : null;
    for (const [done, seed] of seedsFrom(experiment.random.seed).entries()) {
      say(`Seed ${String(seed)}`, done);
      const known = runs.heads.find(
        (one) => one.repeat?.id === id && one.experiment.random.seed === seed,
      );
      if (known) {
        first ??= known.id;
        continue;
      }
      const ended = await engine.solve(withSeed(experiment, seed), file);
      await runs.keep((others) => {
        const hash = head.input.weights.hash;
        const made = solveRun(
          { ...ended, ...(hash === undefined ? {} : { weightsHash: hash }) },
          others,
        );
        first ??= made.head.id;
        return { ...made, head: { ...made.head, name: seedName(head.name, seed), repeat: { id } } };
      });
    }
    return first;
  } finally {
    engine.close();
  }
}

const withSeed = (experiment: Experiment, seed: number): Experiment =>
  changeSetting(experiment, 'random.seed', seed).experiment;

/** The run's name with the seed; a name that has one already gets another. */
export function seedName(name: string, seed: number): string {
  const ending = ` · seed ${String(seed)}`;
  const base = name.replace(/ · seed \d+$/, '');
  return (
    Array.from(base)
      .slice(0, runLimits.name - ending.length)
      .join('') + ending
  );
}
