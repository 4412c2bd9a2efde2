import { useState } from 'react';
import { ownPicturesIn } from '../../../src/schema/pictures.ts';
import { formatBytes } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { linkableIteration } from './linkableIteration.ts';
import { linkableOutcome } from './linkableOutcome.ts';
import styles from './ShareDialog.module.css';
import type { ChosenOptions } from './useLink.ts';

/** Most bytes of a text that goes into a link: packed, it then stays near what every program takes for one. */
const TEXT_LIMIT = 2048;

/** One thing that can go into the link. */
interface Choice {
  readonly words: string;
  readonly on: boolean;
  readonly set: (on: boolean) => void;
  /** Why it can't. */
  readonly refusal?: string | undefined;
}

/** What goes into a link beside the set-up: as options of the link, and as the boxes to tick. */
export function useLinkChoices(): {
  readonly options: Omit<ChosenOptions, 'hidden' | 'embed'>;
  readonly choices: readonly Choice[];
} {
  const reached = useApp(linkableIteration);
  const ended = useApp(linkableOutcome);
  const pictured = useApp(({ experiment }) => ownPicturesIn(experiment).length > 0);
  const ownText = useApp(({ view, experiment, corpus }) =>
    view === 'train' && experiment.data.source === 'own' ? corpus.own : null,
  );
  const [withIteration, setWithIteration] = useState(false);
  const [withOutcome, setWithOutcome] = useState(true);
  const [withPicture, setWithPicture] = useState(false);
  const [withText, setWithText] = useState(false);

  const bytes = ownText === null ? 0 : new TextEncoder().encode(ownText).length;
  const text = ownText !== null && bytes > 0 && bytes <= TEXT_LIMIT && withText;
  // Whoever lacks the picture or the text solves or learns something else.
  const whole = (withPicture || !pictured) && (text || ownText === null);
  const choices: Choice[] = [];
  if (reached !== null) {
    choices.push({
      words: `At iteration ${String(reached)}: whoever opens the link sees this iterate`,
      ...{ on: withIteration, set: setWithIteration },
    });
  }
  if (pictured) {
    choices.push({
      words: 'With your picture: whoever has the link can see it. Without, they get another one',
      ...{ on: withPicture, set: setWithPicture },
    });
  }
  if (bytes > 0) {
    choices.push({
      words: `With your training text, ${formatBytes(bytes)}: whoever has the link can read it. Without, they need a text of their own`,
      ...{ on: text, set: setWithText },
      refusal:
        bytes > TEXT_LIMIT
          ? `A link takes texts of up to 2 kB: shorten yours, or send the run as a file (Save bundle, Ctrl or ⌘ S).`
          : undefined,
    });
  }
  if (ended !== null) {
    choices.push({
      words: 'With how it ended here: whoever opens the link is told whether theirs differs',
      ...{ on: withOutcome && whole, set: setWithOutcome },
      refusal: whole
        ? undefined
        : `It is no use to them without your ${ownText !== null && !text ? 'text' : 'picture'}.`,
    });
  }
  return {
    options: {
      iteration: withIteration && reached !== null ? reached : undefined,
      outcome: withOutcome && whole && ended !== null ? ended : undefined,
      ownPicture: withPicture,
      text: text ? ownText : undefined,
    },
    choices,
  };
}

/** The boxes. */
export function LinkChoices(props: {
  readonly choices: readonly Choice[];
  readonly onChange: () => void;
}) {
  return props.choices.map(({ words, on, set, refusal }) => (
    <label key={words} className={styles['part']}>
      <input
        type="checkbox"
        checked={on}
        disabled={refusal !== undefined}
        onChange={({ target }) => {
          set(target.checked);
          props.onChange();
        }}
      />
      <span>
        {words}
        {refusal !== undefined && `. ${refusal}`}
      </span>
    </label>
  ));
}
