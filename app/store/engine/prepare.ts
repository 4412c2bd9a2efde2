import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { fieldPaths, sectionOf, type Section } from '../../../src/schema/fields.ts';
import { familyOf } from '../../../src/families/settings.ts';
import type { EngineCommands } from '../../../src/engine/protocol/protocol.ts';
import type { Bytes } from '../files.ts';
import { nothingMade } from '../shown.ts';
import type { StoreAccess } from '../state.ts';
import type { Weights } from '../weights.ts';

const agreeOn = (a: Experiment, b: Experiment, sections: readonly string[]): boolean =>
  fieldPaths
    .filter((path) => sections.includes(sectionOf(path)))
    .every((path) => settingAt(a, path) === settingAt(b, path));

/** Sections of the problem alone: of the families' settings those of this one, what f is and what it is given. */
export function problemSections({ problem }: Experiment): readonly Section[] {
  const { model, inputs } = familyOf(problem.family);
  return ['problem', ...(Object.keys({ ...model, ...inputs }) as Section[])];
}

/** Whether two set-ups have the same problem and the same forward solve. */
export const sameForward = (a: Experiment, b: Experiment): boolean =>
  a === b || agreeOn(a, b, [...problemSections(a), 'solver', 'random']);

/** Whether f and what it is given are the same but for their numbers: what memory depends on, solvers apart. */
export const sameLayer = (a: Experiment, b: Experiment): boolean =>
  a === b || agreeOn(a, b, problemSections(a));

/** Whether their backward solves and gradient methods are the same too, given the same forward. */
export const sameBackward = (a: Experiment, b: Experiment): boolean =>
  a === b || agreeOn(a, b, ['backward']);

/** Brings one engine to the set-up in the rail: its problem and, once live, iteration 0. */
export type Prepare = () => Promise<void>;

/** For a fresh engine. `current` turns false when the engine is given up. */
export function createPreparation(
  engine: EngineCommands,
  options: StoreAccess & {
    readonly flush: () => void;
    readonly current: () => boolean;
    readonly weights: Weights;
  },
): Prepare {
  const { get, set, flush, current, weights } = options;
  let configured: Experiment | null = null;
  /** The file of the configured weights: other weights are another problem. */
  let loaded: Bytes | undefined;

  const configure = async (experiment: Experiment, file: Bytes | undefined): Promise<void> => {
    const problem = await engine.configure(experiment, file);
    if (!current()) return;
    configured = experiment;
    loaded = file;
    flush();
    set({ problem, solve: problem.solve, memory: problem.memory, adjoint: null });
    set({ metered: { experiment, sizes: problem.sizes } });
    set({ spectrum: { ...get().spectrum, report: null, failure: null } });
    set({ comparison: { ...get().comparison, report: null, failure: null } });
    if (get().source === 'live') set(nothingMade());
  };

  /** Has iteration 0 made, once what is shown is computed here. */
  const makeFirst = async (): Promise<void> => {
    const state = get();
    if (!configured || state.source === 'recorded') return;
    const applied = sameForward(configured, state.experiment) ? state.experiment : configured;
    if (state.applied !== applied) set({ applied });
    if (state.records.length > 0) return;
    const report = await engine.step('forward', 1);
    flush();
    if (report.solve === get().solve) set({ status: report.status });
  };

  return async () => {
    const { experiment } = get();
    const file = await weights.of(experiment);
    if (!current()) return;
    if (!configured || file !== loaded || !sameForward(configured, experiment))
      await configure(experiment, file);
    if (current()) await makeFirst();
  };
}
