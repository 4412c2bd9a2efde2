import { Suspense } from 'react';
import { lazyPart } from '../parts/lazyPart.tsx';
import { useApp } from '../store/context.ts';

const AboutDialog = lazyPart(() => import('./about/AboutDialog.tsx'), 'About this page', 'dialog');
const CommandMenu = lazyPart(
  () => import('./commands/CommandMenu.tsx'),
  'The menu of commands',
  'dialog',
);
const ShortcutDialog = lazyPart(
  () => import('./shortcuts/ShortcutDialog.tsx'),
  'The list of shortcuts',
  'dialog',
);
const StopDialog = lazyPart(
  () => import('./train/transport/StopDialog.tsx'),
  'Stop this run?',
  'dialog',
);
const BundleDialog = lazyPart(
  () => import('./runs/BundleDialog.tsx'),
  'The file of runs',
  'dialog',
);
const TorchDialog = lazyPart(
  () => import('./torch/TorchDialog.tsx'),
  'Continue in PyTorch',
  'dialog',
);
const LinkDialog = lazyPart(() => import('./share/LinkDialog.tsx'), 'Open this link?', 'dialog');
const ShareDialog = lazyPart(() => import('./share/ShareDialog.tsx'), 'Share', 'dialog');

/** What lies over the page, loaded when it is first asked for. */
export function Layers() {
  const layer = useApp((state) => state.layer);
  const stopAsked = useApp((state) => state.stopAsked);
  const keepTraining = useApp((state) => state.keepTraining);
  const openLayer = useApp((state) => state.openLayer);
  const close = (): void => {
    openLayer(null);
  };
  return (
    <Suspense>
      {layer === 'about' && <AboutDialog onClose={close} />}
      {layer === 'commands' && <CommandMenu onClose={close} />}
      {layer === 'keys' && <ShortcutDialog onClose={close} />}
      {stopAsked && <StopDialog onClose={keepTraining} />}
      {layer === 'bundle' && <BundleDialog onClose={close} />}
      {layer === 'share' && <ShareDialog onClose={close} />}
      {layer === 'link' && <LinkDialog onClose={close} />}
      {layer === 'torch' && <TorchDialog onClose={close} />}
    </Suspense>
  );
}
