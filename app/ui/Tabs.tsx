import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './Tabs.module.css';

/** One tab and what it shows. */
export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly panel: ReactNode;
}

/** Panels that share one place. Arrow keys go between tabs; a hidden panel isn't drawn. */
export function Tabs(props: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const { label, tabs } = props;
  const [chosen, setChosen] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  /** Whether a tab was just chosen, whose panel may be below the fold. */
  const asked = useRef(false);
  const setOpen = (next: number): void => {
    asked.current = true;
    setChosen(next);
  };
  useEffect(() => {
    if (asked.current) box.current?.scrollIntoView({ block: 'nearest' });
    asked.current = false;
  }, [chosen]);
  // A tab may go away while it is open.
  const open = Math.min(chosen, tabs.length - 1);
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = (open + move + tabs.length) % tabs.length;
    setOpen(next);
    document.getElementById(`${id}-tab-${next}`)?.focus();
  };
  return (
    <div ref={box} className={styles['tabs']}>
      <div role="tablist" aria-label={label} className={styles['list']} onKeyDown={onKeyDown}>
        {tabs.map(({ name, title }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-controls={`${id}-panel`}
            aria-selected={index === open}
            tabIndex={index === open ? 0 : -1}
            title={title}
            className={styles['tab']}
            onClick={() => {
              setOpen(index);
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${open}`}
        className={styles['panel']}
      >
        {tabs[open]?.panel}
      </div>
    </div>
  );
}
