import '../../families/whole.ts';
import { familyOf } from '../../../src/families/settings.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import { weightsOf, weightsPath, type WeightsFrom } from '../../../src/schema/weights.ts';
import { formatBytes } from '../../format.ts';
import type { SolveLane } from '../engine/solveLane.ts';
import { faultOf } from '../engine/faults.ts';
import { MODEL_LIMIT, type Bytes } from '../files.ts';
import { solveWithOwn } from './ownWeights.ts';
import type { StoreAccess } from '../state.ts';
import type { Weights } from './weights.ts';

/** Files of weights in the Solve view; what they do is loaded when it is first asked for. */
export interface WeightsFileSlice {
  /** What came of the newest file, once there was one: what the setting's note said then, and whether it was taken. */
  readonly weightsFile?: { readonly note: string; readonly taken: boolean };
  /** Solves with the weights of a file; where it can't be used, that is said and nothing else changes. */
  readonly openWeightsFile: (file: File) => void;
  /** Lets the visitor keep the weights of the problem on screen. */
  readonly saveWeights: () => void;
}

/** What both need. */
export interface WeightsFileAccess extends StoreAccess {
  readonly lane: SolveLane;
  readonly weights: Weights;
  readonly download: (name: string, bytes: Bytes) => void;
}

/** What a file that was not taken leaves in its place. */
const staying: Readonly<Record<WeightsFrom, string>> = {
  random: 'The random weights stay in use.',
  pretrained: 'The pretrained weights stay in use.',
  trained: 'Your weights from before stay in use.',
};

/** An edit interrupts the engine; the file is then handed to it again, so often. */
const ATTEMPTS = 5;

/** Opens a file of weights; says what came of it in the note of the setting. */
export async function takeWeightsFile(access: WeightsFileAccess, file: File): Promise<void> {
  const { get, set } = access;
  const say = (note: string, taken: boolean): void => {
    const path = weightsPath(get().experiment);
    if (path) set({ notes: { ...get().notes, [path]: note }, weightsFile: { note, taken } });
  };
  const refuse = (why: string): void => {
    say(`${file.name}: ${why} ${staying[weightsOf(get().experiment)]}`, false);
  };
  if (get().engine === 'stopped') {
    say(`${file.name}: the engine has stopped. Start it again, then open the file.`, false);
    return;
  }
  if (file.size > MODEL_LIMIT) {
    refuse(
      `it has ${formatBytes(file.size)}; files of up to ${formatBytes(MODEL_LIMIT)} are read.`,
    );
    return;
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { family } = get().experiment.problem;
    const { experiment, about } = await read(access, bytes);
    // Another family was chosen meanwhile: it has no use for them.
    if (get().experiment.problem.family !== family) return;
    solveWithOwn(access, bytes, experiment);
    say(`${file.name} is in use. ${about}`, true);
  } catch (error) {
    refuse(problemOf(error));
  }
}

/** Has the engine look it over, again where an edit interrupted that. */
async function read(
  { get, lane }: WeightsFileAccess,
  bytes: Bytes,
): Promise<{ experiment: Experiment; about: string }> {
  for (let attempt = 1; ; attempt++)
    try {
      return await lane.ask((engine) => engine.readWeights(get().experiment, bytes));
    } catch (error) {
      if (faultOf(error).kind !== 'cancelled' || attempt === ATTEMPTS) throw error;
    }
}

/** Why a file was not taken. */
function problemOf(error: unknown): string {
  // What a browser says of a file that is gone.
  if (error instanceof DOMException && error.name !== 'AbortError')
    return `it could not be read (${error.message}). It may have been moved or changed: choose it again.`;
  const { kind, message } = faultOf(error);
  return kind === 'cancelled' ? 'reading it was interrupted. Open it again.' : message;
}

/** Downloads the weights of the problem that is configured. */
export function keepWeights({ get, lane, download }: WeightsFileAccess): void {
  lane.enqueue('stepping', async (engine) => {
    const bytes = await engine.exportWeights();
    const { family } = get().experiment.problem;
    const [word = 'weights'] = familyOf(family).title.toLowerCase().split(' ');
    download(`${word}-weights.safetensors`, bytes);
  });
}
