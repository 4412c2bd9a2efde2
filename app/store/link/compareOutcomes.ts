/** What a link's sender saw, held against what comes out here. */
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { Outcome, SolveOutcome } from '../../../src/schema/outcome.ts';
import { formatCount, formatResidual, plural } from '../../format.ts';
import { backendNames } from '../../views/device/deviceText.ts';
import type { AppStore } from '../store.ts';
import { solveOutcome, trainingOutcome } from './outcomeHere.ts';

/** Two outcomes of one set-up. */
export interface Compared {
  readonly same: boolean;
  /** Both, in a sentence; and where they differ one more on what may be the cause. */
  readonly words: string;
}

/** Relative differences that rounding alone explains: of a residual at the same iteration, of a loss at the same step. */
const slack = { residual: 0.1, loss: 0.01 } as const;

/** Holds them against each other; null where they are of different kinds, or steps. An iteration more or less is the same: rounding moves the last one over a tolerance. */
export function compareOutcomes(seen: Outcome, here: Outcome): Compared | null {
  if (seen.kind === 'training') {
    if (here.kind !== 'training' || seen.steps !== here.steps) return null;
    const same = near(seen.loss, here.loss, slack.loss);
    const steps = plural(seen.steps, 'step');
    const words = `After ${steps} the sender’s training had ${lossWords(seen.loss)} on ${backendNames[seen.backend]}; here it had ${lossWords(here.loss)} on ${backendNames[here.backend]}.`;
    const grown = `${whyRounding(seen, here)} Training amplifies such differences from step to step.`;
    return { same, words: same ? words : `${words} ${grown}` };
  }
  if (here.kind !== 'solve') return null;
  const apart = Math.abs(seen.iterations - here.iterations);
  const same =
    seen.status === here.status &&
    apart <= 1 &&
    (apart > 0 || near(seen.residual, here.residual, slack.residual));
  const words = `The sender’s solve ${solveWords(seen)} on ${backendNames[seen.backend]}; here it ${solveWords(here)} on ${backendNames[here.backend]}.`;
  return { same, words: same ? words : `${words} ${whyRounding(seen, here)}` };
}

const near = (a: number | null, b: number | null, relative: number): boolean =>
  a === null || b === null
    ? a === b
    : Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));

const lossWords = (loss: number | null): string =>
  loss === null ? 'no finite loss' : `a loss of ${loss.toPrecision(4)}`;

function solveWords({ status, iterations, residual }: SolveOutcome): string {
  const after = `after ${plural(iterations, 'iteration')}`;
  const at = residual === null ? '' : `, at a relative residual of ${formatResidual(residual)}`;
  switch (status) {
    case 'converged':
      return `converged ${after}${at}`;
    case 'max-iterations':
      return `reached the limit of ${formatCount(iterations)} iterations${at}`;
    case 'stalled':
      return `stalled ${after}${at}`;
    case 'diverged':
      return `diverged ${after}`;
    case 'nonfinite':
      return `met a number that is not finite ${after}`;
  }
}

const whyRounding = (seen: Outcome, here: Outcome): string =>
  seen.backend === here.backend
    ? 'Another GPU or browser rounds float32 differently, and so may another version of this page.'
    : 'The two add float32 numbers in different orders, and so round differently.';

/** The watch of the link that was opened last. */
let endLast = (): void => undefined;

/**
 * Tells, once, how what the sender saw compares with what comes out here: as soon as the linked set-up has ended on this
 * page, or its training has made as many steps. Another link ends it.
 */
export function watchOutcome(
  store: AppStore,
  linked: Experiment,
  seen: Outcome,
  tell: (compared: Compared) => void,
): void {
  endLast();
  const look = (): void => {
    const state = store.getState();
    const here =
      seen.kind === 'solve'
        ? solveOutcome(state, linked)
        : trainingOutcome(state, linked, seen.steps);
    const compared = here && compareOutcomes(seen, here);
    if (!compared) return;
    endLast();
    tell(compared);
  };
  const end = store.subscribe(
    ({ source, status, records, device, run, trainDevice }) =>
      seen.kind === 'solve'
        ? source === 'live' && status !== 'running' && device && records
        : trainDevice && (run?.newest.deq?.step ?? 0) >= seen.steps && run?.id,
    look,
  );
  endLast = () => {
    end();
    endLast = () => undefined;
  };
  // It may have ended here before.
  look();
}
