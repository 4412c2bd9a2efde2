import { useEffect, useState } from 'react';
import { useMediaQuery } from '../../../ui/useMediaQuery.ts';

/** How long one moment of an iteration stands. */
const STAGE_MILLISECONDS = 900;

/** Plays through the moments of a step; begins again for each `step`. */
export interface Playback {
  /** The moment shown. */
  readonly at: number;
  readonly playing: boolean;
  readonly play: () => void;
  readonly pause: () => void;
  /** Shows one moment and stays there. */
  readonly show: (at: number) => void;
}

/** Begins by itself, unless less motion is asked for; then every moment waits for its button. */
export function usePlayback(step: string | null, count: number): Playback {
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [state, setState] = useState({ step, at: 0, playing: !still });
  // Another step starts over; what belongs to the old one must never be drawn with it.
  const current = state.step === step ? state : { step, at: 0, playing: !still };
  if (current !== state) setState(current);
  const { at, playing } = current;
  useEffect(() => {
    if (!playing || step === null) return;
    const timer = setTimeout(() => {
      setState({ step, at: Math.min(at + 1, count - 1), playing: at + 1 < count - 1 });
    }, STAGE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [playing, at, step, count]);
  return {
    at,
    playing: playing && step !== null,
    play: () => {
      setState({ step, at: at >= count - 1 ? 0 : at, playing: true });
    },
    pause: () => {
      setState({ step, at, playing: false });
    },
    show: (next) => {
      setState({ step, at: Math.min(count - 1, Math.max(0, next)), playing: false });
    },
  };
}
