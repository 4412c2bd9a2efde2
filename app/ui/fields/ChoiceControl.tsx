import type { ChoiceField } from '../../../src/schema/field.ts';
import type { ControlProps } from './controlProps.ts';
import styles from './ChoiceControl.module.css';

/** One of a few named options. */
export function ChoiceControl(props: ControlProps<ChoiceField, string>) {
  const { field, id, describedBy, value, onChange } = props;
  return (
    <select
      id={id}
      className={styles['select']}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    >
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
