import { clsx } from 'clsx';
import { useId, type ReactNode, type Ref } from 'react';
import type { Field } from '../../../src/schema/field.ts';
import { findField, type FieldPath } from '../../../src/schema/fields.ts';
import hidden from '../hidden.module.css';
import type { ControlProps } from './controlProps.ts';
import { ChoiceControl } from './ChoiceControl.tsx';
import styles from './FieldControl.module.css';
import { FieldName } from './FieldName.tsx';
import { useHelp } from './help/help.ts';
import { NumberControl } from './NumberControl.tsx';
import { RestoreButton } from './RestoreButton.tsx';
import { TextControl } from './TextControl.tsx';

/** One row of the config rail, made from a row of the table of fields. */
export function FieldControl(props: {
  /** Where the row is put, for those who bring it into view. */
  readonly row?: Ref<HTMLDivElement>;
  readonly field: Field;
  /** Which setting it is, where it is one of the table: its explanation has formulas then. */
  readonly path?: FieldPath;
  readonly value: unknown;
  /** Whether it differs from the preset. */
  readonly changed: boolean;
  /** What the last change had to be bent to. */
  readonly note?: string | undefined;
  /** A few words below the name. */
  readonly hint?: string | undefined;
  readonly onChange: (raw: unknown) => void;
  readonly onRestore: () => void;
  /** Takes the place of a number's slider. */
  readonly instead?: ReactNode;
}) {
  const { field, value, changed, note, hint, onChange, onRestore, row } = props;
  const id = useId();
  const help = useHelp(field.help);
  const common = { id, describedBy: `${id}-help ${id}-note`, onChange };
  return (
    <div
      ref={row}
      // As the table has it: a mark on an option must not move the row.
      className={clsx(
        styles['row'],
        isWide((props.path && findField(props.path)) ?? field) && styles['stacked'],
      )}
      data-setting={props.path}
    >
      <FieldName id={id} field={field} path={props.path} hint={hint} />
      <div className={styles['control']}>{control(field, value, common, props.instead)}</div>
      <RestoreButton changed={changed} name={field.label} control={id} onRestore={onRestore} />
      <p id={`${id}-help`} className={hidden['hidden']}>
        {help}
      </p>
      <p id={`${id}-note`} className={styles['note']} aria-live="polite">
        {note}
      </p>
    </div>
  );
}

/** Options of more characters than this don't fit beside the name. */
const FITS = 14;

/** Whether the control needs the whole width of the rail. */
const isWide = (field: Field): boolean =>
  field.control === 'text' ||
  (field.control === 'choice' && field.options.some(({ label }) => label.length > FITS));

function control(
  field: Field,
  value: unknown,
  common: Omit<ControlProps<Field, unknown>, 'field' | 'value'>,
  instead: ReactNode,
): ReactNode {
  switch (field.control) {
    case 'number':
      return <NumberControl field={field} value={Number(value)} instead={instead} {...common} />;
    case 'choice':
      return <ChoiceControl field={field} value={String(value)} {...common} />;
    case 'flag':
      return (
        <input
          type="checkbox"
          id={common.id}
          aria-describedby={common.describedBy}
          checked={value === true}
          onChange={(event) => {
            common.onChange(event.target.checked);
          }}
        />
      );
    case 'text':
      return <TextControl field={field} value={String(value)} {...common} />;
  }
}
