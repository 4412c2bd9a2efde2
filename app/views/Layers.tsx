import { lazy, Suspense } from 'react';
import { useApp } from '../store/context.ts';

const AboutDialog = lazy(() => import('./about/AboutDialog.tsx'));
const CommandMenu = lazy(() => import('./commands/CommandMenu.tsx'));
const ShortcutDialog = lazy(() => import('./shortcuts/ShortcutDialog.tsx'));
const ShareDialog = lazy(() => import('./share/ShareDialog.tsx'));

/** What lies over the page, loaded when it is first asked for. */
export function Layers() {
  const layer = useApp((state) => state.layer);
  const openLayer = useApp((state) => state.openLayer);
  const close = (): void => {
    openLayer(null);
  };
  return (
    <Suspense>
      {layer === 'about' && <AboutDialog onClose={close} />}
      {layer === 'commands' && <CommandMenu onClose={close} />}
      {layer === 'keys' && <ShortcutDialog onClose={close} />}
      {layer === 'share' && <ShareDialog onClose={close} />}
    </Suspense>
  );
}
