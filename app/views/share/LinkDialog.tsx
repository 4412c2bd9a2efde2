import '../../families/whole.ts';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { question } from '../../store/link/askFirst.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './ShareDialog.module.css';

/** Asks whether a link may take the place of work that is not in it. */
export default function LinkDialog({ onClose }: { readonly onClose: () => void }) {
  const asked = useStore(question, (state) => state.asked);
  const answer = asked?.answer ?? onClose;
  useEffect(() => {
    // Back, or another link: this one is not meant any more.
    const stay = (): void => {
      answer(false);
    };
    window.addEventListener('popstate', stay);
    window.addEventListener('hashchange', stay);
    return () => {
      window.removeEventListener('popstate', stay);
      window.removeEventListener('hashchange', stay);
    };
  }, [answer]);
  return (
    <Dialog
      title="Open this link?"
      onClose={() => {
        answer(false);
      }}
    >
      <p>It takes the place of what is here:</p>
      <ul className={styles['losses']}>
        {asked?.losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
      <p>Undo brings everything back as it is now.</p>
      <div className={styles['copies']}>
        <button
          type="button"
          onClick={() => {
            answer(true);
          }}
        >
          Open the link
        </button>
        <button
          type="button"
          onClick={() => {
            answer(false);
          }}
        >
          Stay here
        </button>
      </div>
    </Dialog>
  );
}
