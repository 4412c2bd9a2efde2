import { useState } from 'react';
import { useAppStore } from '../store/context.ts';
import { flushAll } from '../store/page/leaving.ts';

/** Loads the page anew, once its newest training state is kept: the run is then offered again. */
export function ReloadButton() {
  const store = useAppStore();
  const [busy, setBusy] = useState(false);
  const reload = async (): Promise<void> => {
    setBusy(true);
    await store.getState().keepRun();
    flushAll();
    location.reload();
  };
  return (
    <button type="button" disabled={busy} onClick={() => void reload()}>
      Reload the page
    </button>
  );
}
