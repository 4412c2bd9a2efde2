import { Caps } from '../shortcuts/Caps.tsx';
import styles from './CommandMenu.module.css';
import type { Entry } from './entries.ts';

/** The entries under their headings. The focus stays in the box above; this shows which one it is on. */
export function CommandList(props: {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly chosen: number;
  readonly onPoint: (index: number) => void;
  readonly onRun: (entry: Entry) => void;
}) {
  const { id, entries, chosen, onPoint, onRun } = props;
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <div id={`${id}-list`} className={styles['list']} role="listbox" aria-label="Commands">
      {groups.map((group) => (
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <div id={`${id}-${group}`} className={styles['group']} role="presentation">
            {group}
          </div>
          {entries.map(
            (entry, index) =>
              entry.group === group && (
                <div
                  key={entry.id}
                  id={`${id}-${String(index)}`}
                  className={styles['entry']}
                  role="option"
                  aria-selected={index === chosen}
                  onPointerMove={() => {
                    if (index !== chosen) onPoint(index);
                  }}
                  onClick={() => {
                    onRun(entry);
                  }}
                >
                  <span>{entry.words}</span>
                  {entry.aside !== '' && <span className={styles['aside']}>{entry.aside}</span>}
                  {entry.keys.length > 0 && <Caps keys={entry.keys} />}
                </div>
              ),
          )}
        </div>
      ))}
    </div>
  );
}
