import { familyOf } from '../../src/families/settings.ts';
import { difference, differenceWords } from '../../src/runs/difference.ts';
import { presetExperiment, type Experiment } from '../../src/schema/experiment.ts';
import { encodeLink, type View } from '../../src/schema/link.ts';
import { presets } from '../../src/schema/presets.ts';
import { build } from '../build.ts';
import { shownExperiment } from '../store/solve/shown.ts';
import type { AppState } from '../store/state.ts';
import type { FileWords } from './file.ts';

/** A link longer than this has no room on paper. */
const LONGEST_LINK = 700;

type Shown = Pick<
  AppState,
  'applied' | 'branch' | 'experiment' | 'lesson' | 'pass' | 'run' | 'view'
>;

/** The set-up that what is on screen was made with, which the rail may have left behind. */
export const experimentOf = (
  state: Pick<Shown, 'applied' | 'branch' | 'experiment' | 'run' | 'view'>,
): Experiment =>
  state.view === 'train' ? (state.run?.applied ?? state.experiment) : shownExperiment(state);

/** What was set up, in a line: the preset, and what was changed in it. */
export function setUpWords(experiment: Experiment, view: View, pass: Shown['pass']): string {
  const changes = differenceWords(
    difference(
      presetExperiment(experiment.preset),
      experiment,
      view === 'train'
        ? { kind: 'training' }
        : { kind: 'solve', ...(pass === 'backward' && { pass }) },
    ),
  );
  const preset = `“${presets[experiment.preset].title}”`;
  const family = familyOf(experiment.problem.family).title;
  return changes === ''
    ? `${family} · preset ${preset}`
    : `${family} · preset ${preset} · ${changes}`;
}

/**
 * What a figure says about where it comes from; `link` leads back to it. `from` is what it was made with where that is
 * not what the page shows: another set-up, or words for what is none.
 */
export async function provenance(
  state: Shown,
  from: Experiment | string | undefined,
  page: string,
  now: Date,
): Promise<Omit<FileWords, 'title'>> {
  const experiment = typeof from === 'object' ? from : experimentOf(state);
  const { view, lesson, pass } = state;
  let link: string;
  try {
    const address = new URL(await encodeLink(experiment, { view, lesson }), page).href;
    link =
      address.length <= LONGEST_LINK
        ? address
        : `The link to this set-up has ${String(address.length)} characters, too many for a figure: Share copies it.`;
  } catch {
    link = 'This set-up is too long for a link.';
  }
  const date = now.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  const commit = build.commit === null ? '' : `, ${build.commit.slice(0, 7)},`;
  return {
    config: typeof from === 'string' ? from : setUpWords(experiment, view, pass),
    link,
    made: `Made with DEQ Playground ${build.version}${commit} on ${date}.`,
  };
}
