import { sameDevice, type RunDevice, type RunHead } from '../../../src/runs/run.ts';
import { plural } from '../../format.ts';
import { named } from './groups.ts';

const backends = new Map([
  ['webgpu', 'WebGPU'],
  ['wasm', 'WebAssembly'],
  ['cpu', 'JavaScript on the CPU'],
]);

/** What a run was computed on, "WebGPU, Apple M2". */
export function deviceWords({ backend, kernels, adapter }: RunDevice): string {
  const name = backends.get(backend) ?? (backend === '' ? 'an unknown device' : backend);
  const details = [
    adapter,
    backend === 'webgpu' && kernels === 'stock' ? 'TensorFlow.js’s kernels' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
  return details === '' ? name : `${name}, ${details}`;
}

const sameMachine = (a: RunHead, b: RunHead): boolean =>
  sameDevice(a.device, b.device) && a.build === b.build;

/** Whether all times of these runs can be held against each other. */
export const timesCompare = (runs: readonly RunHead[]): boolean => {
  const [first] = runs;
  return first === undefined || runs.every((run) => sameMachine(first, run));
};

/** What one has to know before comparing times, a sentence each; none where all ran on the same. */
export function deviceWarnings(runs: readonly RunHead[]): readonly string[] {
  const sentences: string[] = [];
  const devices = apart(runs, ({ device }) => deviceWords(device));
  if (devices.length > 1) {
    sentences.push(
      `These runs were computed on ${plural(devices.length, 'device')}: ${listed(devices)}. Their times, and what is made of them, do not compare the set-ups; residuals and losses may differ in the last digits.`,
    );
  } else if (runs.some((run) => runs[0] && !sameDevice(runs[0].device, run.device))) {
    sentences.push(
      'These runs were computed with different kernels: their times do not compare the set-ups.',
    );
  }
  const builds = apart(runs, ({ build }) => build);
  if (builds.length > 1) {
    sentences.push(
      `They were computed by ${plural(builds.length, 'version')} of this page: ${listed(builds)}. What changed between them may have changed times and numbers.`,
    );
  }
  return sentences;
}

function apart(
  runs: readonly RunHead[],
  wordsOf: (run: RunHead) => string,
): readonly (readonly [words: string, runs: readonly RunHead[]])[] {
  const found = new Map<string, RunHead[]>();
  for (const run of runs) {
    const words = wordsOf(run);
    found.set(words, [...(found.get(words) ?? []), run]);
  }
  return [...found];
}

const listed = (some: readonly (readonly [string, readonly RunHead[]])[]): string =>
  some.map(([words, runs]) => `${words} (${named(runs)})`).join('; ');
