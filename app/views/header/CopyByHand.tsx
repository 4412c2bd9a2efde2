import { useApp } from '../../store/context.ts';
import { sharesOwnWeights, WEIGHTS_STAY } from '../../store/config/weights.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './ShareButton.module.css';

/** The link itself, where the browser does not let the page copy it. */
export default function CopyByHand({
  link,
  onClose,
}: {
  readonly link: string;
  readonly onClose: () => void;
}) {
  const ownWeights = useApp(sharesOwnWeights);
  return (
    <Dialog title="Copy this link" onClose={onClose}>
      <p className={styles['why']}>
        The browser didn’t allow copying. The link is selected: copy it from here.
      </p>
      {ownWeights && <p className={styles['why']}>{WEIGHTS_STAY}</p>}
      <input
        className={styles['link']}
        aria-label="Link"
        readOnly
        data-first=""
        value={link}
        onFocus={(event) => {
          event.target.select();
        }}
      />
    </Dialog>
  );
}
