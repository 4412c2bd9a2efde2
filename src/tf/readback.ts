import * as tf from './index.ts';

/** Several tensors in one, end to end, as one read takes them. Borrows them; the caller owns the result. */
export const pack = (tensors: readonly tf.Tensor[]): tf.Tensor =>
  tf.tidy(() => tf.concat(tensors.map((t) => tf.reshape(t, [t.size]))));

/**
 * Read several small tensors in one round trip: they are packed into one buffer on
 * the device, because each read waits for the GPU. Returns one array per tensor, in order.
 */
export async function readPacked(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  const packed = pack(tensors);
  try {
    const values = (await packed.data()) as Float32Array;
    let offset = 0;
    return tensors.map((t) => values.slice(offset, (offset += t.size)));
  } finally {
    packed.dispose();
  }
}

/** A tensor's numbers; it is freed, whether they can be read or not. */
export async function readAndFree(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
