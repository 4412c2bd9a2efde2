import { useApp, useAppStore } from '../../../store/context.ts';

/** Loads the page's own model to write samples with; while a run is on screen, that is what writes. */
export function PretrainedButton() {
  const trained = useApp((state) => state.run !== null);
  const name = useApp((state) => state.model?.name ?? null);
  const { loadPretrained } = useAppStore().getState();
  if (trained) return null;
  return (
    <button
      type="button"
      title={name === null ? 'A small model that was trained for this page' : `Loaded: ${name}`}
      onClick={loadPretrained}
    >
      Load the pretrained model
    </button>
  );
}
