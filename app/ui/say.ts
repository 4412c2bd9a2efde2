import { loadPart } from '../parts/loadPart.ts';
import { corner, sayPlainly, type ToastKind, type ToastOptions } from './corner.ts';

let said = 0;

/** Says something at the edge of the page; what draws it is loaded when there is something to say. */
export function say(kind: ToastKind, words: string, options: ToastOptions = {}): void {
  loadPart(() => import('./Toasts.tsx')).then(
    ({ default: Toasts }) => {
      const toast = { ...options, key: ++said, kind, words };
      corner.setState(({ toasts }) => ({
        Toasts,
        toasts: [...toasts.filter(({ id }) => id === undefined || id !== options.id), toast],
      }));
    },
    () => {
      sayPlainly({ words, description: options.description });
    },
  );
}
