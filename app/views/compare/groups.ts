import type { RunAxis, RunCurve, RunHead } from '../../../src/runs/run.ts';
import { curveLabel } from './words.ts';

/** Runs are compared with their like: a residual and a loss never share an axis. */
export type RunKind = RunHead['kind'];

/** One run's curve of the chosen name. */
export interface Member {
  readonly head: RunHead;
  readonly curve: RunCurve;
}

/** Curves that may share an axis, as they mean the same. */
export interface Group {
  readonly definition: string;
  readonly unit: string;
  readonly members: readonly Member[];
}

/** What is drawn of the visible runs of one kind. */
export interface Panel {
  readonly kind: RunKind;
  /** Names of curves that there are to choose from, those of most runs first. */
  readonly names: readonly string[];
  /** The curve that is drawn. */
  readonly name: string;
  /** Axes that every curve of that name has; the chosen one is among them. */
  readonly axes: readonly RunAxis[];
  readonly axis: RunAxis;
  readonly groups: readonly Group[];
  /** Visible runs of this kind that have no such curve. */
  readonly without: readonly RunHead[];
}

/** What the visitor chose to see of each kind. */
export interface Choice {
  readonly name: string | null;
  readonly axis: RunAxis;
}

const axisOrder: readonly RunAxis[] = [
  'iteration',
  'evaluations',
  'step',
  'examples',
  'milliseconds',
];
const kinds: readonly RunKind[] = ['solve', 'training'];

/** The panels that those runs take: one for each kind, apart by what the chosen curve means. */
export function panelsOf(
  runs: readonly RunHead[],
  choices: Readonly<Record<RunKind, Choice>>,
): readonly Panel[] {
  return kinds.flatMap((kind) => {
    const some = runs.filter((run) => run.kind === kind);
    return some.length === 0 ? [] : [panelOf(kind, some, choices[kind])];
  });
}

function panelOf(kind: RunKind, runs: readonly RunHead[], choice: Choice): Panel {
  const names = curveNames(runs);
  const name = choice.name !== null && names.includes(choice.name) ? choice.name : (names[0] ?? '');
  const members = runs.flatMap((head): Member[] => {
    const curve = head.curves.find((one) => one.name === name);
    return curve ? [{ head, curve }] : [];
  });
  const axes = axisOrder.filter((axis) => members.some(({ curve }) => curve.x[axis] !== undefined));
  return {
    ...{ kind, names, name, axes },
    axis: axes.includes(choice.axis) ? choice.axis : (axes[0] ?? 'iteration'),
    groups: groupsOf(members),
    without: runs.filter(({ curves }) => !curves.some((curve) => curve.name === name)),
  };
}

/** Curves by their definition, in the order of the runs. */
export function groupsOf(members: readonly Member[]): readonly Group[] {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const { definition, unit } = member.curve;
    const key = `${definition}\n${unit}`;
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()].map((some) => ({
    definition: some[0]?.curve.definition ?? '',
    unit: some[0]?.curve.unit ?? '',
    members: some,
  }));
}

function curveNames(runs: readonly RunHead[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { curves } of runs)
    for (const { name } of curves) counts.set(name, (counts.get(name) ?? 0) + 1);
  // Sorting is stable: within a run its own order holds.
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** Why the visible runs do not share one axis, a sentence each; none where they do. */
export function refusals(panels: readonly Panel[]): readonly string[] {
  const sentences: string[] = [];
  const [first, second] = panels;
  if (first && second) {
    sentences.push(
      `A solve and a training are not drawn on one axis: the one ends with a residual, the other with a loss. ${named(runsOf(first))} and ${named(runsOf(second))} stand apart below.`,
    );
  }
  for (const { kind, name, groups } of panels) {
    if (groups.length < 2) continue;
    const meanings = groups
      .map(({ definition, members }) => `${named(members.map(({ head }) => head))}: ${definition}`)
      .join('; ');
    const what =
      kind === 'solve'
        ? `“${curveLabel(name)}” is not the same number in all of these solves`
        : `“${curveLabel(name)}” is not the same loss in all of these trainings`;
    sentences.push(
      `${what}, so they are not drawn on one axis, and no differences are taken between them. ${meanings}.`,
    );
  }
  return sentences;
}

const runsOf = ({ groups, without }: Panel): readonly RunHead[] => [
  ...groups.flatMap(({ members }) => members.map(({ head }) => head)),
  ...without,
];

/** "calm-river, bold-oak and 2 more". */
export function named(runs: readonly RunHead[], most = 3): string {
  const names = runs.map(({ name }) => name);
  if (names.length > most)
    return `${names.slice(0, most).join(', ')} and ${String(names.length - most)} more`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
