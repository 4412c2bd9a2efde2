import { ChevronsDown, ChevronsUp } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { ConfigRail } from '../config/ConfigRail.tsx';
import type { RailView } from '../config/railSections.ts';
import { UndoButtons } from '../config/UndoButtons.tsx';
import styles from './AppHeader.module.css';

/** The settings over the lower half of a phone, or over all of it. */
export default function SettingsSheet(props: {
  readonly view: RailView;
  readonly onClose: () => void;
}) {
  const [tall, setTall] = useState(false);
  const Size = tall ? ChevronsDown : ChevronsUp;
  return (
    <Dialog
      title="Settings"
      kind={tall ? 'tallSheet' : 'sheet'}
      actions={
        <>
          <UndoButtons />
          <button
            type="button"
            className={styles['icon']}
            aria-label={tall ? 'Half height' : 'Full height'}
            onClick={() => {
              setTall(!tall);
            }}
          >
            <Size size={17} aria-hidden />
          </button>
        </>
      }
      onClose={props.onClose}
    >
      <ConfigRail view={props.view} />
    </Dialog>
  );
}
