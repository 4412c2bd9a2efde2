/** Training in Node, on WebAssembly: the engine as the page uses it, without a page. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeSetting, presetExperiment, type Experiment } from '../src/schema/experiment.ts';
import type { FieldPath } from '../src/schema/fields.ts';
import type { PresetName } from '../src/schema/presets.ts';
import type { EngineEvent, TrainRecord } from '../src/engine/protocol/protocol.ts';
import { turnOf } from '../src/engine/serve.ts';
import { createSession } from '../src/engine/session.ts';
import { setAssetReader } from '../src/inputs/assets.ts';
import { setWasmBase } from '../src/tf/backend.ts';

/** A preset with some settings changed. Throws when a value is not taken as it stands. */
export function experimentWith(
  preset: PresetName,
  changes: Partial<Record<FieldPath, unknown>>,
): Experiment {
  let experiment = presetExperiment(preset);
  for (const [path, value] of Object.entries(changes)) {
    const { experiment: next, adjustments } = changeSetting(experiment, path as FieldPath, value);
    if (adjustments.length > 0) throw new Error(adjustments.join(' '));
    experiment = next;
  }
  return experiment;
}

/** An engine in this process, on WebAssembly. */
export async function startNodeEngine(
  onRecord: (record: TrainRecord) => void,
  onEvent: (event: EngineEvent) => void = () => undefined,
): Promise<ReturnType<typeof createSession>> {
  setWasmBase(`${join(process.cwd(), 'public', 'wasm')}/`);
  setAssetReader(async (path) => new Uint8Array(await readFile(`public/${path}`)));
  const session = createSession((event) => {
    if (event.event === 'trained') event.records.forEach(onRecord);
    onEvent(event);
  });
  await session.boot(never, 'wasm');
  return session;
}

/** A turn that nobody interrupts. */
export const never = turnOf();

/** The text that the page trains on by default. */
export const mobyDick = (): Promise<string> => readFile('public/corpora/moby-dick.txt', 'utf8');
