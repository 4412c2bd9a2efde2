import styles from './Segmented.module.css';

/** A choice between a few short words, all of them in sight. */
export function Segmented<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly title: string;
  }[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <div className={styles['group']} role="group" aria-label={props.label}>
      {props.options.map(({ value, label, title }) => (
        <button
          key={value}
          type="button"
          className={styles['option']}
          aria-pressed={value === props.value}
          title={title}
          onClick={() => {
            props.onChange(value);
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
