import type { CheckGroup, CheckRow, DeviceReport } from '../../../src/engine/protocol/protocol.ts';
import { formatPower, formatResidual } from '../../format.ts';
import { adapterName, backendNames } from '../device/deviceText.ts';
import type { Checking } from './checking.ts';

/** What the groups of checks are called. */
export const groupNames: Readonly<Record<CheckGroup, string>> = {
  cell: 'Cell',
  solver: 'Solver trace',
  gradient: 'Gradient',
  jacobian: 'Jacobian',
  kernels: 'Kernels',
};

/** What an error is measured in, by group. */
export const measures: Readonly<Record<CheckGroup, string>> = {
  cell: 'largest difference',
  solver: 'relative, of the residual nearest to its bound',
  gradient: 'relative L2 over all parameters',
  jacobian: 'relative',
  kernels: 'relative to the largest number',
};

/** What computed: "WebGPU (acme one), fused kernels". */
export function computedOn({ backend, kernels }: DeviceReport): string {
  const adapter = adapterName(backend);
  const where = backendNames[backend.name] + (adapter === null ? '' : ` (${adapter})`);
  if (backend.name !== 'webgpu') return where;
  return `${where}, ${kernels.inUse === 'stock' ? 'TensorFlow.js’s own kernels' : 'fused kernels'}`;
}

/** How the check came out, in one sentence. */
export function checkSummary({ busy, rows, total, device, failure }: Checking): string {
  if (failure !== null) return `The check could not go on: ${failure}`;
  if (rows.length === 0) return busy ? 'Checking…' : '';
  const passed = rows.filter((row) => row.passed).length;
  const on = device ? ` on ${computedOn(device)}` : '';
  const left = total - rows.length;
  if (busy) return `${String(passed)} of ${String(rows.length)} checks passed so far${on}.`;
  const stopped = left > 0 ? `; ${String(left)} were not run` : '';
  return `${String(passed)} of ${String(rows.length)} checks passed${on}${stopped}.`;
}

/** The whole report as plain text, for a message to somebody else. */
export const checkText = (checking: Checking): string =>
  [
    `DEQ Playground, numbers check: ${checkSummary(checking)}`,
    ...checking.rows.map(
      ({ group, file, what, error, bound, passed, problem }) =>
        `${passed ? 'passed' : 'FAILED'}  ${groupNames[group]}  ${file}  ${what}  ${formatResidual(error)} (bound ${formatPower(bound)})${problem === undefined ? '' : `  ${problem}`}`,
    ),
  ].join('\n');

/** Rows by the file their truth is in, in the order they came. */
export const byFile = (
  rows: readonly CheckRow[],
): readonly (readonly [string, readonly CheckRow[]])[] =>
  [...new Set(rows.map(({ file }) => file))].map((name) => [
    name,
    rows.filter(({ file }) => file === name),
  ]);
