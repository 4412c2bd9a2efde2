import { useEffect, useState } from 'react';
import { encodeLink, type LinkOptions } from '../../../src/schema/link.ts';
import { useApp } from '../../store/context.ts';
import { faultOf } from '../../store/engine/faults.ts';

/** The address of the set-up on screen with parts left out, or why there is none. */
export interface MadeLink {
  readonly address: string;
  readonly problem: string | null;
}

/** Makes the address anew when the set-up, what is left out or the iteration changes. */
export function useLink({
  hidden,
  embed,
  iteration,
  ownPicture,
}: Required<Pick<LinkOptions, 'hidden' | 'embed' | 'iteration' | 'ownPicture'>>): MadeLink {
  const experiment = useApp((state) => state.experiment);
  const view = useApp((state) => state.view);
  const lesson = useApp((state) => state.lesson);
  const [made, setMade] = useState<MadeLink>({ address: '', problem: null });
  useEffect(() => {
    let gone = false;
    const show = (next: MadeLink): void => {
      if (!gone) setMade(next);
    };
    encodeLink(experiment, { view, lesson, hidden, embed, iteration, ownPicture }).then(
      (fragment) => {
        show({ address: new URL(fragment, location.href).href, problem: null });
      },
      (error: unknown) => {
        show({ address: '', problem: faultOf(error).message });
      },
    );
    return () => {
      gone = true;
    };
  }, [experiment, view, lesson, hidden, embed, iteration, ownPicture]);
  return made;
}
