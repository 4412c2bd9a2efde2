import type { EngineCalls } from '../../src/engine/client.ts';
import { startEngine } from '../../src/engine/client.ts';
import type { Experiment } from '../../src/schema/experiment.ts';
import { fetchOwnFile } from '../../app/store/files.ts';
import { createWeights } from '../../app/store/config/weights.ts';
import type { TimedBackend, Timing, Work } from '../../app/store/engine/backends.ts';
import { openOwnLane } from '../../app/store/engine/ownLane.ts';
import { createTexts } from '../../app/store/train/texts.ts';
import { median } from '../median.mjs';

/** Iterations of a solve at most: where one takes a quarter of a second, ten rounds of whole solves would take minutes. */
const ITERATIONS = 24;
/** Milliseconds of one part of the longer measurement; there are five. */
const PART_MILLISECONDS = 800;

/** What both backends really take, by whole solves or whole steps of training in turn. */
export interface Truth {
  /** Measures some more. */
  readonly measure: () => Promise<void>;
  /** Milliseconds of an iteration, or of a step. */
  readonly medians: () => Timing;
  readonly close: () => void;
}

/** An engine for each backend, which are asked in turn. */
export async function openTruth(work: Work, experiment: Experiment): Promise<Truth> {
  const stop = new AbortController();
  const open = async (backend: TimedBackend) => {
    const counted = { points: 0 };
    const lane = openOwnLane({
      startEngine: startEngine,
      signal: stop.signal,
      boot: async (engine) => {
        await engine.boot(backend);
      },
      onEvent: (event) => {
        if (event.event === 'records') counted.points += event.records.length;
      },
    });
    if (work === 'solve') {
      const weights = createWeights(fetchOwnFile, () => null);
      const file = await weights.of(experiment);
      const { solver } = experiment;
      const maxIterations = Math.min(ITERATIONS, solver.maxIterations);
      const limited = { ...experiment, solver: { ...solver, maxIterations } };
      await lane.ask((engine) => engine.configure(limited, file));
    } else {
      const texts = createTexts({ fetchFile: fetchOwnFile, own: () => '' });
      const found = await texts(experiment);
      if ('problem' in found) throw new Error(found.problem);
      const { train } = experiment;
      // A held-out loss is no step's.
      const alone = {
        ...experiment,
        train: { ...train, validateEvery: train.steps, spectrumEvery: 0 },
      };
      await lane.ask((engine) => engine.openTraining(alone, found.text));
    }
    const once = async (engine: EngineCalls): Promise<number> => {
      if (work === 'train') {
        const steps = 2;
        const from = performance.now();
        await engine.train(steps);
        return (performance.now() - from) / steps;
      }
      await engine.reset();
      counted.points = 0;
      const from = performance.now();
      await engine.run('forward', undefined, false);
      return (performance.now() - from) / counted.points;
    };
    await lane.ask(once);
    return () => lane.ask(once);
  };
  const sides = { webgpu: await open('webgpu'), wasm: await open('wasm') };
  const times: Record<TimedBackend, number[]> = { webgpu: [], wasm: [] };
  return {
    measure: async () => {
      const began = performance.now();
      for (let round = 0; performance.now() - began < PART_MILLISECONDS; round++) {
        const order =
          round % 2 === 0 ? (['webgpu', 'wasm'] as const) : (['wasm', 'webgpu'] as const);
        for (const name of order) times[name].push(await sides[name]());
      }
    },
    medians: () => ({ webgpu: median(times.webgpu), wasm: median(times.wasm) }),
    close: () => {
      stop.abort();
    },
  };
}
