import { fields, type FieldPath, type Section, type Settings } from '../../../src/schema/fields.ts';
import { familyIds, familyOf } from '../../../src/families/settings.ts';
import type { View } from '../../../src/schema/link.ts';
import { isRelevant } from '../../../src/schema/relevance.ts';
import { solveOnlyPaths, weightsPaths, withWeights } from '../../../src/schema/weights.ts';

/** Views that settings have an effect in. */
export type RailView = 'solve' | 'train';

/** The view whose settings are meant by one on screen: a page without any stands before the solve. */
export const railViewOf = (view: View): RailView => (view === 'train' ? 'train' : 'solve');

/** A group of settings in the rail. */
export interface RailSection {
  /** Absent: its one row says what it is. */
  readonly title?: string;
  readonly paths: readonly FieldPath[];
  /** Folded as a whole: most people leave all of it alone. */
  readonly folded?: boolean;
  /** What stands beside the title or below the rows. */
  readonly extra?: 'parameters' | 'notes';
}

const pathsOf = (section: Section, except: readonly FieldPath[] = []): readonly FieldPath[] =>
  Object.keys(fields[section])
    .map((key) => `${section}.${key}` as FieldPath)
    .filter((path) => !except.includes(path));

/** The sections of all families that belong in one place; those of other families have no effect, so none is shown. */
const familyPaths = (group: 'model' | 'inputs', except: readonly FieldPath[] = []): FieldPath[] =>
  familyIds.flatMap((id) =>
    Object.keys(familyOf(id)[group]).flatMap((section) => pathsOf(section as Section, except)),
  );

/** A training step's own solves stop by these, which stand with the solver they belong to. */
const forwardStop: readonly FieldPath[] = ['train.tolerance', 'train.maxIterations'];
const adjointStop: readonly FieldPath[] = ['train.adjointTolerance', 'train.adjointIterations'];

/** What all the rest depends on. */
const family: RailSection = { paths: pathsOf('problem') };

/** What each view's rail holds, in order. A field that is in none stands in a card of its view. */
export const railSections: Readonly<Record<RailView, readonly RailSection[]>> = {
  solve: [
    family,
    {
      title: 'Model',
      paths: familyPaths('model'),
      extra: 'parameters',
    },
    { title: 'Solver', paths: pathsOf('solver') },
    { title: 'Backward pass', paths: pathsOf('backward'), folded: true },
    { title: 'Memory', paths: pathsOf('memory'), folded: true },
    { title: 'Input', paths: familyPaths('inputs'), extra: 'notes' },
    { title: 'Random', paths: pathsOf('random') },
  ],
  train: [
    family,
    {
      title: 'Model',
      paths: familyPaths('model', [...weightsPaths, ...solveOnlyPaths]),
      extra: 'parameters',
    },
    {
      title: 'Training',
      paths: [...pathsOf('train', [...forwardStop, ...adjointStop]), 'memory.limit'],
    },
    {
      title: 'Solver',
      paths: [
        ...pathsOf('solver', ['solver.tolerance', 'solver.maxIterations', 'solver.stopMode']),
        ...forwardStop,
      ],
    },
    {
      title: 'Backward pass',
      paths: [
        ...pathsOf('backward', ['backward.tolerance', 'backward.maxIterations']),
        ...adjointStop,
      ],
      folded: true,
    },
    { title: 'Random', paths: pathsOf('random') },
  ],
};

/** Whether a setting has an effect in a view; training always begins with random weights. */
export const isRelevantIn = (view: RailView, path: FieldPath, settings: Settings): boolean =>
  isRelevant(path, view === 'train' ? withWeights(settings, 'random') : settings);
