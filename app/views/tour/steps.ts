import type { FieldPath } from '../../../src/schema/fields.ts';
import type { View } from '../../../src/schema/link.ts';
import type { AppState } from '../../store/state.ts';

/** One stop of the tour: what it points at, what it says, and when it has been done. */
export interface TourStep {
  readonly title: string;
  readonly words: string;
  /** The view it happens in; shown when the step begins. */
  readonly view: View;
  /** What is highlighted, best first: on a phone some of it is elsewhere. */
  readonly targets: readonly (() => Element | null)[];
  /** The setting it is about. */
  readonly path?: FieldPath;
  /** Whether a press on what is highlighted does it. */
  readonly press?: boolean;
  /** Whether it has been done, by what the page shows; absent: only Next goes on. */
  readonly done?: (state: AppState) => boolean;
}

const find = (selector: string) => (): Element | null => document.querySelector(selector);

/** The row of a setting. */
const setting = (path: FieldPath) => find(`[data-setting="${path}"]`);

const settingsButton = find('header button[aria-label^="Settings"]');
const newest = ({ records }: AppState): number => records.at(-1)?.iteration ?? 0;

/** The nine stops. */
export const steps: readonly TourStep[] = [
  {
    title: 'Take one step',
    words:
      'The curve shows how far a layer’s state is from its fixed point. Press Step for one iteration of the solver.',
    view: 'solve',
    targets: [find('button[aria-label="Step"]')],
    press: true,
    done: (state) => state.source === 'live' && newest(state) >= 1,
  },
  {
    title: 'Let it run',
    words: 'Press Play. It iterates until the residual is below the tolerance.',
    view: 'solve',
    targets: [find('button[aria-label="Play"], button[aria-label="Pause"]')],
    press: true,
    done: (state) => state.activity === 'running',
  },
  {
    title: 'Read the residual',
    words:
      'Each point is ‖f(z) − z‖ after one more iteration, on a log axis: a straight line means steady progress, and the dotted line is the tolerance.',
    view: 'solve',
    targets: [find('section[aria-label="Residual chart"]')],
  },
  {
    title: 'Ask for more',
    words: 'Lower the tolerance, and the solve has to go further down.',
    view: 'solve',
    targets: [setting('solver.tolerance'), settingsButton],
    path: 'solver.tolerance',
  },
  {
    title: 'Change the solver',
    words: 'Choose Picard, plain iteration, and run it again to compare.',
    view: 'solve',
    targets: [setting('solver.method'), settingsButton],
    path: 'solver.method',
    done: ({ experiment }) => experiment.solver.method === 'picard',
  },
  {
    title: 'Would plain iteration converge?',
    words:
      'The Spectrum has the answer: the spectral radius ρ of the Jacobian. Below 1 Picard converges in the end, above 1 it can’t.',
    view: 'solve',
    targets: [
      () =>
        [...document.querySelectorAll('[role="tab"]')].find(
          ({ textContent }) => textContent === 'Spectrum',
        ) ?? null,
      find('section[aria-label="Spectrum"]'),
    ],
    press: true,
  },
  {
    title: 'See what it saves',
    words:
      'One training step of the DEQ beside the same layer unrolled: the DEQ’s memory does not grow with depth.',
    view: 'solve',
    targets: [
      () =>
        [...document.querySelectorAll('section h2')]
          .find(({ textContent }) => textContent.startsWith('Memory of one training step'))
          ?.closest('section') ?? null,
    ],
  },
  {
    title: 'Train one',
    words:
      'In the Train view the layer learns to write like a text, yours or Moby-Dick. Press Train and watch the loss fall.',
    view: 'train',
    targets: [find('button[aria-label="Train"]'), find('nav[aria-label="Views"]')],
    press: true,
    done: ({ runPhase }) => runPhase === 'running',
  },
  {
    title: 'Pass it on',
    words:
      'Share copies a link that holds the whole set-up. The Gallery has more to open, and Learn says why it works.',
    view: 'solve',
    targets: [find('button[aria-label="Share"]')],
    press: true,
  },
];

/** Whether a step has just been done. One that was done before it began waits for Next. */
export const justDone = (step: TourStep, before: AppState, now: AppState): boolean =>
  step.path && !step.done
    ? now.experiment !== before.experiment
    : step.done !== undefined && step.done(now) && !step.done(before);
