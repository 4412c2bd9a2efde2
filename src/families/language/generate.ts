import type { Random } from '../../data/random.ts';
import type { SolveStatus } from '../../numerics/solver.ts';
import type { Params } from '../../tf/params.ts';
import type { LanguageModel } from './languageModel.ts';
import { checkSampling, chooseToken, type Choice, type SamplingOptions } from './sampling.ts';
import { TokenWindow, type WindowOptions } from './tokenWindow.ts';

/** A generated token, and what it took. */
export interface GeneratedToken extends Choice {
  /** Evaluations of f in the solve that this token was read from. */
  readonly evaluations: number;
  /**
   * Those of the same solve from z = 0: for every `compareEvery`th token, when its own solve started
   * at another one's state.
   */
  readonly coldEvaluations?: number;
  /** How that solve ended; `max-iterations` for the explicit network, which nobody judges. */
  readonly status: SolveStatus;
}

/** What to generate, and how. */
export interface GenerationSetup extends WindowOptions {
  /** At least one token. */
  readonly prompt: readonly number[];
  /** Tokens to generate. */
  readonly count: number;
  readonly sampling: SamplingOptions;
  /** Absent compares never. */
  readonly compareEvery?: number | undefined;
  readonly random: Random;
}

/**
 * Generate tokens one by one, each from a solve over a window of fixed length. Warm starts begin at
 * the state of the token before: the model is causal, so earlier positions are still solved, and only
 * the new one is off. Note that a solve stops by the residual of all positions together, of which
 * the new one is then the only part: it may end less precise than from z = 0 at the same tolerance.
 * And where f has several fixed points, a solve can end at another one than from z = 0: in a
 * transformer of large gain it does so after the window has moved.
 *
 * A full window is left: with `memoryLength` it is remembered and the next token starts an empty one,
 * without it the last half stays. A prompt that is longer than the window is read in the same way.
 * The tanh model sees the last token only.
 *
 * Borrows the parameters until the end. `return()` stops between two tokens and frees everything.
 * Throws a RangeError for options or ids that make no sense.
 */
export async function* generate(
  model: LanguageModel,
  params: Params,
  setup: GenerationSetup,
): AsyncGenerator<GeneratedToken, void, void> {
  const { prompt, count, sampling, compareEvery, random } = setup;
  if (prompt.length === 0) throw new RangeError('The prompt must have at least one token.');
  checkSampling(sampling);
  using window = new TokenWindow(model, params, setup);
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
