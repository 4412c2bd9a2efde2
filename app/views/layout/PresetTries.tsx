import type { PresetName } from '../../../src/schema/presets.ts';
import { useAppStore } from '../../store/context.ts';
import { cards } from '../gallery/cards.ts';
import { demonstrate } from '../learn/demonstrate.ts';

/** What to try next with a preset: each opens it as it is, with that change made. */
export default function PresetTries({ preset }: { readonly preset: PresetName }) {
  const store = useAppStore();
  const { view, tries } = cards[preset];
  return (
    <>
      <span>Then try:</span>
      {tries.map(({ words, set, focus }) => (
        <button
          key={words}
          type="button"
          data-inline
          onClick={() => {
            demonstrate(store, { view, preset, set, focus });
          }}
        >
          {words}
        </button>
      ))}
    </>
  );
}
