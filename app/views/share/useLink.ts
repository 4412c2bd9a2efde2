import { useEffect, useState } from 'react';
import { encodeLink, type LinkOptions } from '../../../src/schema/link.ts';
import { useApp } from '../../store/context.ts';
import { faultOf } from '../../store/engine/faults.ts';

/** The address of the set-up on screen with parts left out, or why there is none. */
export interface MadeLink {
  readonly address: string;
  readonly problem: string | null;
}

/** What of a link the dialog chooses. */
export type ChosenOptions = Required<
  Pick<LinkOptions, 'hidden' | 'embed' | 'iteration' | 'ownPicture' | 'outcome'>
> & { readonly text: string | undefined };

/** Makes the address anew when the set-up or what is chosen changes. */
export function useLink(chosen: ChosenOptions): MadeLink {
  const experiment = useApp((state) => state.experiment);
  const view = useApp((state) => state.view);
  const lesson = useApp((state) => state.lesson);
  const [made, setMade] = useState<MadeLink>({ address: '', problem: null });
  const { hidden, embed, iteration, ownPicture, outcome, text } = chosen;
  useEffect(() => {
    let gone = false;
    const show = (next: MadeLink): void => {
      if (!gone) setMade(next);
    };
    const options = { view, lesson, hidden, embed, iteration, ownPicture, outcome };
    encodeLink(experiment, text === undefined ? options : { ...options, text }).then(
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
  }, [experiment, view, lesson, hidden, embed, iteration, ownPicture, outcome, text]);
  return made;
}
