import type { ExternalToast } from 'sonner';
import { loadPart } from '../parts/loadPart.ts';
import { corner, sayPlainly } from './corner.ts';

/** Says something at the edge of the page; the toasts are loaded when there is something to say. */
export function say(
  kind: 'success' | 'warning' | 'error' | 'info',
  words: string,
  options?: ExternalToast,
): void {
  loadPart(() => import('./Toasts.tsx')).then(
    ({ default: Toasts, toast }) => {
      corner.setState({ Toasts });
      toast[kind](words, options);
    },
    () => {
      const { description } = options ?? {};
      sayPlainly(typeof description === 'function' ? { words } : { words, description });
    },
  );
}

/** Takes back what was said under an id, if that is on screen. */
export function unsay(id: string): void {
  if (!corner.getState().Toasts) return;
  loadPart(() => import('./Toasts.tsx'), { draws: false }).then(
    ({ toast }) => toast.dismiss(id),
    () => undefined,
  );
}
