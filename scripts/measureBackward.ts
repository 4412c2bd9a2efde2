/**
 * What each backward pass after a solve by Broyden's method is off by, and its products with Jᵀ:
 * `node scripts/run.mjs scripts/measureBackward.ts`. Prints a table of docs/performance.md.
 */
import { compareGradients } from '../src/engine/compareGradients.ts';
import { build, solvedAsChosen } from '../src/engine/build.ts';
import { learntInverse } from '../src/engine/learntInverse.ts';
import { solve } from '../src/numerics/iterate.ts';
import * as tf from '../src/tf/index.ts';
import { MemoryMeter } from '../src/tf/memory.ts';
import { readFile } from 'node:fs/promises';
import { experimentWith, never, startNodeEngine } from './nodeTraining.ts';

await startNodeEngine(() => undefined);
const weights = new Uint8Array(await readFile('public/models/pretrained.safetensors'));
using meter = new MemoryMeter();
console.log(
  '| weights | solve to | adjoint to | plain: Jᵀ | seeded: Jᵀ | SHINE error | one-step error |',
);
console.log(
  '| ------- | -------- | ---------- | --------- | ---------- | ----------- | -------------- |',
);
for (const preset of ['char-transformer', 'pretrained'] as const)
  for (const tolerance of [1e-1, 3e-2, 1e-3, 1e-5])
    for (const adjoint of tolerance === 1e-3 ? [3e-2, 1e-3, 1e-6] : [tolerance]) {
      const found: Record<string, number>[] = [];
      for (const seeded of [false, true]) {
        const experiment = experimentWith(preset, {
          ...{ 'solver.method': 'broyden', 'solver.tolerance': tolerance, 'solver.rank': 60 },
          ...{ 'backward.solver': 'broyden', 'backward.rank': 100 },
          ...{ 'backward.tolerance': adjoint, 'backward.maxIterations': 100 },
          ...{ 'backward.seeded': seeded },
        });
        using built = await build(experiment, preset === 'pretrained' ? weights : undefined);
        const z0 = built.problem.initialState();
        const { z, records } = await solve(built.f, z0, built.solver);
        const { signal } = never;
        const inverse = await learntInverse(
          { map: built.map, z0, options: built.solver },
          99,
          signal,
        );
        const { rows } = await compareGradients({
          ...{ settings: experiment.backward, problem: solvedAsChosen(built), z, inverse },
          ...{ iteration: records.length - 1, meter, turn: never },
        });
        for (const { kind, relativeError, backwardPasses } of rows)
          found[Number(seeded)] = {
            ...found[Number(seeded)],
            [kind]: kind === 'implicit' ? backwardPasses : relativeError,
          };
        tf.dispose([z, z0, inverse ?? []]);
      }
      const [plain = {}, seeded = {}] = found;
      const cells = [
        preset === 'pretrained' ? 'trained' : 'new',
        ...[tolerance, adjoint].map((value) => value.toExponential(0)),
        ...[plain['implicit'], seeded['implicit']].map(String),
        ...['shine', 'one-step'].map((kind) => plain[kind]?.toPrecision(2) ?? '—'),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
