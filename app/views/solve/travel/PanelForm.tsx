import type { ReactNode } from 'react';
import styles from './panels.module.css';

/** What a popover asks before something is done; doing it closes the popover. */
export function PanelForm(props: {
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  return (
    <form
      className={styles['panel']}
      onSubmit={(event) => {
        event.preventDefault();
        props.onClose();
        props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}
