import { CircleCheck, Info, OctagonAlert, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { corner, type Toast, type ToastKind } from './corner.ts';
import styles from './Toasts.module.css';

/** Long enough to read a short sentence. */
const DURATION = 4000;

const icons: Readonly<Record<ToastKind, LucideIcon>> = {
  success: CircleCheck,
  warning: TriangleAlert,
  error: OctagonAlert,
  info: Info,
};

const close = (gone: Toast): void => {
  corner.setState(({ toasts }) => ({ toasts: toasts.filter(({ key }) => key !== gone.key) }));
};

/** Where things are said in passing. They wait while a pointer or the focus is on them, and while nobody sees the page. */
export default function Toasts() {
  const list = useRef<HTMLOListElement>(null);
  const toasts = useStore(corner, (state) => state.toasts);
  // Only what changes in a region that is already there is read out.
  const [there, setThere] = useState(false);
  const [held, setHeld] = useState(false);
  const [away, setAway] = useState(document.hidden);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      setThere(true);
    });
    const onVisibility = (): void => {
      setAway(document.hidden);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.altKey && event.code === 'KeyT') list.current?.focus();
    };
    document.addEventListener('visibilitychange', onVisibility);
    addEventListener('keydown', onKeyDown);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('visibilitychange', onVisibility);
      removeEventListener('keydown', onKeyDown);
    };
  }, []);
  // The last one may go under the pointer, which then never leaves it.
  if (held && toasts.length === 0) setHeld(false);
  return (
    <section aria-label="Notifications alt+T" aria-live="polite" aria-relevant="additions text">
      {there && toasts.length > 0 && (
        <ol
          ref={list}
          tabIndex={-1}
          className={styles['toasts']}
          onPointerEnter={() => {
            setHeld(true);
          }}
          onPointerLeave={() => {
            setHeld(false);
          }}
          onFocus={() => {
            setHeld(true);
          }}
          onBlur={() => {
            setHeld(false);
          }}
        >
          {toasts.map((toast) => (
            <ToastItem key={toast.key} toast={toast} waits={held || away} />
          ))}
        </ol>
      )}
    </section>
  );
}

function ToastItem({ toast, waits }: { readonly toast: Toast; readonly waits: boolean }) {
  const { kind, words, description, action, duration = DURATION } = toast;
  const Icon = icons[kind];
  const left = useRef(duration);
  useEffect(() => {
    if (waits || left.current === Infinity) return undefined;
    const since = performance.now();
    const timer = setTimeout(() => {
      close(toast);
    }, left.current);
    return () => {
      clearTimeout(timer);
      left.current -= performance.now() - since;
    };
  }, [toast, waits]);
  return (
    <li
      className={styles['toast']}
      data-kind={kind}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close(toast);
      }}
    >
      <Icon size={18} aria-hidden />
      <div className={styles['said']}>
        <p>{words}</p>
        {description !== undefined && <div className={styles['more']}>{description}</div>}
      </div>
      {action && (
        <button
          type="button"
          onClick={() => {
            action.onClick();
            close(toast);
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className={styles['close']}
        aria-label="Close toast"
        onClick={() => {
          close(toast);
        }}
      >
        <X size={16} aria-hidden />
      </button>
    </li>
  );
}
