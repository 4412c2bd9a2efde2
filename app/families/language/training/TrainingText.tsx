import { useId, useRef, useState } from 'react';
import { fields } from '../../../../src/schema/fields.ts';
import { formatCharacters, formatCount } from '../../../format.ts';
import { visibleText } from '../../../pictures/tokens/visibleText.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { useBeforeLeaving } from '../../../ui/useBeforeLeaving.ts';
import card from '../../../views/train/data.module.css';
import styles from './corpus.module.css';

/** A long paste is taken once it has settled, not with every key. */
const SETTLE_MILLISECONDS = 300;
/** A field with more than this makes typing slow; its head is shown instead. */
const MOST_EDITABLE = 200_000;
const HEAD = 5_000;

/** The visitor's own text. Typing here makes it the corpus, whatever was chosen before. */
export function TrainingText() {
  const own = useApp((state) => state.corpus.own);
  const source = useApp((state) => state.experiment.data.source);
  const aside = useApp((state) => state.corpus.aside[0]);
  const { setTrainingText, bringBackText } = useAppStore().getState();
  // What is in the box and hasn't been taken, as it is too new or was refused.
  const [draft, setDraft] = useState<string | null>(null);
  const [seen, setSeen] = useState({ own, source });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  if (seen.own !== own || seen.source !== source) {
    // A file, a link or the box itself brought another text.
    setSeen({ own, source });
    setDraft(null);
  }
  const shown = draft ?? (source === 'own' ? own : '');
  const long = draft === null && shown.length > MOST_EDITABLE;
  const take = (text: string): void => {
    clearTimeout(timer.current);
    setTrainingText(text);
  };
  const takeDraft = (): void => {
    if (draft !== null && draft !== own) take(draft);
  };
  useBeforeLeaving(takeDraft);
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>Training text</label>
      <textarea
        id={id}
        className={styles['text']}
        dir="auto"
        rows={8}
        spellCheck={false}
        readOnly={long}
        aria-describedby={`${id}-note`}
        placeholder={`${nameOf(source)} is chosen. Paste or type here to train on your own text: a page or more.`}
        value={long ? shown.slice(0, HEAD) : shown}
        onChange={({ target }) => {
          const { value } = target;
          setDraft(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            take(value);
          }, SETTLE_MILLISECONDS);
        }}
        onBlur={takeDraft}
      />
      {aside !== undefined && (
        <p className={card['note']}>
          Set aside: {formatCharacters(aside)}, “{visibleText(aside.slice(0, 40))}…”{' '}
          <button type="button" className={styles['inline']} onClick={bringBackText}>
            Bring it back
          </button>
        </p>
      )}
      <p id={`${id}-note`} className={card['note']}>
        {long && (
          <>
            The first {formatCount(HEAD)} of {formatCharacters(shown)}.{' '}
            <button
              type="button"
              className={styles['inline']}
              onClick={() => {
                setDraft('');
              }}
            >
              Type another text
            </button>
          </>
        )}
        {source !== 'own' &&
          own !== '' &&
          `Your text of ${formatCharacters(own)} is kept: choose “${nameOf('own')}”.`}
      </p>
    </div>
  );
}

const nameOf = (source: string): string =>
  fields.data.source.options.find(({ value }) => value === source)?.label ?? source;
