import { join } from 'node:path';
import { root } from '../scripts/root.mjs';
import { onServedPage } from '../scripts/servePage.mjs';
import { median } from './median.mjs';

/** @typedef {import('./auto/report.ts').AutoReport} AutoReport */

/** @param {readonly number[]} values Milliseconds. */
const spread = (values) =>
  `${median(values).toFixed(0)} ms in the middle, ${Math.max(...values).toFixed(0)} at most`;

/**
 * What came of all trials, as lines of Markdown.
 * @param {AutoReport} report
 */
const markdown = ({ rows }) => {
  const right = rows.flatMap((row) => row.right);
  const trials = rows.flatMap((row) => row.trials);
  const table = rows.map(({ name, truth, trials: made, right: found }) => {
    const ratio = truth.wasm / truth.webgpu;
    const said = made.map(({ timing }) => (timing.wasm / timing.webgpu).toFixed(2)).join(', ');
    const cost = median(made.map(({ trialMilliseconds }) => trialMilliseconds)).toFixed(0);
    const share = `${found.filter(Boolean).length} of ${found.length}`;
    return `| ${name} | ${truth.webgpu.toPrecision(3)} | ${truth.wasm.toPrecision(3)} | ${ratio.toFixed(2)} | ${said} | ${share} | ${cost} |`;
  });
  return [
    '| work | WebGPU: ms | WebAssembly: ms | ratio | of the trials | right | trial: ms |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...table,
    '',
    `Right: ${right.filter(Boolean).length} of ${right.length}.`,
    `A trial: ${spread(trials.map(({ trialMilliseconds }) => trialMilliseconds))}.`,
    `Before it, engines and kernels: ${spread(trials.map(({ startMilliseconds }) => startMilliseconds))}.`,
    `The page was blocked: ${spread(trials.map(({ blocked }) => blocked))}.`,
  ].join('\n');
};

/** Has the page's own code choose a backend for ten shapes, four times each; `only`: shapes whose names contain it. */
export const measureAuto = async (only = '') =>
  markdown(
    await onServedPage(
      { folder: join(root, 'bench', 'auto'), to: 'bench-auto', port: 4402 },
      (page) => page.evaluate((some) => window.benchAuto(some), only),
    ),
  );
