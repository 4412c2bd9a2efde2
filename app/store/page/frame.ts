import type { FieldPath } from '../../../src/schema/fields.ts';
import type { HideablePart } from '../../../src/schema/hide.ts';
import type { LinkFrame, View } from '../../../src/schema/link.ts';
import type { StoreAccess } from '../state.ts';

/** The columns beside the centre. */
export type Rail = 'config' | 'evidence';

/** What lies over the page, one at a time. */
export type Layer = 'commands' | 'keys' | 'share' | 'about' | 'bundle' | 'torch' | 'link';

/** How much of the page is drawn, and what lies over it. */
export interface FrameSlice {
  /** Parts that the link left out. */
  readonly hidden: readonly HideablePart[];
  /** Whether only the picture and its transport are drawn. */
  readonly embed: boolean;
  /** Larger type and no rails, for a talk. */
  readonly presenting: boolean;
  /** Rails that are folded to a strip. */
  readonly folded: readonly Rail[];
  readonly layer: Layer | null;
  /** The setting whose control is to be shown and focused as soon as it is drawn. */
  readonly sought: FieldPath | null;
  /** Whether the row of a menu is focused in place of the menu, which would take the keys that step and run. */
  readonly menuIsSet: boolean;
  /** Takes what a link says of the page. */
  readonly setFrame: (frame: LinkFrame) => void;
  /** Draws again what the link left out. */
  readonly showAll: () => void;
  readonly setPresenting: (presenting: boolean) => void;
  readonly toggleRail: (rail: Rail) => void;
  readonly openLayer: (layer: Layer | null) => void;
  /**
   * Goes to a setting's control, in the view given or the one on screen; `menuIsSet`: what a menu offers has been
   * chosen already.
   */
  readonly seek: (path: FieldPath, view?: View, menuIsSet?: boolean) => void;
  /** Says that the control has the focus. */
  readonly endSeek: () => void;
}

/** The whole page unless a link says otherwise. */
export function createFrameSlice({ get, set }: StoreAccess, frame: LinkFrame): FrameSlice {
  const of = ({ hidden = [], embed = false }: LinkFrame) => ({ hidden, embed });
  return {
    ...of(frame),
    presenting: false,
    folded: [],
    layer: null,
    sought: null,
    menuIsSet: false,
    setFrame: (next) => {
      set(of(next));
    },
    showAll: () => {
      set({ hidden: [] });
    },
    setPresenting: (presenting) => {
      set({ presenting });
    },
    toggleRail: (rail) => {
      const { folded } = get();
      const open = folded.filter((one) => one !== rail);
      set({ folded: open.length < folded.length ? open : [...folded, rail] });
    },
    openLayer: (layer) => {
      set({ layer });
    },
    seek: (path, view = get().view, menuIsSet = false) => {
      const folded = get().folded.filter((rail) => rail !== 'config');
      set({ layer: null, presenting: false, folded, sought: path, menuIsSet });
      get().showView(view);
    },
    endSeek: () => {
      set({ sought: null });
    },
  };
}
