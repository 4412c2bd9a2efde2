/**
 * Whether the Python programs that the page writes compute what the page computes:
 * `node scripts/run.mjs scripts/torchCheck.ts`. Needs python3 with PyTorch, and says so where there is none.
 */
import { checkTorchCase, findPython } from './checkTorchCase.ts';
import { torchCases } from './torchCases.ts';
import { never, startNodeEngine } from './nodeTraining.ts';

const python = await findPython();
if (python === undefined) {
  console.log('NOT RUN: there is no python3 with PyTorch here. Set PYTHON to one that has it.');
} else {
  console.log(`${python.command}: PyTorch ${python.torch}`);
  const engine = await startNodeEngine(() => undefined);
  // Words choose among the cases: `… scripts/torchCheck.ts monotone`.
  const [, , wanted = ''] = process.argv;
  const cases = torchCases.filter(({ name }) => name.includes(wanted));
  let failed = 0;
  for (const one of cases) {
    const report = await checkTorchCase(one, { engine, python, turn: never });
    const { logits, loss, back } = report;
    const right = Math.max(logits, loss, back) < 1e-4;
    if (!right) failed++;
    const parts = [`outputs ${logits.toExponential(1)}`, `loss ${loss.toExponential(1)}`];
    console.log(
      `${right ? 'ok  ' : 'FAIL'} ${one.name}: ${parts.join(', ')}, trained and back ${back.toExponential(1)}`,
    );
  }
  if (failed > 0) throw new Error(`${String(failed)} of ${String(cases.length)} differ.`);
}
