import { useApp, useAppStore } from '../../store/context.ts';
import { Caps } from './Caps.tsx';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import styles from './ShortcutBar.module.css';

/** Groups that belong to one view. */
const driven: ReadonlySet<Command['group']> = new Set<Command['group']>(['Solve', 'Train']);

/** The keys that drive the view. */
export default function KeyHints() {
  const store = useAppStore();
  const view = useApp((state) => state.view);
  return commands.map(({ id, group, keys = [], bar, run }) => {
    const elsewhere = driven.has(group) && group.toLowerCase() !== view;
    if (bar === undefined || elsewhere) return null;
    const hint = (
      <>
        <Caps keys={keys.slice(0, 1)} /> {bar}
      </>
    );
    // The others stand as buttons above; what they do needs no second one.
    if (group !== 'Page') return <span key={id}>{hint}</span>;
    return (
      <button
        key={id}
        type="button"
        className={styles['open']}
        onClick={() => {
          run(store.getState());
        }}
      >
        {hint}
      </button>
    );
  });
}
