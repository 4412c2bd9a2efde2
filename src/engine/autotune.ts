import { linear } from '../ops/linear.ts';
import { compileAhead } from '../tf/compile.ts';
import { matmulVariant, setMatmul, type MatmulVariant } from '../tf/fused.ts';
import * as tf from '../tf/index.ts';
import { readAndFree } from '../tf/readback.ts';

/** Which variant of the fused products is the faster one on this device, and by what. */
export interface Tuning {
  readonly chosen: MatmulVariant;
  /** In a few words. */
  readonly why: string;
  /** All typical products once; empty where they could not be timed. */
  readonly timings: readonly { readonly variant: MatmulVariant; readonly milliseconds: number }[];
}

/** Rows, inner and outer size of products as training and a solve make them. */
const typical = [
  [512, 64, 192],
  [128, 32, 96],
] as const;

const variants: readonly MatmulVariant[] = ['registers', 'tiles'];

/** Milliseconds that compiling may take; a solve is waiting. */
const usualPatience = 600;
/** Milliseconds within which another round of timing begins. */
const rounds = 60;
/** Milliseconds that one measurement should last, so that reading the clock's end costs little. */
const measurement = 8;
const mostRepeats = 20;
/** Below this share of the registers' time tiles are taken; nearer, the difference is noise. */
const clear = 0.9;

/**
 * Time both variants of the fused products on this device. Takes a few tenths of a second on a
 * software GPU, and less elsewhere. Registers are taken if compiling both takes longer than `patience`
 * milliseconds. Needs the fused kernels to be on; leaves the variant as it was.
 */
export async function tuneMatmul(patience = usualPatience): Promise<Tuning> {
  const before = matmulVariant();
  const inputs = typical.map<[tf.Tensor, tf.Tensor]>(([rows, inner, outer]) => [
    filled([rows, inner]),
    filled([inner, outer]),
  ]);
  // Of the same pipelines: once this can be read, all that was asked before it is done.
  const last = [filled([1, 4]), filled([4, 4])] as const;
  const multiply = (): void => {
    tf.tidy(() => {
      for (const [x, w] of inputs) linear(x, w);
    });
  };
  const time = async (variant: MatmulVariant, repeats: number): Promise<number> => {
    setMatmul(variant);
    const start = performance.now();
    for (let i = 0; i < repeats; i++) multiply();
    await readAndFree(linear(...last));
    return (performance.now() - start) / repeats;
  };
  try {
    const problem = await compile(multiply, patience);
    if (problem) return { chosen: 'registers', why: problem, timings: [] };
    const best = { registers: Infinity, tiles: Infinity };
    const deadline = performance.now() + rounds;
    for (let repeats = 1; performance.now() < deadline;) {
      for (const variant of variants)
        best[variant] = Math.min(best[variant], await time(variant, repeats));
      const slower = Math.max(best.registers, best.tiles);
      repeats = Math.min(mostRepeats, Math.max(1, Math.round(measurement / slower)));
    }
    return judge(best);
  } finally {
    setMatmul(before);
    tf.dispose([inputs, [...last]]);
  }
}

/** The faster variant; registers unless tiles are clearly faster. */
export function judge(best: Readonly<Record<MatmulVariant, number>>): Tuning {
  const timings = variants.map((variant) => ({ variant, milliseconds: best[variant] }));
  if (best.tiles < clear * best.registers)
    return { chosen: 'tiles', why: 'Tiles are faster here.', timings };
  const why =
    best.tiles < best.registers
      ? 'Tiles are hardly faster here, so the simpler kernels stay.'
      : 'Registers are faster here.';
  return { chosen: 'registers', why, timings };
}

/** Compile both variants side by side; says what is wrong if that fails or takes too long. */
async function compile(multiply: () => void, patience: number): Promise<string | undefined> {
  const compiled = compileAhead(() => {
    for (const variant of variants) {
      setMatmul(variant);
      multiply();
    }
  }).then(
    () => undefined,
    () => 'Tiles can’t be compiled on this device.',
  );
  if (patience === Infinity) return compiled;
  const tooLong = new Promise<string>((resolve) =>
    setTimeout(resolve, patience, 'Tiles take too long to compile on this device.'),
  );
  return Promise.race([compiled, tooLong]);
}

/** Numbers that no GPU finds easier than others. Uploaded: filling would be one more pipeline. */
const filled = (shape: number[]): tf.Tensor =>
  tf.tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.7), shape);
