import type { KernelPath } from '../../src/memory/memoryLaw.ts';
import type { ProblemSizes } from '../../src/memory/problemSizes.ts';

/** What was metered with fused kernels on WebGPU, and with TensorFlow.js's own as logical bytes. */
export type RecordedSizes = Readonly<Record<KernelPath, ProblemSizes>>;

/** By `scripts/recordSizes.mjs`, which writes each set of sizes once, as numbers in the order of `fields`. */
interface PackedSizes {
  readonly fields: readonly string[];
  readonly sets: readonly (readonly (number | null)[])[];
  /** The numbers of the two sets of each, fused first. */
  readonly presets: Readonly<Record<string, readonly number[]>>;
}

/** Sizes, and sizes within them. */
interface Named {
  [name: string]: number | Named;
}

/** The sizes by the names of presets. */
export function unpackedSizes({
  fields,
  sets,
  presets,
}: PackedSizes): Record<string, RecordedSizes> {
  /** The set with that number; null stands for sizes that a problem has none of, a dot for sizes within sizes. */
  const unpacked = (at = -1): Named => {
    const sizes: Named = {};
    for (const [i, size] of sets[at]?.entries() ?? []) {
      if (size === null) continue;
      const path = fields[i]?.split('.') ?? [];
      const last = path.pop() ?? '';
      let within = sizes;
      for (const name of path) within = (within[name] ??= {}) as Named;
      within[last] = size;
    }
    return sizes;
  };
  return Object.fromEntries(
    Object.entries(presets).map(([name, [fused, stock]]) => [
      name,
      { fused: unpacked(fused), stock: unpacked(stock) },
    ]),
  ) as unknown as Record<string, RecordedSizes>;
}
