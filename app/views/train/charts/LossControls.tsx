import { useId } from 'react';
import { useApp } from '../../../store/context.ts';
import { learnsOf } from '../../../store/train/trainText.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import type { TrainAxis } from './axes.ts';
import styles from './charts.module.css';
import type { LossLook } from './lossPicture.ts';

const axesIn = (unit: string): readonly { readonly value: TrainAxis; readonly label: string }[] => [
  { value: 'steps', label: 'by steps' },
  { value: 'examples', label: `by ${unit}` },
  { value: 'time', label: 'by time' },
  { value: 'evaluations', label: 'by evaluations' },
];

/** How the loss chart is looked at. */
export function LossControls(props: {
  readonly look: LossLook;
  readonly onLook: (look: LossLook) => void;
}) {
  const { look, onLook } = props;
  const id = useId();
  const axes = axesIn(useApp(learnsOf).unit);
  return (
    <>
      <span className={styles['smoothing']} title="Weight of the past in the smoothed curve">
        <label htmlFor={id}>Smoothing</label>
        <input
          id={id}
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={look.smoothing}
          onChange={({ target }) => {
            onLook({ ...look, smoothing: target.valueAsNumber });
          }}
        />
        <span className={styles['amount']}>{look.smoothing.toFixed(2)}</span>
      </span>
      <Segmented
        label="Loss axis"
        value={look.log ? 'log' : 'linear'}
        onChange={(value) => {
          onLook({ ...look, log: value === 'log' });
        }}
        options={[
          {
            value: 'linear',
            label: 'Linear',
            title: 'Differences between good losses stay visible',
          },
          { value: 'log', label: 'Log', title: 'Equal factors are equally high' },
        ]}
      />
      <select
        className={styles['select']}
        aria-label="Horizontal axis"
        title="What the horizontal axis of all charts counts; by evaluations is fair to both networks"
        value={look.axis}
        onChange={({ target }) => {
          const axis = axes.find(({ value }) => value === target.value)?.value ?? 'steps';
          onLook({ ...look, axis });
        }}
      >
        {axes.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </>
  );
}
