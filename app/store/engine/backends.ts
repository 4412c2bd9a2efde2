/** Which backend a set-up is computed on: what the visitor asks for, or the one that was faster when both were timed. */
import { inputSections, isDrawn, modelSections } from '../../../src/schema/agree.ts';
import type { BackendName, BackendPreference } from '../../../src/engine/protocol/protocol.ts';
import { sideOf } from '../../../src/inputs/pictures/marks.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { FieldPath } from '../../../src/schema/fields.ts';
import { readStored, writeStored } from '../../stored.ts';
import type { AppState } from '../state.ts';

/** What is computed: solves, or steps of training. */
export type Work = 'solve' | 'train';

/** The two backends that may each be the faster one. */
export type TimedBackend = 'webgpu' | 'wasm';

/** Milliseconds of one iteration, or of one step of training, on either backend. */
export type Timing = Readonly<Record<TimedBackend, number>>;

/** What was timed on this device, by `workKey`. */
export interface Timings {
  /** The GPU it was timed on: another one is another matter. */
  readonly adapter: string;
  readonly byWork: Readonly<Record<string, Timing>>;
}

/** The faster of the two. */
export const faster = ({ webgpu, wasm }: Timing): TimedBackend =>
  wasm < webgpu ? 'wasm' : 'webgpu';

const KEYS = { solve: 'deq-backend', timings: 'deq-timings' } as const;

/** More shapes than this are not remembered: the oldest go. */
const MOST = 60;

/** Settings that change numbers and not the work. */
const IDLE: ReadonlySet<string> = new Set(['seed', 'maxIterations', 'steps']);

/** What a setting makes of the shapes: real numbers nothing, texts their length, drawings nothing, pictures their size. */
function shapeOf(experiment: Experiment, path: FieldPath, value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : 0;
  if (typeof value !== 'string') return value;
  if (!isDrawn(experiment, path)) return value.length > 24 ? value.length : value;
  // Drawings are all of one size, pictures of two.
  return sideOf(value);
}

const keys = { solve: new WeakMap<Experiment, string>(), train: new WeakMap<Experiment, string>() };

/**
 * Names the shapes and operations of some work, which its time follows from: settings by name. Made once for each
 * set-up, since it is asked for with every change of the page.
 */
export function workKey(experiment: Experiment, work: Work): string {
  const known = keys[work].get(experiment);
  if (known !== undefined) return known;
  const sections = [...modelSections(experiment), ...inputSections(experiment)];
  const own = work === 'train' ? (['backward', 'train'] as const) : [];
  const parts = [...sections, 'solver' as const, ...own].map((section) =>
    Object.entries(experiment[section]).flatMap(([name, value]) =>
      IDLE.has(name) ? [] : [[name, shapeOf(experiment, `${section}.${name}` as FieldPath, value)]],
    ),
  );
  const key = JSON.stringify([work, experiment.problem.family, parts]);
  keys[work].set(experiment, key);
  return key;
}

/** What was found out in earlier visits; nothing where storage is forbidden or holds something else. */
export function storedTimings(): Timings {
  const none: Timings = { adapter: '', byWork: {} };
  try {
    const { adapter, byWork } = JSON.parse(readStored(KEYS.timings) ?? '{}') as Partial<Timings>;
    if (typeof adapter !== 'string' || typeof byWork !== 'object') return none;
    const right = Object.entries(byWork).filter(([, timing]: [string, Partial<Timing> | null]) =>
      [timing?.webgpu, timing?.wasm].every((time) => typeof time === 'number' && time > 0),
    );
    return { adapter, byWork: Object.fromEntries(right) };
  } catch {
    return none;
  }
}

/** Timings with one more, or, of another GPU, with it alone; kept for later visits. */
export function withTiming(before: Timings, adapter: string, key: string, timing: Timing): Timings {
  const kept = before.adapter === adapter ? Object.entries(before.byWork) : [];
  const others = kept.filter(([work]) => work !== key).slice(1 - MOST);
  const timings = { adapter, byWork: Object.fromEntries([...others, [key, timing]]) };
  writeStored(KEYS.timings, JSON.stringify(timings));
  return timings;
}

/** What was asked for in an earlier visit. */
export function storedBackend(): BackendPreference {
  const value = readStored(KEYS.solve);
  return value === 'webgpu' || value === 'wasm' || value === 'cpu' ? value : 'auto';
}

/** Keeps it for the next visit. */
export const rememberBackend = (backend: BackendPreference): void => {
  writeStored(KEYS.solve, backend === 'auto' ? null : backend);
};

type Chosen = Pick<AppState, 'solveBackend' | 'trainBackend' | 'timings'>;

/** What the visitor asks to compute this work on. */
const asked = (state: Chosen, work: Work): BackendPreference =>
  work === 'train' ? state.trainBackend : state.solveBackend;

/** What the timing of this work found, where the visitor leaves the choice to it; undefined before it was timed. */
export const timingOf = (state: Chosen, experiment: Experiment, work: Work): Timing | undefined =>
  asked(state, work) === 'auto' ? state.timings.byWork[workKey(experiment, work)] : undefined;

/** The backend that was found to be the faster one for this work; undefined where the visitor has chosen, or nobody has timed it. */
export function chosenBackend(
  state: Chosen,
  experiment: Experiment,
  work: Work,
): TimedBackend | undefined {
  const timing = timingOf(state, experiment, work);
  return timing && faster(timing);
}

/** What to start an engine for this work with: where the faster backend does not start after all, the others follow. */
export function backendFor(
  state: Chosen,
  experiment: Experiment,
  work: Work,
): BackendPreference | readonly BackendName[] {
  const chosen = chosenBackend(state, experiment, work);
  if (chosen) return chosen === 'wasm' ? ['wasm', 'webgpu', 'cpu'] : ['webgpu', 'wasm', 'cpu'];
  return asked(state, work);
}
