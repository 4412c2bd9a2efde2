import { useEffect, useState } from 'react';
import { encodeLink } from '../../../src/schema/link.ts';
import { formatCharacters, formatCount } from '../../format.ts';
import { useApp } from '../../store/context.ts';
import { sharesOwnWeights, WEIGHTS_STAY } from '../../store/config/weights.ts';
import { faultOf } from '../../store/engine/faults.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './ShareButton.module.css';

/** The link with the text, or why there can't be one. */
type Encoded = { readonly fragment: string } | { readonly problem: string } | null;

/** Asks whether the visitor's own text goes into the link: it leaves this browser only if they say so. */
export default function ShareTextDialog(props: {
  readonly onCopy: (fragment: string) => void;
  readonly onCopyWithout: () => void;
  readonly onClose: () => void;
}) {
  const { onCopy, onCopyWithout, onClose } = props;
  const experiment = useApp((state) => state.experiment);
  const text = useApp((state) => state.corpus.own);
  const ownWeights = useApp(sharesOwnWeights);
  const [encoded, setEncoded] = useState<Encoded>(null);
  useEffect(() => {
    let gone = false;
    const show = (next: Encoded): void => {
      if (!gone) setEncoded(next);
    };
    encodeLink(experiment, { view: 'train', text }).then(
      (fragment) => {
        show({ fragment });
      },
      (error: unknown) => {
        show({ problem: faultOf(error).message });
      },
    );
    return () => {
      gone = true;
    };
  }, [experiment, text]);
  const fragment = encoded && 'fragment' in encoded ? encoded.fragment : null;
  const problem = encoded && 'problem' in encoded ? encoded.problem : null;
  return (
    <Dialog title="Share this set-up" onClose={onClose}>
      <p className={styles['why']}>
        You train on a text of your own, {formatCharacters(text)}. With it in the link, whoever has
        the link can read it.
      </p>
      <div className={styles['choices']}>
        <button
          type="button"
          disabled={fragment === null}
          aria-describedby="share-size"
          onClick={() => {
            if (fragment !== null) onCopy(fragment);
          }}
        >
          Copy link with the text
        </button>
        <p id="share-size" className={styles['why']}>
          {problem ??
            (fragment === null
              ? 'Packing the text…'
              : `The link will have ${formatCount(fragment.length)} characters.`)}
        </p>
        <button type="button" onClick={onCopyWithout}>
          Copy link without it
        </button>
        {ownWeights && <p className={styles['why']}>{WEIGHTS_STAY}</p>}
      </div>
    </Dialog>
  );
}
