/** Reads the JSON reports of Vitest and Playwright into one form, and trusts neither to be there. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {{ passed: number, failures: string[] }} Outcome `failures`: one text a failure, name first.
 */

/** Playwright colours messages whatever it is told. */
export const plain = (/** @type {unknown} */ text) => String(text).replace(/\u001b\[[0-9;]*m/g, '');

/**
 * Name and the start of the message, indented.
 * @param {string} name
 * @param {unknown} message
 */
const failure = (name, message) => {
  const lines = plain(message)
    .trim()
    .split('\n')
    .filter((line) => !/^ +at .*(node_modules|new Promise|node:internal)/.test(line))
    .slice(0, 16);
  return [name, ...lines.map((line) => `  ${line}`)].join('\n');
};

/**
 * @param {any} report
 * @param {string} root
 * @returns {Outcome}
 */
const readVitest = (report, root) => {
  /** @type {string[]} */
  const failures = [];
  let passed = 0;
  for (const file of report.testResults) {
    const name = relative(root, file.name).replaceAll('\\', '/');
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        passed += 1;
        continue;
      }
      failedHere += 1;
      const message = test.failureMessages?.join('\n') || `${test.status}: every test must run`;
      failures.push(failure(`${name} › ${test.fullName}`, message));
    }
    // A file that cannot be loaded, or a failed afterAll, is reported without a failed test.
    if (file.status === 'failed' && failedHere === 0) {
      failures.push(failure(name, file.message || 'failed outside its tests'));
    }
  }
  return { passed, failures };
};

/**
 * @param {any} report
 * @returns {Outcome}
 */
const readPlaywright = (report) => {
  /** @type {string[]} */
  const failures = report.errors.map((/** @type {any} */ e) => failure('e2e', e.message));
  let passed = 0;
  /** @param {any} suite @param {string[]} titles */
  const visit = (suite, titles) => {
    const here = [...titles, suite.title];
    for (const child of suite.suites ?? []) visit(child, here);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected') {
          passed += 1;
          continue;
        }
        const error = test.results.at(-1)?.error?.message;
        const name = [`[${test.projectName}]`, ...here, spec.title].filter(Boolean).join(' › ');
        failures.push(failure(name, error ?? `${test.status}: every test must run`));
      }
    }
  };
  for (const suite of report.suites) visit(suite, []);
  return { passed, failures };
};

/**
 * What a runner's report says. No report, no tests, or an exit code that the report does not
 * explain (an unhandled rejection, say) is a failure of its own.
 * @param {'vitest' | 'playwright'} runner
 * @param {string} path
 * @param {string} root
 * @param {{ ok: boolean, output: string }} run
 * @returns {Outcome}
 */
export const readReport = (runner, path, root, run) => {
  const tail = run.output.trim().split('\n').slice(-14).join('\n');
  /** @type {Outcome} */
  let outcome;
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    outcome = runner === 'vitest' ? readVitest(report, root) : readPlaywright(report);
  } catch {
    return { passed: 0, failures: [failure('the runner left no report', tail)] };
  }
  if (outcome.passed + outcome.failures.length === 0) {
    return { passed: 0, failures: [failure('the runner ran no tests', tail)] };
  }
  if (!run.ok && outcome.failures.length === 0) {
    outcome.failures.push(failure('the runner failed though every test passed', tail));
  }
  return outcome;
};
