import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { encodeLink } from '../../../src/config/link.ts';
import { useAppStore } from '../../store/context.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './ShareButton.module.css';

/** Makes the set-up a link: in the address bar, on the clipboard, or, failing that, on screen. */
export function ShareButton() {
  const store = useAppStore();
  const [link, setLink] = useState<string | null>(null);
  const share = async (): Promise<void> => {
    let fragment: string;
    try {
      fragment = await encodeLink(store.getState().experiment);
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error));
      return;
    }
    history.replaceState(history.state, '', fragment);
    try {
      await navigator.clipboard.writeText(location.href);
      toast.success('Link copied');
    } catch {
      // No permission, or not a secure page: the visitor copies it by hand.
      setLink(location.href);
    }
  };
  return (
    <>
      <button
        type="button"
        aria-label="Share"
        title="Copy a link to this set-up"
        onClick={() => void share()}
      >
        <Link2 size={16} aria-hidden />
        <span className={styles['word']}>Share</span>
      </button>
      {link !== null && (
        <Dialog
          title="Copy this link"
          onClose={() => {
            setLink(null);
          }}
        >
          <p className={styles['why']}>
            The browser didn’t allow copying. The link is selected: copy it from here.
          </p>
          <input
            className={styles['link']}
            aria-label="Link"
            readOnly
            autoFocus
            value={link}
            onFocus={(event) => {
              event.target.select();
            }}
          />
        </Dialog>
      )}
    </>
  );
}
