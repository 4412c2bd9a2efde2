import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { NumberField } from '../../../src/schema/field.ts';
import type { ControlProps } from './controlProps.ts';
import styles from './NumberControl.module.css';
import { useBeforeLeaving } from '../useBeforeLeaving.ts';
import { numberScale } from './numberScale.ts';

/**
 * A slider for feeling around and a box for exact values. The box takes whatever is typed and
 * reads it on Enter or when left; arrow keys in it go one slider position up or down.
 */
export function NumberControl(
  props: ControlProps<NumberField, number> & { readonly instead?: ReactNode },
) {
  const { field, id, describedBy, value, onChange, instead } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const scale = numberScale(field);
  const position = scale.toPosition(value);
  const moveTo = (next: number): void => {
    setDraft(null);
    onChange(scale.toValue(Math.min(Math.max(next, 0), scale.last)));
  };
  const commit = (): void => {
    if (draft === null) return;
    setDraft(null);
    if (draft.trim() !== scale.show(value)) onChange(draft.trim());
  };
  useBeforeLeaving(commit);
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') setDraft(null);
    else if (direction !== undefined) {
      event.preventDefault();
      moveTo(position + direction);
    }
  };
  return (
    <>
      {instead ?? (
        <input
          type="range"
          className={styles['slider']}
          aria-label={`${field.label} slider`}
          aria-describedby={describedBy}
          aria-valuetext={scale.show(value)}
          min={0}
          max={scale.last}
          value={position}
          onChange={(event) => {
            moveTo(event.target.valueAsNumber);
          }}
        />
      )}
      <input
        id={id}
        className={styles['box']}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={describedBy}
        value={draft ?? scale.show(value)}
        onChange={(event) => {
          setDraft(event.target.value);
        }}
        onFocus={(event) => {
          event.target.select();
        }}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </>
  );
}
