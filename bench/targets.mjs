/** What the project wants of its numbers, and whether a report keeps it. */

/**
 * @typedef {import('./rows.ts').Report} Report
 * @typedef {import('./rows.ts').Row} Row
 * @typedef {import('./rows.ts').WorkName} Work
 * @typedef {import('./rows.ts').SizeName} Size
 * @typedef {import('./rows.ts').VariantName} Variant
 * @typedef {{ what: string, goal: string, value: string, kept: boolean }} Target
 */

/** Sizes that targets are set for; odd ones are measured for their shapes only. */
const judged = /** @type {const} */ (['small', 'medium']);

/**
 * @param {Report} report
 * @param {Work} work
 * @param {Size} size
 * @param {Variant} variant
 * @returns {Row | undefined}
 */
export const find = ({ rows }, work, size, variant) =>
  rows.find((row) => row.work === work && row.size === size && row.variant === variant);

/**
 * Ratios that the table shows, of medians, or, beside f, the medians of rounds' ratios; NaN where a part was not measured.
 * @param {Report} report
 * @param {Size} size
 */
export const ratios = (report, size) => {
  /** @type {(work: Work, variant?: Variant) => number} */
  const ms = (work, variant = 'fused') => find(report, work, size, variant)?.medianMs ?? NaN;
  const beside = (/** @type {Work} */ work) => find(report, work, size, 'fused')?.beside ?? NaN;
  return {
    /** @type {(work: Work) => number} */
    stock: (work) => ms(work, 'stock') / ms(work),
    /** @type {(work: Work) => number} */
    jax: (work) => ms(work, 'jax-js') / ms(work),
    broyden: beside('broyden'),
    anderson: beside('anderson'),
    adjoint: beside('adjoint'),
    /** @type {(variant: Variant) => number} */
    generate: (variant) => ms('generate-whole', variant) / ms('generate-64', variant),
  };
};

/**
 * @param {string} what
 * @param {'≥' | '≤'} sign
 * @param {number} limit
 * @param {number} value
 * @param {(value: number) => string} show
 * @returns {Target}
 */
const target = (what, sign, limit, value, show) => ({
  what,
  goal: `${sign} ${show(limit)}`,
  value: show(value),
  kept: sign === '≥' ? value >= limit : value <= limit,
});

const times = (/** @type {number} */ x) => `${x.toFixed(2)}×`;
const whole = (/** @type {number} */ x) => (Number.isInteger(x) ? String(x) : x.toFixed(2));
const percent = (/** @type {number} */ x) => `${(100 * x).toFixed(0)} %`;
const megabytes = (/** @type {number} */ x) => `${(x / 1e6).toFixed(2)} MB`;

/**
 * Every target, for each size the report has.
 * @param {Report} report
 * @returns {Target[]}
 */
export const targets = (report) => {
  const measured = judged.filter((size) => find(report, 'f', size, 'fused'));
  const after = report.rows
    .filter(({ variant }) => variant === 'fused')
    .reduce((sum, { pipelinesAfterWarmUp }) => sum + pipelinesAfterWarmUp, 0);
  return [
    ...measured.flatMap((size) => targetsOf(report, size)),
    target('pipelines compiled after warm-up', '≤', 0, after, whole),
  ];
};

/**
 * @param {Report} report
 * @param {'small' | 'medium'} size
 * @returns {Target[]}
 */
const targetsOf = (report, size) => {
  const { stock, jax, broyden, anderson, adjoint, generate } = ratios(report, size);
  const saved = size === 'medium' ? 8 : 4;
  /** @type {(work: Work, variant?: Variant) => Row | undefined} */
  const row = (work, variant = 'fused') => find(report, work, size, variant);
  const dispatches = (/** @type {Work} */ work) => row(work)?.dispatches ?? NaN;
  const ofBest = (report.matmul.f[size] ?? NaN) / report.matmul.best.gflops;
  return [
    target(`${size}: f, stock / fused`, '≥', 12, stock('f'), times),
    target(`${size}: f, jax-js / fused`, '≥', 2, jax('f'), times),
    target(`${size}: f + VJP, stock / fused`, '≥', 10, stock('f+vjp'), times),
    target(`${size}: f + VJP, jax-js / fused`, '≥', 2, jax('f+vjp'), times),
    target(`${size}: Broyden iteration / f`, '≤', 1.25, broyden, times),
    target(`${size}: Anderson iteration / f`, '≤', 1.25, anderson, times),
    target(`${size}: adjoint iteration / VJP`, '≤', 1.2, adjoint, times),
    target(`${size}: 64 tokens, whole windows / kept, fused`, '≥', saved, generate('fused'), times),
    target(`${size}: 64 tokens, whole windows / kept, wasm`, '≥', saved, generate('wasm'), times),
    target(`${size}: f of the best product's rate`, '≥', 0.6, ofBest, percent),
    target(`${size}: dispatches of f`, '≤', 9, dispatches('f'), whole),
    target(
      `${size}: dispatches of a Broyden iteration`,
      '≤',
      dispatches('f') + 3,
      dispatches('broyden'),
      whole,
    ),
    target(`${size}: dispatches of a training step`, '≤', 600, dispatches('train-step'), whole),
    target(
      `${size}: read-backs of a 30-iteration solve`,
      '≤',
      30 / 4 + 1,
      row('solve-30')?.readbacks ?? NaN,
      whole,
    ),
    target(
      `${size}: peak of a training step, at most stock's`,
      '≤',
      row('train-step', 'stock')?.peakBytes ?? NaN,
      row('train-step')?.peakBytes ?? NaN,
      megabytes,
    ),
  ];
};
