import { settingAt } from '../../../src/schema/experiment.ts';
import { fieldPaths, findField, type FieldPath } from '../../../src/schema/fields.ts';
import { isHidden } from '../../../src/schema/hide.ts';
import { presets, type PresetName } from '../../../src/schema/presets.ts';
import { valueWords } from '../../../src/schema/valueWords.ts';
import type { AppState } from '../../store/state.ts';
import { openCompare } from '../../store/sweeps/comparing.ts';
import { isRelevantIn, railSections, railViewOf, type RailView } from '../config/railSections.ts';
import { sectionNames } from '../share/partNames.ts';
import { canRun, commands } from '../shortcuts/commands.ts';
import { match } from './match.ts';

/** One line of the menu. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly words: string;
  /** What else it answers to, or what it is about. */
  readonly aside: string;
  readonly keys: readonly string[];
  readonly run: (state: AppState) => void;
}

/** All the menu can offer now: commands, presets, and settings that have an effect somewhere. */
export function entriesOf(state: AppState): readonly Entry[] {
  return [
    ...commandEntries(state),
    ...sweepEntries(state),
    ...presetEntries(state),
    ...settingEntries(state),
  ];
}

/** The entries that answer to a query, best first; groups stay together, the best one's first. */
export function search(entries: readonly Entry[], query: string): readonly Entry[] {
  const found = entries
    .flatMap((entry) => {
      const inside = match(query, `${entry.words} ${entry.aside}`);
      const score = match(query, entry.words) ?? (inside === null ? null : inside / 10);
      return score === null ? [] : [{ entry, score }];
    })
    .sort((a, b) => b.score - a.score);
  const groups = [...new Set(found.map(({ entry }) => entry.group))];
  return groups.flatMap((group) =>
    found.flatMap(({ entry }) => (entry.group === group ? [entry] : [])),
  );
}

const commandEntries = (state: AppState): readonly Entry[] =>
  commands
    .filter((command) => !command.keyOnly && canRun(command, state))
    .map(({ id, group, what, now, keys = [], run }) => ({
      id,
      group,
      words: now?.(state) ?? what,
      aside: '',
      keys: keys.slice(0, 1),
      run,
    }));

/** A part of a view, which has no key. */
const sweepEntries = ({ hidden }: AppState): readonly Entry[] =>
  hidden.includes('compare')
    ? []
    : [
        {
          ...{ id: 'sweep', group: 'Views', keys: [], aside: 'in Compare' },
          words: 'Sweep over one or two settings',
          run: (now) => {
            openCompare(now, 'sweeps');
          },
        },
      ];

function presetEntries({ hidden, experiment }: AppState): readonly Entry[] {
  if (hidden.includes('preset')) return [];
  return (Object.keys(presets) as PresetName[]).map((name) => ({
    id: `preset-${name}`,
    group: 'Presets',
    words: presets[name].title,
    aside: name === experiment.preset ? 'on screen' : '',
    keys: [],
    run: ({ choosePreset }) => {
      choosePreset(name);
    },
  }));
}

function settingEntries(state: AppState): readonly Entry[] {
  const { view, hidden, experiment } = state;
  return fieldPaths.flatMap((path) => {
    const field = findField(path);
    const place = placeOf(path, state);
    if (!field || !place || isHidden(hidden, path)) return [];
    const value = valueWords(path, settingAt(experiment, path));
    const section = sectionNames[path.slice(0, path.indexOf('.')) as keyof typeof sectionNames];
    return [
      {
        id: `setting-${path}`,
        group: 'Go to a setting',
        words: [field.label, field.symbol].filter(Boolean).join(' '),
        aside: `${section}${place === view ? '' : `, in ${viewNames[place]}`} · ${value}`,
        keys: [],
        run: ({ seek }: AppState) => {
          seek(path, place);
        },
      },
    ];
  });
}

const viewNames = { solve: 'Solve', train: 'Train' } as const;

/** The view in which a setting has a control with an effect: the one on screen where it can be. */
function placeOf(path: FieldPath, { view, experiment, hidden }: AppState): RailView | null {
  const holds = (one: RailView): boolean => {
    const onCards = one === 'train' && /^(data|sample)\./.test(path);
    const inRail = railSections[one].some(({ paths }) => paths.includes(path));
    return !hidden.includes(one) && (onCards || inRail) && isRelevantIn(one, path, experiment);
  };
  return [railViewOf(view), 'solve' as const, 'train' as const].find(holds) ?? null;
}
