import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useAppStore } from '../../store/context.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import hidden from '../../ui/hidden.module.css';
import { plural } from '../../format.ts';
import { CommandList } from './CommandList.tsx';
import styles from './CommandMenu.module.css';
import { entriesOf, search, type Entry } from './entries.ts';

/** Finds commands, presets and settings by name; the keyboard alone is enough. */
export default function CommandMenu({ onClose }: { readonly onClose: () => void }) {
  const store = useAppStore();
  // What can be done doesn't change while the menu has the keys to itself.
  const [entries] = useState(() => entriesOf(store.getState()));
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const found = search(entries, query);
  useEffect(() => {
    document.getElementById(`${id}-${String(chosen)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen, query]);
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    entry.run(store.getState());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moves[event.key];
    if (move !== undefined && found.length > 0) {
      event.preventDefault();
      setChosen((chosen + move + found.length) % found.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(found[chosen]);
    } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <Dialog title="Commands" kind="menu" onClose={onClose}>
      <input
        // At once: what is typed from here on is meant for it.
        data-first=""
        className={styles['box']}
        role="combobox"
        aria-label="Search commands, presets and settings"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        {...(found.length > 0 ? { 'aria-activedescendant': `${id}-${String(chosen)}` } : {})}
        placeholder="What to do, or a setting’s name"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <CommandList id={id} entries={found} chosen={chosen} onPoint={setChosen} onRun={run} />
      {found.length === 0 && (
        <p className={styles['none']}>Nothing is called that. Try a shorter word.</p>
      )}
      <p className={hidden['hidden']} aria-live="polite">
        {query === '' ? '' : plural(found.length, 'result')}
      </p>
    </Dialog>
  );
}

const moves: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
};
