import '../../families/whole.ts';
import { useEffect, useState } from 'react';
import { formatCharacters, plural } from '../../format.ts';
import { useAppStore } from '../../store/context.ts';
import { faultOf } from '../../store/engine/faults.ts';
import { lookThrough, saveBundle, type Saving } from '../../store/runs/saveBundle.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { say } from '../../ui/say.ts';
import styles from './RunsDrawer.module.css';

/** Saves at once where nothing of it is the visitor's own; else says first what would be in the file. */
export default function BundleDialog({ onClose }: { readonly onClose: () => void }) {
  const store = useAppStore();
  const [saving, setSaving] = useState<Saving | null>(null);
  const save = async (what: Saving, withText: boolean): Promise<void> => {
    onClose();
    try {
      await saveBundle(store, what, withText);
    } catch (error) {
      say('error', 'The file could not be saved', { description: faultOf(error).message });
    }
  };
  useEffect(() => {
    let gone = false;
    void lookThrough(store).then((found) => {
      if (gone) return;
      if (found.own.length === 0 && found.text === null) void save(found, false);
      else setSaving(found);
    });
    return () => {
      gone = true;
    };
    // Looked through once, when it is asked for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store]);
  if (!saving) return null;
  const { heads, own, text } = saving;
  const parts = [
    ...own,
    ...(text === null ? [] : [`your training text (${formatCharacters(text)})`]),
  ];
  return (
    <Dialog title="Save as a file?" onClose={onClose}>
      <p>
        The file has the set-up and {plural(heads.length, 'run')}. In it would be what is your own:{' '}
        {parts.join(', ')}. Weights are not in it.
      </p>
      <div className={styles['buttons']}>
        {text === null ? (
          <button type="button" data-first="" onClick={() => void save(saving, false)}>
            Save
          </button>
        ) : (
          <>
            <button type="button" data-first="" onClick={() => void save(saving, false)}>
              Save without the training text
            </button>
            <button type="button" onClick={() => void save(saving, true)}>
              Save with it
            </button>
          </>
        )}
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
