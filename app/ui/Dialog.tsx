import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';
import { clsx } from 'clsx';

/**
 * A modal dialog on the browser's own element: focus stays inside, Escape and a click beside it close it. It begins on
 * what is marked `data-first`, else on the button that closes it.
 */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  /**
   * `sheet` comes up from the bottom edge, for phones; `broad` has room for prose, `wide` for a picture; `menu` hangs
   * from the top, so that it stays in place while it grows and shrinks.
   */
  readonly kind?: 'centre' | 'sheet' | 'tallSheet' | 'broad' | 'wide' | 'menu';
  /** Stands beside the button that closes it. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // While it is still in the page: closed later, the browser could not give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // `autoFocus` of what comes with it had its turn before there was anything to see.
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={clsx(styles['dialog'], styles[props.kind ?? 'centre'])}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === ref.current) props.onClose();
      }}
    >
      <div className={styles['body']}>
        <div className={styles['header']}>
          <h2 id={id}>{props.title}</h2>
          {props.actions}
          <button
            type="button"
            className={styles['close']}
            aria-label="Close"
            onClick={props.onClose}
          >
            <X size={18} aria-hidden />
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  );
}
