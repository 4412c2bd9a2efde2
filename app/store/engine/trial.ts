/** Which of two backends does some work faster: pieces of it in turn, until that is clear. */
import type { TimedBackend, Timing } from './backends.ts';

/** Does pieces of the work for at least so many milliseconds; milliseconds that its unit took. */
export type Contender = (least: number) => Promise<number>;

/** Milliseconds of a turn. */
const TURN = 15;
/**
 * Milliseconds of the first turns, in which an engine gets as fast as it will be. A browser compiles WebAssembly and what
 * calls it while they run: small operations take three times as long in the first 100 ms as later, 1.3 times after 400
 * and 1.1 after 600. The programs of a GPU are compiled before.
 */
const WARMING: readonly Timing[] = [
  { webgpu: 50, wasm: 100 },
  { webgpu: 50, wasm: 500 },
];
/** No round is begun that would end after this much time, and a turn that warms up ends in time for the other's. */
const BUDGET_MILLISECONDS = 900;
const MOST_ROUNDS = 10;
/** How many times as fast one has to be, after so many rounds, for no other to be made. */
const CLEAR = [Infinity, Infinity, 2.5, Infinity, 2, 1.5, 1.3, 1.2, 1.15];

/** The median of the quicker half: whatever else a machine does, and an engine that warms up, only adds to a time. */
function quick(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[(Math.ceil(sorted.length / 2) - 1) >> 1] ?? NaN;
}

/**
 * Times two backends in turn, each first in every other round, so that whatever else the machine does meets both. Ends
 * when one is clearly ahead, or within a second or so. Rejects with the signal's reason, or with what a contender rejects
 * with.
 */
export async function judge(
  contenders: Readonly<Record<TimedBackend, Contender>>,
  {
    signal,
    now = () => performance.now(),
  }: { readonly signal: AbortSignal; readonly now?: () => number },
): Promise<Timing> {
  const began = now();
  let times: Readonly<Record<TimedBackend, number[]>> = { webgpu: [], wasm: [] };
  /** Milliseconds of the last turns. */
  const took: Record<TimedBackend, number> = { webgpu: 0, wasm: 0 };
  for (let round = 1; ; round++) {
    const order: readonly TimedBackend[] = ['webgpu', 'wasm'];
    // What an engine took in its youth counts for as long as nothing else is known.
    if (round <= WARMING.length + 1) times = { webgpu: [], wasm: [] };
    const turns = round % 2 === 1 ? order : order.toReversed();
    for (const [place, name] of turns.entries()) {
      signal.throwIfAborted();
      const asked = WARMING[round - 1]?.[name] ?? TURN;
      const turn = now();
      const other = place === 0 ? took[name === 'wasm' ? 'webgpu' : 'wasm'] : 0;
      const left = BUDGET_MILLISECONDS - (turn - began) - other;
      times[name].push(await contenders[name](Math.max(TURN, Math.min(asked, left))));
      took[name] = now() - turn;
    }
    const found = { webgpu: quick(times.webgpu), wasm: quick(times.wasm) };
    const lead = Math.max(found.wasm / found.webgpu, found.webgpu / found.wasm);
    const clear = lead >= (CLEAR[round] ?? CLEAR.at(-1) ?? Infinity);
    // The next one takes as long, and less after one that warms up.
    const next = now() + (round > WARMING.length ? took.webgpu + took.wasm : 0) - began;
    if (clear || round >= MOST_ROUNDS || next > BUDGET_MILLISECONDS) return found;
  }
}
