import type { LinkFrame } from '../../src/schema/link.ts';
import type { FrameSlice } from './frame.ts';
import type { StoreAccess } from './state.ts';

/** The whole page unless a link says otherwise. */
export function createFrameSlice({ get, set }: StoreAccess, frame: LinkFrame): FrameSlice {
  const of = ({ hidden = [], embed = false }: LinkFrame) => ({ hidden, embed });
  return {
    ...of(frame),
    presenting: false,
    folded: [],
    layer: null,
    sought: null,
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
    seek: (path, view = get().view) => {
      const folded = get().folded.filter((rail) => rail !== 'config');
      set({ layer: null, presenting: false, folded, sought: path });
      get().showView(view);
    },
    endSeek: () => {
      set({ sought: null });
    },
  };
}
