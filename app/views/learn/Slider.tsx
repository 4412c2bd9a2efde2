import { useId } from 'react';
import styles from './Panel.module.css';

/** A number to play with in a lesson's panel; it is nobody's setting. */
export function Slider(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}) {
  const { label, value, min, max, step, onChange } = props;
  const id = useId();
  return (
    <div className={styles['controls']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={({ target }) => {
          onChange(target.valueAsNumber);
        }}
      />
      <output htmlFor={id}>{step < 1 ? value.toFixed(2) : value}</output>
    </div>
  );
}
