import { Minimize2 } from 'lucide-react';
import { useApp } from '../../store/context.ts';

/** The way out of a presentation, for those without a keyboard at hand. */
export function LeavePresentation() {
  const setPresenting = useApp((state) => state.setPresenting);
  return (
    <button
      type="button"
      aria-label="Leave presentation"
      title="Back to the whole page (Esc)"
      onClick={() => {
        setPresenting(false);
      }}
    >
      <Minimize2 size={16} aria-hidden />
      Leave
    </button>
  );
}
