/** This tree and another commit, measured in turn by two pages of one browser. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/root.mjs';
import { launchChromium, servePage } from '../scripts/servePage.mjs';
import { median } from './median.mjs';
import { count, ms, tableText } from './tables.mjs';

/**
 * @typedef {import('./rows.ts').WorkName} WorkName
 * @typedef {import('./timing.ts').Sample & { cpu: number }} Sample `cpu`: seconds of all the browser's processes.
 * @typedef {{ now: Sample, before: Sample }} Pair
 */

/**
 * A whole solve for its iterations: one iteration is the difference of two solves, and that of two times is noise.
 * @type {readonly WorkName[]}
 */
const works = ['f', 'solve-30', 'train-step'];
const variants = /** @type {const} */ (['fused', 'wasm']);
/** Pairs of measurements a row is made of. */
const rounds = 40;
/** A ratio above which something is called slower. */
const allowed = 1.05;

const files = ['compare.html', 'comparePage.ts'];

/**
 * The code of a commit in a folder of its own, within the repository so that it finds this tree's packages.
 * @param {string} ref
 */
const checkOut = (ref) => {
  const commit = execFileSync('git', ['rev-parse', '--verify', `${ref}^{commit}`], {
    ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  }).trim();
  const tree = join(root, '.cache', 'against');
  // What an interrupted run has left.
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  const parts = ['src', 'bench', 'tsconfig.json'];
  const input = execFileSync('git', ['archive', '--format=tar', commit, ...parts], {
    maxBuffer: 2 ** 30,
  });
  execFileSync('tar', ['-x', '-C', tree], { input });
  for (const file of files) cpSync(join(root, 'bench', file), join(tree, 'bench', file));
  return { commit, tree };
};

/**
 * The middle value, and the ranks between which the true median lies 19 times in 20.
 * @param {readonly number[]} values
 */
const middle = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  let below = 0.5 ** n;
  let sum = 0;
  let rank = 0;
  // The chance that as few as `rank` values lie below it.
  for (; sum + below <= 0.025; rank++) {
    sum += below;
    below *= (n - rank) / (rank + 1);
  }
  const at = (/** @type {number} */ i) => sorted[i] ?? NaN;
  const low = Math.max(0, rank - 1);
  return {
    median: median(values),
    low: at(low),
    high: at(n - 1 - low),
  };
};

/**
 * @param {string} name
 * @param {readonly Pair[]} pairs
 */
const rowOf = (name, pairs) => {
  const ratio = middle(pairs.map(({ now, before }) => now.ms / before.ms));
  const of = (/** @type {(pair: Pair) => number} */ one) => middle(pairs.map(one)).median;
  const [was, is] = [of(({ before }) => before.ms), of(({ now }) => now.ms)];
  const total = (/** @type {(pair: Pair) => number} */ one) =>
    pairs.reduce((sum, pair) => sum + one(pair), 0);
  const processor = total(({ now }) => now.cpu) / total(({ before }) => before.cpu);
  const [did, does] = [
    of(({ before }) => before.counts.dispatches),
    of(({ now }) => now.counts.dispatches),
  ];
  const verdict = () => {
    if (ratio.low > allowed) return 'slower';
    if (ratio.high <= allowed) return 'no slower';
    return ratio.median > allowed ? 'perhaps slower' : 'hard to say';
  };
  return [
    ...[name, ms(was), ms(is), ratio.median.toFixed(3)],
    ...[`${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}`, processor.toFixed(3)],
    did === does ? count(does) : `${count(did)} → ${count(does)}`,
    verdict(),
  ];
};

/**
 * Both trees on pages of one browser, opened in the order given: rounds of pairs for each work of each variant.
 * @param {Record<'now' | 'before', string>} trees
 * @param {readonly ('now' | 'before')[]} order
 * @param {number} each Pairs for a row.
 * @param {(name: string, pair: Pair) => void} add
 */
const measureIn = async (trees, order, each, add) => {
  /** @type {{ close: () => unknown }[]} */
  const opened = [];
  try {
    const browser = await launchChromium();
    opened.unshift(browser);
    const open = async (/** @type {'now' | 'before'} */ which) => {
      const server = await servePage({
        ...{ folder: join(trees[which], 'bench'), page: 'compare.html' },
        ...{ to: `bench-${which}`, port: 4400 },
      });
      opened.unshift(server);
      const page = await browser.newPage();
      page.on('pageerror', (error) => {
        console.error(error);
      });
      await page.goto(server.url);
      await page.waitForFunction(() => 'comparing' in window);
      return page;
    };
    /** @type {Map<'now' | 'before', import('playwright-core').Page>} */
    const pages = new Map();
    for (const which of order) pages.set(which, await open(which));
    const session = await browser.newBrowserCDPSession();
    const processorTime = async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    };
    const pageOf = (/** @type {'now' | 'before'} */ which) => {
      const page = pages.get(which);
      if (!page) throw new Error(`No page of ${which} is open.`);
      return page;
    };
    const sample = async (/** @type {'now' | 'before'} */ which, /** @type {WorkName} */ name) => {
      const from = await processorTime();
      const measured = await pageOf(which).evaluate((work) => window.comparing.measure(work), name);
      return { ...measured, cpu: (await processorTime()) - from };
    };
    let adapter = '';
    for (const variant of variants) {
      for (const which of order)
        adapter = await pageOf(which).evaluate(
          ([kind, names]) => window.comparing.open(kind, names),
          /** @type {const} */ ([variant, works]),
        );
      for (const work of works)
        for (let round = 0; round < each; round++) {
          // Whoever is second finds the caches as the first left them, so they take turns in that too.
          const [first, second] = round % 2 ? order.toReversed() : order;
          if (!first || !second) throw new Error('Two trees are compared.');
          /** @type {Partial<Pair>} */
          const pair = {};
          pair[first] = await sample(first, work);
          pair[second] = await sample(second, work);
          add(`${work}, ${variant}`, /** @type {Pair} */ (pair));
        }
    }
    return adapter;
  } finally {
    for (const one of opened) await one.close();
  }
};

/**
 * Measure this tree beside a commit; returns a table for the terminal. The pages are opened in either order, half
 * of the pairs each: the one opened first has measured a quarter faster on WebAssembly, whichever code it ran.
 * @param {string} ref
 */
export const compareWith = async (ref) => {
  const { commit, tree } = checkOut(ref);
  /** @type {Map<string, Pair[]>} */
  const pairs = new Map();
  let adapter = '';
  try {
    for (const order of /** @type {const} */ ([
      ['now', 'before'],
      ['before', 'now'],
    ])) {
      adapter = await measureIn({ now: root, before: tree }, order, rounds / 2, (name, pair) => {
        pairs.set(name, [...(pairs.get(name) ?? []), pair]);
      });
      console.log(`opened in the order ${order.join(', ')}:`);
      for (const [name, some] of pairs)
        console.log(rowOf(name, some.slice(-rounds / 2)).join('  '));
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return tableText({
    title: `This tree beside ${commit.slice(0, 7)}, small, on ${adapter}: medians of ${rounds} pairs, in milliseconds`,
    head: ['work', 'before', 'now', 'now / before', '19 in 20', 'processor', 'dispatches', ''],
    rows: [...pairs].map(([name, all]) => rowOf(name, all)),
  });
};
