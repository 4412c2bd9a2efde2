import { useState, type ReactNode } from 'react';
import { readTypedNumber, type NumberContext } from '../../../../src/schema/typedNumber.ts';
import { formatPower } from '../../../format.ts';
import { useApp, useAppStore } from '../../../store/context.ts';
import { limitOf, shownExperiment, solverOf } from '../../../store/solve/shown.ts';
import { PanelForm } from './PanelForm.tsx';
import styles from './panels.module.css';

/** Where Play and Run pause by themselves; the first condition that is met does it. */
export function UntilPanel({ onClose }: { readonly onClose: () => void }) {
  const { setUntil, play } = useAppStore().getState();
  const { below, iteration, stalled } = useApp((state) => state.until);
  const experiment = useApp(shownExperiment);
  const pass = useApp((state) => state.pass);
  const limit = useApp(limitOf);
  const { tolerance, stopMode } = solverOf(experiment, pass);
  return (
    <PanelForm
      onClose={onClose}
      onSubmit={() => {
        play();
      }}
    >
      <p className={styles['note']}>The first of these to happen pauses Play and Run.</p>
      <Condition
        label={stopMode === 'rel' ? 'relative residual below' : 'absolute residual below'}
        on={below !== null}
        onChange={(on) => {
          setUntil({ below: on ? 10 * tolerance : null });
        }}
      >
        <NumberBox
          label="Residual to pause below"
          value={below ?? 10 * tolerance}
          show={formatPower}
          context={positive}
          onChange={(value) => {
            setUntil({ below: value });
          }}
        />
      </Condition>
      <Condition
        label="iteration"
        on={iteration !== null}
        onChange={(on) => {
          setUntil({ iteration: on ? Math.min(10, limit) : null });
        }}
      >
        <NumberBox
          label="Iteration to pause at"
          value={iteration ?? Math.min(10, limit)}
          show={String}
          context={counted}
          onChange={(value) => {
            setUntil({ iteration: Math.max(1, Math.round(value)) });
          }}
        />
      </Condition>
      <Condition
        label="stalled: less than 1 % gained in 10 iterations"
        on={stalled}
        onChange={(on) => {
          setUntil({ stalled: on });
        }}
      />
      <p className={styles['always']}>
        Always: below the tolerance {formatPower(tolerance)}, at iteration {limit}, and when the
        residual is no longer finite.
      </p>
      <button type="submit" className={styles['go']}>
        Run until then
      </button>
    </PanelForm>
  );
}

function Condition(props: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles['condition']}>
      <label>
        <input
          type="checkbox"
          checked={props.on}
          onChange={({ target }) => {
            props.onChange(target.checked);
          }}
        />
        {props.label}
      </label>
      {props.children}
    </div>
  );
}

const positive = { min: 0, max: Infinity, step: 0 };
const counted = { min: 1, max: Infinity, step: 1 };

/** A number that is taken when it makes sense; typing it also means wanting it. */
function NumberBox(props: {
  readonly label: string;
  readonly value: number;
  readonly show: (value: number) => string;
  readonly context: NumberContext;
  readonly onChange: (value: number) => void;
}) {
  const { label, value, show, context, onChange } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null || draft.trim() === '' ? null : readTypedNumber(draft, context);
  const problem = typed && 'problem' in typed ? typed.problem : null;
  return (
    <input
      type="text"
      inputMode="decimal"
      autoComplete="off"
      className={styles['number']}
      aria-label={label}
      value={draft ?? show(value)}
      onChange={({ target }) => {
        setDraft(target.value);
        const typed = readTypedNumber(target.value, context);
        if ('value' in typed && typed.value > 0) onChange(typed.value);
      }}
      aria-invalid={problem !== null}
      title={problem === null ? undefined : `${label} ${problem}.`}
      onBlur={() => {
        // What could not be read stays to be mended.
        if (problem === null) setDraft(null);
      }}
    />
  );
}
