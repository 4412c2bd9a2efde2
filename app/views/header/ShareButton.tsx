import { ChevronDown, Link2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '../../parts/lazyPart.tsx';
import { loadPart } from '../../parts/loadPart.ts';
import { useApp, useAppStore } from '../../store/context.ts';
import { sharesOwnWeights, WEIGHTS_STAY } from '../../store/config/weights.ts';
import { faultOf } from '../../store/engine/faults.ts';
import { flushAll } from '../../store/page/leaving.ts';
import { say } from '../../ui/say.ts';
import { usePhone } from '../../ui/useMediaQuery.ts';
import styles from './ShareButton.module.css';

const CopyByHand = lazyPart(() => import('./CopyByHand.tsx'), 'The link', 'dialog');

/** Makes the set-up a link: in the address bar, on the clipboard, or, failing that, on screen. */
export function ShareButton() {
  const store = useAppStore();
  const openLayer = useApp((state) => state.openLayer);
  const phone = usePhone();
  const [link, setLink] = useState<string | null>(null);
  const copy = async (address: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      const own = sharesOwnWeights(store.getState());
      say('success', 'Link copied', own ? { description: WEIGHTS_STAY, duration: 12_000 } : {});
    } catch {
      // No permission, or not a secure page: the visitor copies it by hand.
      setLink(address);
    }
  };
  const share = async (): Promise<void> => {
    const { experiment, view, lesson, hidden, embed } = store.getState();
    let fragment: string;
    try {
      const { encodeLink } = await loadPart(() => import('../../../src/schema/link.ts'), {
        draws: false,
      });
      fragment = await encodeLink(experiment, { view, lesson, hidden, embed });
    } catch (error) {
      say('error', faultOf(error).message);
      return;
    }
    // The address is to say the same, also while a solve runs.
    flushAll();
    await copy(new URL(fragment, location.href).href);
  };
  const begin = (): void => {
    // Whether one's own text goes along is the visitor's to say.
    const { view, experiment, corpus } = store.getState();
    if (view === 'train' && experiment.data.source === 'own' && corpus.own !== '')
      openLayer('share');
    else void share();
  };
  return (
    <div className={styles['split']}>
      <button type="button" aria-label="Share" title="Copy a link to this set-up" onClick={begin}>
        <Link2 size={16} aria-hidden />
        <span className={styles['word']}>Share</span>
      </button>
      {/* On a phone it stands in the menu of commands. */}
      {!phone && (
        <button
          type="button"
          className={styles['more']}
          aria-label="More ways to share"
          aria-haspopup="dialog"
          title="As Markdown, as a frame, or with parts left out for a lesson"
          onClick={() => {
            openLayer('share');
          }}
        >
          <ChevronDown size={15} aria-hidden />
        </button>
      )}
      <Suspense>
        {link !== null && (
          <CopyByHand
            link={link}
            onClose={() => {
              setLink(null);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
