import { Dialog } from '../../ui/Dialog.tsx';
import { Caps } from './Caps.tsx';
import { commands } from './commands.ts';
import styles from './ShortcutDialog.module.css';
import { setSingleKeys, useSingleKeys } from './singleKeys.ts';

/** Every key there is, from the table that the handler reads. */
export default function ShortcutDialog({ onClose }: { readonly onClose: () => void }) {
  const on = useSingleKeys();
  const withKeys = commands.filter(({ keys = [] }) => keys.length > 0);
  const groups = [...new Set(withKeys.map(({ group }) => group))];
  return (
    <Dialog title="Keyboard shortcuts" kind="wide" onClose={onClose}>
      <div className={styles['groups']}>
        {groups.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl className={styles['keys']}>
              {withKeys
                .filter((command) => command.group === group)
                .map(({ id, keys = [], what }) => (
                  <div key={id}>
                    <dt>{what}</dt>
                    <dd>
                      <Caps keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className={styles['single']}>
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            setSingleKeys(event.target.checked);
          }}
        />
        Single keys: letters, digits, signs and Space act without Ctrl or Cmd
      </label>
      <p className={styles['note']}>
        No key acts while you type in a field, but those with Ctrl or Cmd that say so.
      </p>
    </Dialog>
  );
}
