import { Compass } from 'lucide-react';
import { useApp } from '../../store/context.ts';

/** Starts the tour, or goes on with it. */
export function TourButton({ onStart }: { readonly onStart?: () => void }) {
  const setTour = useApp((state) => state.setTour);
  return (
    <button
      type="button"
      onClick={() => {
        onStart?.();
        setTour(true);
      }}
    >
      <Compass size={16} aria-hidden />
      Take the tour
    </button>
  );
}
