import { X } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Popover.module.css';
import { usePhone } from './useMediaQuery.ts';

const GAP = 6;

/**
 * A small panel beside the button it belongs to; at the bottom edge of a phone. The page behind it
 * stays in use: Escape, a click elsewhere or its own button closes it.
 */
export function Popover(props: {
  readonly title: string;
  /** Selector of the button it hangs from. */
  readonly anchor: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { anchor, onClose } = props;
  const ref = useRef<HTMLDivElement>(null);
  const id = useId();
  const phone = usePhone();
  useLayoutEffect(() => {
    const panel = ref.current;
    if (!panel) return;
    const before = document.activeElement;
    panel.showPopover();
    place(panel, phone ? null : document.querySelector(anchor), phone);
    panel.querySelector<HTMLElement>('[data-first], input, select')?.focus();
    return () => {
      panel.hidePopover();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [anchor, phone]);
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (!(target instanceof Element)) return;
      // Its button closes it by itself.
      if (!ref.current?.contains(target) && !target.closest(anchor)) onClose();
    };
    addEventListener('pointerdown', onPointerDown);
    return () => {
      removeEventListener('pointerdown', onPointerDown);
    };
  }, [anchor, onClose]);
  return (
    <div
      ref={ref}
      popover="manual"
      role="dialog"
      aria-labelledby={id}
      className={styles['popover']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles['header']}>
        <h2 id={id}>{props.title}</h2>
        <button type="button" className={styles['close']} aria-label="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </button>
      </div>
      {props.children}
    </div>
  );
}

/** Below its button, or above it where there is more room; within the window either way. */
function place(panel: HTMLElement, anchor: Element | null, phone: boolean): void {
  const { innerWidth, innerHeight } = window;
  const { width, height } = panel.getBoundingClientRect();
  if (phone) {
    Object.assign(panel.style, { left: '0', top: 'auto', bottom: '0' });
    return;
  }
  const box = anchor?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0);
  const below = box.bottom + GAP;
  const fits = below + height < innerHeight;
  const top = fits ? below : Math.max(GAP, box.top - GAP - height);
  const left = Math.max(GAP, Math.min(box.left, innerWidth - width - GAP));
  Object.assign(panel.style, {
    left: `${String(left)}px`,
    top: `${String(top)}px`,
    bottom: 'auto',
  });
}
