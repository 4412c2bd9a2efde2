import { onCpu } from './backend.ts';
import { compileAhead } from './compile.ts';
import * as tf from './index.ts';

/** Outcome of the start-up numerics check. */
export interface SelfTestReport {
  readonly passed: boolean;
  /** Largest error of the forward values against the CPU, relative to their largest. */
  readonly forwardError: number;
  /** The same for the gradient. */
  readonly gradientError: number;
  readonly milliseconds: number;
}

/** Float32 round-off of this small problem is about 1e-6; a broken driver is off by far more. */
const tolerance = 1e-4;

/**
 * Run a small forward pass and its gradient on the current backend and on the CPU, and
 * compare. Some GPUs compute right values and wrong gradients (tensorflow/tfjs#8590), so
 * both are needed. Leaves the backend as it found it.
 */
export async function selfTest(): Promise<SelfTestReport> {
  const start = performance.now();
  await compileAhead(() => {
    tf.dispose(compute());
  });
  const device = await probe();
  const host = await onCpu(probe);
  const [forwardError = NaN, gradientError = NaN] = device.map((values, i) =>
    relativeError(values, host[i]),
  );
  return {
    // Written so that NaN fails.
    passed: forwardError < tolerance && gradientError < tolerance,
    forwardError,
    gradientError,
    milliseconds: performance.now() - start,
  };
}

/** `y = tanh(x W)` and the pullback of fixed weights to x: `[4, 8]` each. */
function compute(): tf.Tensor[] {
  const wave = (size: number, pace: number): Float32Array =>
    Float32Array.from({ length: size }, (_, i) => Math.sin(pace * i + 0.3));
  return tf.tidy(() => {
    const x = tf.tensor(wave(32, 1.7), [4, 8]);
    const w = tf.tensor(wave(64, 2.3), [8, 8]);
    const c = tf.tensor(wave(32, 0.9), [4, 8]);
    const f = (z: tf.Tensor): tf.Tensor => tf.tanh(tf.matMul(z as tf.Tensor2D, w as tf.Tensor2D));
    return [f(x), tf.grad(f)(x, c)];
  });
}

async function probe(): Promise<Float32Array[]> {
  const tensors = compute();
  try {
    // Apart, not packed: two short reads cost less than compiling the kernel that packs.
    return (await Promise.all(tensors.map((t) => t.data()))) as Float32Array[];
  } finally {
    tf.dispose(tensors);
  }
}

function relativeError(values: Float32Array, truth: Float32Array | undefined): number {
  if (truth?.length !== values.length) return NaN;
  let error = 0;
  let scale = 0;
  for (const [i, expected] of truth.entries()) {
    // Math.max keeps a NaN, so a non-finite value cannot pass.
    error = Math.max(error, Math.abs((values[i] ?? NaN) - expected));
    scale = Math.max(scale, Math.abs(expected));
  }
  return error / scale;
}
