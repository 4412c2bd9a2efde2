/** The page that meters the presets; `scripts/recordSizes.mjs` opens it and calls `recordSizes`. */
import { cards } from '../../app/views/gallery/cards.ts';
import type { RecordedSizes } from '../../app/traces/packedSizes.ts';
import { build, steppedAsChosen } from '../../src/engine/build.ts';
import { meterTask } from '../../src/engine/trainOptions.ts';
import { loadFamily } from '../../src/families/index.ts';
import { setAssetReader } from '../../src/inputs/assets.ts';
import type { ProblemSizes } from '../../src/memory/problemSizes.ts';
import { presetExperiment, type Experiment } from '../../src/schema/experiment.ts';
import { isPresetName, presets, type PresetName } from '../../src/schema/presets.ts';
import { withWeights } from '../../src/schema/weights.ts';
import { initBackend } from '../../src/tf/backend.ts';
import { setFused } from '../../src/tf/fused.ts';
import { MemoryMeter } from '../../src/tf/memory.ts';
import { meterProblem } from '../../src/train/meterProblem.ts';

const fetched = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
  const answer = await fetch(`/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

/** What the Solve view's problem takes. Weights of other numbers take as much, and need no file. */
async function problemSizes(experiment: Experiment, meter: MemoryMeter): Promise<ProblemSizes> {
  using built = await build(withWeights(experiment, 'random'));
  return meterProblem(steppedAsChosen(built), meter);
}

/** What a step of its training takes, on the page's own text or digits. */
async function trainingSizes(experiment: Experiment, meter: MemoryMeter): Promise<ProblemSizes> {
  const { training } = await loadFamily(experiment.problem.family);
  if (!training) throw new Error(`Nothing of ${experiment.preset} is trained.`);
  const text = new TextDecoder().decode(await fetched('corpora/moby-dick.txt'));
  const data = await training.read(experiment, text, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return meterTask(data, experiment, meter);
}

/** What `presetSizes.json` holds of a preset, and `trainingSizes.json` of one that trains. */
interface PresetRecord extends RecordedSizes {
  readonly training?: RecordedSizes;
}

/** What is recorded of these presets, or of all. Progress goes to the console. */
async function recordSizes(only: readonly string[]): Promise<Record<string, PresetRecord>> {
  setAssetReader(fetched);
  const all = Object.keys(presets) as PresetName[];
  const unknown = only.filter((name) => !isPresetName(name));
  if (unknown.length > 0) throw new Error(`No preset is named ${unknown.join(', ')}.`);
  const names = all.filter((name) => only.length === 0 || only.includes(name));
  const on = async (
    backend: 'webgpu' | 'cpu',
    sizesOf: (experiment: Experiment, meter: MemoryMeter) => Promise<ProblemSizes>,
    some = names,
  ): Promise<Map<PresetName, ProblemSizes>> => {
    await initBackend(backend);
    setFused(backend === 'webgpu');
    using meter = new MemoryMeter();
    const found = new Map<PresetName, ProblemSizes>();
    for (const name of some) {
      found.set(name, await sizesOf(presetExperiment(name), meter));
      console.log(`${backend}  ${sizesOf === trainingSizes ? 'training of ' : ''}${name}`);
    }
    return found;
  };
  const trained = names.filter((name) => cards[name].view === 'train');
  const fused = await on('webgpu', problemSizes);
  const fusedStep = await on('webgpu', trainingSizes, trained);
  const stock = await on('cpu', problemSizes);
  const stockStep = await on('cpu', trainingSizes, trained);
  return Object.fromEntries(
    names.map((name) => {
      const [a, b, c, d] = [fused, stock, fusedStep, stockStep].map((found) => found.get(name));
      if (!a || !b) throw new Error(`${name} was not metered.`);
      return [
        name,
        { fused: a, stock: b, ...(c && d ? { training: { fused: c, stock: d } } : {}) },
      ];
    }),
  );
}

declare global {
  interface Window {
    recordSizes: typeof recordSizes;
  }
}

window.recordSizes = recordSizes;
