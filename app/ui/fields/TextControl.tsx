import { useState } from 'react';
import type { TextField } from '../../../src/schema/field.ts';
import type { ControlProps } from './controlProps.ts';
import styles from './TextControl.module.css';

/** Code points, as the field counts them. */
const lengthOf = (text: string): number => Array.from(text).length;

/**
 * Free text with a live counter. What isn't usable (nothing at all) stays in the box while the
 * last usable text stays in use; what is too long is cut, and the field's note says so.
 */
export function TextControl(props: ControlProps<TextField, string>) {
  const { field, id, describedBy, value, onChange } = props;
  // What is in the box where it isn't the value: while empty, or while an input method composes.
  const [draft, setDraft] = useState<string | null>(null);
  const [composing, setComposing] = useState(false);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    // A preset or a link brought another text: it takes the place of what was in the box.
    setSeen(value);
    setDraft(null);
  }
  const shown = draft ?? value;
  const empty = draft === '' && !composing;
  const take = (text: string): void => {
    if (text === '') {
      setDraft('');
      return;
    }
    setDraft(null);
    onChange(text);
  };
  return (
    <div className={styles['field']}>
      <textarea
        id={id}
        className={styles['box']}
        dir="auto"
        rows={3}
        spellCheck={false}
        aria-describedby={`${describedBy} ${id}-count`}
        aria-invalid={empty}
        value={shown}
        onChange={(event) => {
          if (composing) setDraft(event.target.value);
          else take(event.target.value);
        }}
        onCompositionStart={() => {
          setComposing(true);
        }}
        onCompositionEnd={(event) => {
          setComposing(false);
          take(event.currentTarget.value);
        }}
        onBlur={() => {
          setComposing(false);
        }}
      />
      <div className={styles['under']}>
        <span className={styles['empty']} role="alert">
          {empty && 'Type at least one character; the last text stays in use.'}
        </span>
        <span id={`${id}-count`} className={styles['count']}>
          {lengthOf(shown)} / {field.maxLength} characters
        </span>
      </div>
    </div>
  );
}
