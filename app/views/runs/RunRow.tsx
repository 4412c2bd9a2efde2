import { clsx } from 'clsx';
import { CircleX, Eye, MapPin, SlidersHorizontal } from 'lucide-react';
import { memo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { runDifference } from '../../../src/runs/difference.ts';
import { runLimits, type RunHead } from '../../../src/runs/run.ts';
import { presets } from '../../../src/schema/presets.ts';
import styles from './RunsDrawer.module.css';
import { dateWords, metricWords, outcomeOf, statusWords } from './runWords.ts';

/** What can be done with the run of a row. */
export interface RowActions {
  readonly compare: (id: string, on: boolean) => void;
  readonly star: (id: string, on: boolean) => void;
  readonly pin: (id: string, on: boolean) => void;
  readonly rename: (id: string, name: string) => void;
  readonly note: (id: string, note: string) => void;
  readonly show: (head: RunHead) => void;
  readonly apply: (head: RunHead) => void;
  readonly remove: (head: RunHead) => void;
}

/** One run of the drawer. Drawn anew only when something of it changes: there may be two hundred. */
export const RunRow = memo(function RunRow(props: {
  readonly head: RunHead;
  /** What it is compared with; null: its preset. */
  readonly baseline: RunHead | null;
  readonly compared: boolean;
  /** Why another cannot be compared, or pinned; undefined where it can. */
  readonly compareFull: string | undefined;
  readonly pinFull: string | undefined;
  /** Whether it lasts only as long as the page. */
  readonly unkept: boolean;
  readonly actions: RowActions;
}) {
  const { head, baseline, compared, actions } = props;
  const { id, name, note, starred, pinned, kind } = head;
  const isBaseline = baseline?.id === id;
  const difference = isBaseline ? 'the others are compared with it' : runDifference(head, baseline);
  const preset = presets[head.experiment.preset].title;
  const same = baseline ? `the same set-up as ${baseline.name}` : 'unchanged';
  const words = [...(baseline ? [] : [preset]), difference || same].join(' · ');
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          title={compared ? 'In the comparison' : (props.compareFull ?? 'Compare')}
          checked={compared}
          disabled={!compared && props.compareFull !== undefined}
          onChange={({ target }) => {
            actions.compare(id, target.checked);
          }}
        />
      </td>
      <td className={styles['marks']}>
        <Icon
          on={starred}
          label={`Baseline: ${name}`}
          title={starred ? 'The others are compared with it' : 'Compare the others with it'}
          onPress={() => {
            actions.star(id, !starred);
          }}
        >
          <span aria-hidden>{starred ? '★' : '☆'}</span>
        </Icon>
        <Icon
          on={pinned}
          label={`Pin ${name}`}
          title={
            pinned
              ? 'Stays in every comparison, and is never dropped'
              : (props.pinFull ?? 'Keep it in every comparison, and never drop it')
          }
          disabled={!pinned && props.pinFull !== undefined}
          onPress={() => {
            actions.pin(id, !pinned);
          }}
        >
          <MapPin size={15} fill={pinned ? 'currentColor' : 'none'} aria-hidden />
        </Icon>
      </td>
      <th scope="row">
        <Editable
          key={name}
          value={name}
          label={`Name of ${name}`}
          most={runLimits.name}
          className={styles['name']}
          onDone={(text) => {
            actions.rename(id, text);
          }}
        />
        <span className={styles['difference']} title={words}>
          {words}
        </span>
      </th>
      <td className={styles['outcome']}>
        <span className={clsx(styles[outcomeOf(head)])}>
          {kind === 'training' ? 'training ' : ''}
          {statusWords(head)}
        </span>
        <span className={styles['metrics']}>{metricWords(head)}</span>
      </td>
      <td className={styles['note']}>
        <Editable
          key={note}
          value={note}
          label={`Note on ${name}`}
          placeholder="note"
          most={runLimits.note}
          onDone={(text) => {
            actions.note(id, text);
          }}
        />
      </td>
      <td className={styles['date']}>
        <time dateTime={new Date(head.savedAt).toISOString()}>{dateWords(head.savedAt)}</time>
        {props.unkept && <span className={styles['warn']}>this visit only</span>}
      </td>
      <td className={styles['actions']}>
        <Icon
          label={`Show ${name}`}
          title={
            kind === 'training'
              ? 'Open its newest checkpoint, paused, or its settings'
              : 'Open it in the Solve view'
          }
          onPress={() => {
            actions.show(head);
          }}
        >
          <Eye size={15} aria-hidden />
        </Icon>
        <Icon
          label={`Apply the settings of ${name}`}
          title="Put its settings into the rail; undo takes them back"
          onPress={() => {
            actions.apply(head);
          }}
        >
          <SlidersHorizontal size={15} aria-hidden />
        </Icon>
        <Icon
          label={`Delete ${name}`}
          title="Delete; it can be undone"
          onPress={() => {
            actions.remove(head);
          }}
        >
          <CircleX size={15} aria-hidden />
        </Icon>
      </td>
    </tr>
  );
});

function Icon(props: {
  /** Of one that stays pressed: whether it is. */
  readonly on?: boolean;
  readonly label: string;
  readonly title: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={clsx(styles['icon'], props.on && styles['on'])}
      aria-pressed={props.on}
      aria-label={props.label}
      title={props.title}
      disabled={props.disabled}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}

/** Text that is edited where it stands: Enter or leaving it keeps it, Escape takes it back. */
function Editable(props: {
  readonly value: string;
  readonly label: string;
  readonly most: number;
  readonly placeholder?: string;
  readonly className?: string | undefined;
  readonly onDone: (text: string) => void;
}) {
  const [text, setText] = useState(props.value);
  const done = (): void => {
    if (text !== props.value) props.onDone(text);
    // An empty name is none: what there was comes back.
    if (text.trim() === '') setText(props.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape') return;
    // The drawer stays open.
    event.stopPropagation();
    setText(props.value);
  };
  return (
    <input
      type="text"
      className={clsx(styles['edit'], props.className)}
      value={text}
      maxLength={props.most}
      aria-label={props.label}
      placeholder={props.placeholder}
      onChange={({ target }) => {
        setText(target.value);
      }}
      onBlur={done}
      onKeyDown={onKeyDown}
    />
  );
}
