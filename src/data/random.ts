import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers, the same for the same seed. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform among 0, 1, …, n − 1; n at most 2³². */
  integer(n: number): number;
  /**
   * A stream of its own, made from this one's seed and the label alone: it is the same however
   * many numbers were drawn before, and drawing from it leaves this one where it is.
   */
  fork(label: string): Random;
}

/** What randomness is used for. Each purpose has its own stream, so one more draw for one never shifts another. */
export type StreamName = 'weights' | 'data order' | 'z0' | 'perturbation' | 'dropout' | 'sampling';

/** The stream of a seed. */
export const createRandom = (seed: number): Random => createStream(String(seed));

/** The stream of a seed for one purpose. */
export const namedStream = (seed: number, name: StreamName): Random =>
  createRandom(seed).fork(name);

/** `n` normal numbers of mean 0. */
export function normalArray(random: Random, n: number, standardDeviation: number): Float32Array {
  return Float32Array.from({ length: n }, () => standardDeviation * random.normal());
}

function createStream(key: string): Random {
  // The generator's own seeding hands the seed out as its first number, so that streams of
  // neighbouring seeds start alike; a hashed state doesn't.
  const generator = xoroshiro128plusFromState(hash128(key));
  let cached: number | undefined;
  const next = (): number => uniformFloat64(generator);
  return {
    next,
    normal: () => {
      if (cached !== undefined) {
        const value = cached;
        cached = undefined;
        return value;
      }
      // Box and Muller 1958. 1 − u is never 0, so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      const angle = 2 * Math.PI * next();
      cached = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    integer: (n) => {
      if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
        throw new RangeError(`Can't choose among ${String(n)} numbers: 1 to 2^32 are possible.`);
      }
      return uniformInt(generator, 0, n - 1);
    },
    // With its length, no two paths of labels make the same key.
    fork: (label) => createStream(`${key}/${String(label.length)}:${label}`),
  };
}

/** 128 well-mixed bits of a text, as four 32-bit words. Not cryptographic. */
function hash128(text: string): readonly number[] {
  const multipliers = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f];
  return multipliers.map((multiplier, index) => {
    let hash = 0x811c9dc5 ^ (index * 0x1000193);
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), multiplier);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  });
}
