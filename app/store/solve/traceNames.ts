import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { fieldPaths, findField, type FieldPath } from '../../../src/schema/fields.ts';
import { isRelevant } from '../../../src/schema/relevance.ts';
import { formatPower } from '../../format.ts';
import type { Branch } from './explore.ts';
import type { Pass } from '../state.ts';

/** A trace that wants a name. */
export interface Named {
  readonly experiment: Experiment;
  readonly pass: Pass;
  readonly branch: Pick<Branch, 'at' | 'noise'> | null;
}

const sections = {
  forward: ['cell', 'solver', 'input', 'random'],
  backward: ['backward'],
} as const;
const solverPart = { forward: 'solver.', backward: 'backward.' } as const;
const methods = { forward: 'solver.method', backward: 'backward.solver' } as const;
/** A label at the end of a line has room for so many. */
const MOST_SETTINGS = 2;

/** Names for traces in one picture, made of what tells them apart: "Anderson m = 3". */
export function traceNames(traces: readonly Named[]): string[] {
  const names = traces.map((trace) => nameOf(trace, traces));
  // The same solve made twice, say on another device: numbers are all that is left.
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((one) => one === name).length;
    return before === 0 ? name : `${name} (${String(before + 1)})`;
  });
}

function nameOf({ experiment, pass, branch }: Named, traces: readonly Named[]): string {
  const method = methods[pass];
  const isSameMethod = (other: Experiment): boolean =>
    settingAt(other, method) === settingAt(experiment, method);
  const differs = (path: FieldPath): boolean =>
    path !== method &&
    sections[pass].some((section) => path.startsWith(`${section}.`)) &&
    isRelevant(path, experiment) &&
    traces.some((other) => {
      // Settings of different solvers don't compare; their names tell them apart.
      if (path.startsWith(solverPart[pass]) && !isSameMethod(other.experiment)) return false;
      // Where it has no effect, a different value is no difference.
      if (other.pass !== pass || !isRelevant(path, other.experiment)) return false;
      return settingAt(other.experiment, path) !== settingAt(experiment, path);
    });
  const paths = fieldPaths.filter(differs);
  const words = paths.slice(0, MOST_SETTINGS).map((path) => settingWords(experiment, path));
  const more = paths.length > MOST_SETTINGS ? ` +${String(paths.length - MOST_SETTINGS)}` : '';
  const fork = branch ? ` from ${String(branch.at)}` : '';
  const noise = branch && branch.noise !== null ? ` ± ${noiseWords(branch.noise)}` : '';
  return `${[valueWords(experiment, method), ...words].join(' ')}${more}${fork}${noise}`;
}

/** The size of a kick: plain down to a hundredth. */
export const noiseWords = (noise: number): string =>
  noise < 0.01 ? formatPower(noise) : String(Number(noise.toPrecision(2)));

function settingWords(experiment: Experiment, path: FieldPath): string {
  const field = findField(path);
  const name = field?.symbol ?? field?.label.toLowerCase() ?? path;
  return `${name} = ${valueWords(experiment, path)}`;
}

/** The value of a setting as its control shows it. */
export function valueWords(experiment: Experiment, path: FieldPath): string {
  const field = findField(path);
  const value = settingAt(experiment, path);
  if (field?.control === 'choice')
    return field.options.find((option) => option.value === value)?.label ?? String(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return `“${value.length > 12 ? `${value.slice(0, 11)}…` : value}”`;
  return field?.control === 'number' && field.scale === 'log' ? formatPower(value) : String(value);
}
