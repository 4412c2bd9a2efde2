import type { TrainRecord } from '../src/engine/protocol/protocol.ts';
import { experimentWith, never, startNodeEngine } from './nodeTraining.ts';
const records: TrainRecord[] = [];
const engine = await startNodeEngine((record) => records.push(record));
for (const arg of process.argv.slice(2)) {
  records.length = 0;
  const [preset = '', ...rest] = arg.split(',');
  const changes = Object.fromEntries(
    rest.map((one) => {
      const [k = '', v = ''] = one.split('=');
      return [k, Number.isNaN(Number(v)) ? v : Number(v)];
    }),
  );
  await engine.openTraining(never, experimentWith(preset as never, changes as never), undefined);
  const t = performance.now();
  await engine.train(never);
  const s = (performance.now() - t) / 1000;
  const held = records
    .filter((r) => r.heldOut)
    .map((r) => `${r.step}:${(r.heldOut?.['psnr'] ?? NaN).toFixed(1)}`);
  console.log(
    arg,
    s.toFixed(1) + 's',
    held.join(' '),
    JSON.stringify({ ...records.at(-1), heldOut: undefined }).slice(0, 500),
  );
}
