import { useApp, useAppStore } from '../../store/context.ts';
import { Caps } from './Caps.tsx';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import styles from './ShortcutBar.module.css';

/** Groups that belong to one view. */
const driven: ReadonlySet<Command['group']> = new Set<Command['group']>(['Solve', 'Train']);

/** The keys that drive the view. There is no keyboard to use them with on a phone. */
export function ShortcutBar() {
  const store = useAppStore();
  const view = useApp((state) => state.view);
  return (
    <footer className={styles['bar']} data-screen-only>
      {commands.map(({ id, group, keys = [], bar, run }) => {
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
      })}
      <span className={styles['note']}>
        <span>Everything runs in this browser; nothing is sent anywhere</span>
        <button
          type="button"
          className={styles['open']}
          aria-haspopup="dialog"
          title="Version, licence, sources, privacy"
          onClick={() => {
            store.getState().openLayer('about');
          }}
        >
          About
        </button>
      </span>
    </footer>
  );
}
