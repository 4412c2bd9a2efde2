import type { Random } from '../../data/random.ts';
import { plainMethod } from '../../numerics/options.ts';
import type { SolveStatus } from '../../numerics/solver.ts';
import type { Params } from '../../tf/params.ts';
import { KeptWindow } from './keptWindow.ts';
import type { LanguageModel } from './languageModel.ts';
import { checkSampling, chooseToken, type Choice, type SamplingOptions } from './sampling.ts';
import { readWeights } from './sequence.ts';
import { TokenWindow, type GenerationWindow, type WindowOptions } from './tokenWindow.ts';

/** A generated token, and what it took. */
export interface GeneratedToken extends Choice {
  /** Evaluations of f in the solve that this token was read from. */
  readonly evaluations: number;
  /**
   * Those of the same solve from z = 0: for every `compareEvery`th token, when its own solve started
   * at another one's state.
   */
  readonly coldEvaluations?: number;
  /**
   * Evaluations since the token before for positions that none is read from: those of the prompt, and those that are
   * solved again in a window that has moved.
   */
  readonly otherEvaluations: number;
  /** Positions that an evaluation goes over: the new one, where earlier equilibria are kept, or the whole window. */
  readonly positions: number;
  /** How that solve ended; `max-iterations` for the explicit network, which nobody judges. */
  readonly status: SolveStatus;
}

/** How to generate. */
export interface GenerationOptions extends WindowOptions {
  /** Tokens to generate. */
  readonly count: number;
  readonly sampling: SamplingOptions;
  /** Absent compares never. */
  readonly compareEvery?: number | undefined;
  readonly random: Random;
}

/** What to generate, and how. */
export interface GenerationSetup extends GenerationOptions {
  /** At least one token. */
  readonly prompt: readonly number[];
}

/**
 * Generate tokens one by one. The model is causal: appending a token changes no earlier equilibrium. So where
 * `reuse` is not false and the solver permits, each token is a solve of its own position against the equilibria
 * that were kept (`KeptWindow`), each position to the tolerance by itself; else each is a solve over the whole
 * window, of fixed length, which stops by the residual of all positions together (`TokenWindow`). Both see the same
 * tokens and have the same fixed points. Warm starts begin at the equilibrium of the token before, or at the whole
 * state before. Where f has several fixed points, a solve can end at another one than from z = 0.
 *
 * A full window is left: with `memoryLength` it is remembered and the next token starts an empty one,
 * without it the last half stays. A prompt that is longer than the window is read in the same way. Positions are
 * relative, so nothing else changes as the window moves. The tanh model sees the last token only.
 *
 * Borrows the parameters until the end. `return()` stops between two tokens and frees everything.
 * Throws a RangeError for options or ids that make no sense.
 */
export async function* generate(
  model: LanguageModel,
  params: Params,
  setup: GenerationSetup,
): AsyncGenerator<GeneratedToken, void, void> {
  check(setup, [setup.prompt]);
  yield* write(await windowsOf(model, params, setup), setup);
}

/**
 * `generate` for several prompts at once, of any lengths: yields a token of each, in their order. A row is what it
 * would be by itself, and draws from a random stream of its own, `row 0`, `row 1`, …
 */
export async function* generateBatch(
  model: LanguageModel,
  params: Params,
  setup: GenerationOptions & { readonly prompts: readonly (readonly number[])[] },
): AsyncGenerator<GeneratedToken[], void, void> {
  const { prompts, random } = setup;
  check(setup, prompts);
  const open = await windowsOf(model, params, setup);
  const rows = prompts.map((prompt, row) =>
    write(open, { ...setup, prompt, random: random.fork(`row ${row}`) }),
  );
  try {
    for (let made = 0; made < setup.count; made++) {
      const tokens: GeneratedToken[] = [];
      for (const row of rows) {
        const { value } = await row.next();
        if (value) tokens.push(value);
      }
      yield tokens;
    }
  } finally {
    for (const row of rows) await row.return();
  }
}

function check({ sampling }: GenerationOptions, prompts: readonly (readonly number[])[]): void {
  if (prompts.some(({ length }) => length === 0))
    throw new RangeError('The prompt must have at least one token.');
  checkSampling(sampling);
}

/** Opens empty windows over a model, which is read once for all of them where they are solved on the host. */
async function windowsOf(
  model: LanguageModel,
  params: Params,
  { reuse = true, ...options }: WindowOptions,
): Promise<() => GenerationWindow> {
  const { solver } = options;
  if (!reuse || !('method' in solver)) return () => new TokenWindow(model, params, options);
  const method = plainMethod(solver);
  if (!method) return () => new TokenWindow(model, params, options);
  const weights = await readWeights(params);
  return () => new KeptWindow(model, weights, method, { ...options, solver });
}

async function* write(
  open: () => GenerationWindow,
  { prompt, count, sampling, compareEvery, random }: GenerationSetup,
): AsyncGenerator<GeneratedToken, void, void> {
  using window = open();
  for (const id of prompt) await window.push(id);
  for (let made = 1; made <= count; made++) {
    const compare = compareEvery !== undefined && made % compareEvery === 0;
    const { logits, ...solved } = await window.solve(compare);
    const choice = chooseToken(logits, sampling, random);
    yield { ...choice, ...solved };
    // After the last one nobody asks, and leaving a full window would cost a solve.
    if (made < count) await window.push(choice.id);
  }
}
