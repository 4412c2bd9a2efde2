/** Which of two backends does some work faster: pieces of it in turn, until that is clear. */
import type { TimedBackend, Timing } from './backends.ts';

/** Does a piece of the work, a longer one where that is to warm an engine up; milliseconds that its unit took. */
export type Contender = (warming: boolean) => Promise<number>;

/** After this much time no further round is begun. */
const BUDGET_MILLISECONDS = 850;
const MOST_ROUNDS = 9;
/**
 * How much slower the other one has to be in every round, by the rounds made: what two rounds say is believed where they
 * say it loudly. None before the second, for the first is the one in which both warm up.
 */
const CLEAR = [Infinity, 2, 1.4, 1.25, 1.15, 1.1];

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
};

/** By how much the quicker one was ahead where it was least so; 1 where it was not the same one in all rounds. */
function leadOf(ratios: readonly number[]): number {
  return Math.max(1, Math.min(...ratios), 1 / Math.max(...ratios));
}

/**
 * Times two backends in turn, each first in every other round, so that whatever else the machine does meets both. Ends
 * when one is clearly ahead, or after half a second or so; the medians of all rounds but the first, where there are more.
 * Rejects with the signal's reason, or with what a contender rejects with.
 */
export async function judge(
  contenders: Readonly<Record<TimedBackend, Contender>>,
  {
    signal,
    now = () => performance.now(),
  }: { readonly signal: AbortSignal; readonly now?: () => number },
): Promise<Timing> {
  const began = now();
  const rounds: Timing[] = [];
  const timed = (): readonly Timing[] => (rounds.length > 1 ? rounds.slice(1) : rounds);
  for (;;) {
    const times = { webgpu: 0, wasm: 0 };
    const order: readonly TimedBackend[] = ['webgpu', 'wasm'];
    for (const name of rounds.length % 2 === 0 ? order : order.toReversed()) {
      signal.throwIfAborted();
      times[name] = await contenders[name](rounds.length === 0);
    }
    rounds.push(times);
    const counted = timed();
    const lead = leadOf(counted.map(({ webgpu, wasm }) => wasm / webgpu));
    const clear = rounds.length > 1 && lead >= (CLEAR[counted.length] ?? CLEAR.at(-1) ?? 1);
    if (clear || rounds.length > MOST_ROUNDS || now() - began > BUDGET_MILLISECONDS) break;
  }
  return {
    webgpu: middle(timed().map(({ webgpu }) => webgpu)),
    wasm: middle(timed().map(({ wasm }) => wasm)),
  };
}
