import { X } from 'lucide-react';
import { useId, useState } from 'react';
import type { SweepAxis, SweepWork } from '../../../src/runs/sweep.ts';
import { axisValueWords, sweepLimits } from '../../../src/runs/sweep.ts';
import type { Experiment } from '../../../src/schema/experiment.ts';
import type { NumberField } from '../../../src/schema/field.ts';
import { findField } from '../../../src/schema/fields.ts';
import { axisChoices, axisKey, boxed, rangeOf, suggestedValues, typedValues } from './axes.ts';
import type { DraftAxis } from './sweepState.ts';
import styles from './Sweeps.module.css';

/** Chooses one side of the grid: the setting, and its values. */
export function AxisEditor(props: {
  readonly label: string;
  readonly base: Experiment;
  readonly work: SweepWork;
  readonly axis: DraftAxis | null;
  readonly other: SweepAxis | null;
  readonly shape: readonly number[];
  /** Whether there may be none. */
  readonly optional: boolean;
  readonly onChange: (axis: DraftAxis | null) => void;
}) {
  const { label, base, work, axis, other, shape, optional, onChange } = props;
  const id = useId();
  const choices = axisChoices(base, work, other);
  const groups = [...new Set(choices.map(({ group }) => group))];
  const field = findField(axis?.paths[0] ?? '');
  return (
    <fieldset className={styles['axis']}>
      <legend>{label}</legend>
      <select
        id={id}
        aria-label={`${label}: setting`}
        value={axis ? axisKey(axis.paths) : ''}
        onChange={({ target }) => {
          const choice = choices.find(({ key }) => key === target.value);
          onChange(
            choice
              ? { paths: choice.paths, values: suggestedValues(choice.paths, base, shape) }
              : null,
          );
        }}
      >
        {(optional || !axis) && <option value="">{optional ? 'none' : 'Choose a setting'}</option>}
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {choices
              .filter((choice) => choice.group === group)
              .map(({ key, title }) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {axis && field?.control === 'number' && (
        <NumberValues key={axisKey(axis.paths)} {...{ label, axis, field, onChange }} />
      )}
      {axis && field && field.control !== 'number' && (
        <OptionValues {...{ label, axis, onChange }} />
      )}
    </fieldset>
  );
}

/** Options of a choice, pressed or not. */
function OptionValues(props: {
  readonly label: string;
  readonly axis: DraftAxis;
  readonly onChange: (axis: DraftAxis) => void;
}) {
  const { label, axis, onChange } = props;
  const field = findField(axis.paths[0] ?? '');
  const options =
    field?.control === 'choice' ? field.options.map(({ value }) => value) : [false, true];
  return (
    <div className={styles['chips']} role="group" aria-label={`${label}: values`}>
      {options.map((value) => (
        <button
          key={String(value)}
          type="button"
          className={styles['chip']}
          aria-pressed={axis.values.includes(value)}
          onClick={() => {
            const values = options.filter((one) => axis.values.includes(one) !== (one === value));
            onChange({ ...axis, values });
          }}
        >
          {axisValueWords(axis, value)}
        </button>
      ))}
    </div>
  );
}

/** Numbers: those there are, each to be taken away, more to be typed, or a range of them. */
function NumberValues(props: {
  readonly label: string;
  readonly axis: DraftAxis;
  readonly field: NumberField;
  readonly onChange: (axis: DraftAxis) => void;
}) {
  const { label, axis, field, onChange } = props;
  const numbers = axis.values.map(Number);
  const [typed, setTyped] = useState('');
  const [notes, setNotes] = useState<readonly string[]>([]);
  const [range, setRange] = useState({
    from: boxed(field, numbers[0] ?? field.min),
    to: boxed(field, numbers.at(-1) ?? field.max),
    count: String(numbers.length || 5),
  });
  const set = (values: readonly number[]): void => {
    onChange({ ...axis, values: [...new Set(values)].toSorted((a, b) => a - b) });
  };
  const add = (): void => {
    const { values, notes: said } = typedValues(field, typed);
    setNotes(said);
    if (values.length === 0) return;
    setTyped('');
    set([...numbers, ...values]);
  };
  const fill = (): void => {
    const [from, to] = [typedValues(field, range.from), typedValues(field, range.to)];
    const count = Number(range.count);
    setNotes([...from.notes, ...to.notes]);
    const [low, high] = [from.values[0], to.values[0]];
    if (low === undefined || high === undefined || !(count >= 2)) return;
    set(rangeOf(field, low, high, count));
  };
  return (
    <>
      <div className={styles['chips']} role="group" aria-label={`${label}: values`}>
        {numbers.map((value) => (
          <button
            key={value}
            type="button"
            className={styles['chip']}
            aria-label={`Leave out ${axisValueWords(axis, value)}`}
            title="Leave this value out"
            onClick={() => {
              set(numbers.filter((one) => one !== value));
            }}
          >
            {axisValueWords(axis, value)}
            <X size={12} aria-hidden />
          </button>
        ))}
        <form
          className={styles['add']}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            type="text"
            inputMode="text"
            aria-label={`${label}: more values`}
            placeholder="more, as 1e-3, 0.02"
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
            }}
          />
          <button type="submit" aria-label="Add these values" disabled={typed.trim() === ''}>
            Add
          </button>
        </form>
      </div>
      <div className={styles['range']} role="group" aria-label={`${label}: a range of values`}>
        {(
          [
            ['count', 'Number of values', ''],
            [
              'from',
              'First value',
              field.scale === 'log' ? 'by equal factors from' : 'evenly from',
            ],
            ['to', 'Last value', 'to'],
          ] as const
        ).map(([key, name, words]) => (
          <label key={key}>
            {words}
            <input
              type="text"
              aria-label={`${label}: ${name.toLowerCase()}`}
              size={key === 'count' ? 2 : 6}
              value={range[key]}
              onChange={({ target }) => {
                setRange({ ...range, [key]: target.value });
              }}
            />
          </label>
        ))}
        <button type="button" onClick={fill} title={`At most ${String(sweepLimits.values)} values`}>
          Fill in
        </button>
      </div>
      {notes.map((note) => (
        <p key={note} role="status" className={styles['note']}>
          {note}
        </p>
      ))}
    </>
  );
}
