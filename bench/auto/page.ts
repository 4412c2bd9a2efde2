/** The page that says how often `Auto` takes the faster backend; `bench/run.mjs` opens it and calls `benchAuto`. */
import { startEngine, type Engine } from '../../src/engine/client.ts';
import type { Experiment } from '../../src/schema/experiment.ts';
import { faster, type TimedBackend } from '../../app/store/engine/backends.ts';
import { timeBoth } from '../../app/store/engine/timeBoth.ts';
import type { StartEngine } from '../../app/store/engine/lane.ts';
import { createAppStore, type AppStore } from '../../app/store/store.ts';
import type { AutoReport, AutoRow, AutoTrial } from './report.ts';
import { shapes, type Shape } from './shapes.ts';
import { openTruth } from './truth.ts';

const TRIALS = 4;
/** A difference that nobody feels: either backend is right. */
const NEAR = 1.05;

/** Milliseconds of the longest time that the page could not do anything else, since it was asked before. */
function watchMainThread(): () => number {
  let [longest, last] = [0, performance.now()];
  const look = (): void => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    look();
    setTimeout(() => {
      last = performance.now();
      port2.postMessage(null);
    }, 2);
  };
  port2.postMessage(null);
  return () => {
    const found = longest;
    longest = 0;
    return found;
  };
}

/** Resolves when the state of a page is so. */
const until = (store: AppStore, fits: (state: ReturnType<AppStore['getState']>) => boolean) =>
  new Promise<void>((resolve) => {
    const look = (): void => {
      if (!fits(store.getState())) return;
      stop();
      resolve();
    };
    const stop = store.subscribe(fits, look);
    look();
  });

/** A page at rest, whose solve has ended where it is the solve that is timed. */
async function openPage(
  experiment: Experiment,
  work: Shape['work'],
  start: StartEngine,
): Promise<AppStore> {
  const store = createAppStore({ startEngine: start, experiment, view: work });
  store.getState().startEngine();
  await until(
    store,
    ({ engine, problem, fault }) => fault !== null || (engine === 'on' && problem !== null),
  );
  const { fault } = store.getState();
  if (fault) throw new Error(fault.message);
  if (work === 'solve') store.getState().runToEnd();
  await until(store, ({ activity }) => activity === 'idle');
  return store;
}

async function benchShape(
  { name, work, experiment }: Shape,
  blocked: () => number,
): Promise<AutoRow> {
  const engines: Engine[] = [];
  const store = await openPage(experiment, work, (onEvent) => {
    const engine = startEngine(onEvent);
    engines.push(engine);
    return engine;
  });
  const truth = await openTruth(work, experiment);
  const trials: AutoTrial[] = [];
  try {
    for (let k = 0; k < TRIALS; k++) {
      await truth.measure();
      const { signal } = new AbortController();
      blocked();
      const found = await timeBoth(store, startEngine, { work, experiment, signal });
      if (!found || found === 'gave way') throw new Error(`${name}: there was no trial.`);
      trials.push({ ...found, blocked: blocked() });
    }
    await truth.measure();
  } finally {
    truth.close();
    for (const engine of engines) engine.dispose();
  }
  const real = truth.medians();
  const right = (chosen: TimedBackend): boolean => {
    const other = chosen === 'wasm' ? 'webgpu' : 'wasm';
    return real[chosen] <= NEAR * real[other];
  };
  return {
    name,
    work,
    truth: real,
    trials,
    right: trials.map(({ timing }) => right(faster(timing))),
  };
}

/** Every shape, four trials each beside a longer measurement of both backends. */
async function benchAuto(only: string): Promise<AutoReport> {
  const blocked = watchMainThread();
  const rows: AutoRow[] = [];
  for (const shape of shapes().filter(({ name }) => name.includes(only))) {
    const row = await benchShape(shape, blocked);
    rows.push(row);
    const { webgpu, wasm } = row.truth;
    const said = row.trials.map(({ timing }) => (timing.wasm / timing.webgpu).toFixed(2)).join(' ');
    const cost = row.trials.map((trial) => trial.trialMilliseconds.toFixed(0)).join(' ');
    const start = row.trials.map((trial) => trial.startMilliseconds.toFixed(0)).join(' ');
    const longest = row.trials.map((trial) => trial.blocked.toFixed(0)).join(' ');
    console.log(
      `${row.name}: ${webgpu.toFixed(2)} against ${wasm.toFixed(2)} ms (${(wasm / webgpu).toFixed(2)}); ` +
        `trials ${said}, right ${row.right.map(Number).join(' ')}; ${cost} ms, start ${start}, blocked ${longest}`,
    );
  }
  return { rows };
}

declare global {
  interface Window {
    benchAuto: typeof benchAuto;
  }
}

window.benchAuto = benchAuto;
