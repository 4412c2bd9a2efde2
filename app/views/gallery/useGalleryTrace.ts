import { useEffect, useMemo, useState } from 'react';
import { useApp } from '../../store/context.ts';
import { kernelPath } from '../../store/memory/study.ts';
import { say } from '../../ui/say.ts';
import { loadGalleryTrace, type GalleryTrace } from '../../traces/galleryTrace.ts';
import { withMemory } from './memoryCurve.ts';

/** The recorded curves once they are loaded; empty until then, and where they can't be had. */
export function useGalleryTrace(): GalleryTrace {
  const [trace, setTrace] = useState<GalleryTrace>({});
  useEffect(() => {
    // Without pictures the words and links still do.
    void loadGalleryTrace().then(setTrace, () => {
      say('warning', 'The recorded curves could not be loaded', {
        id: 'recorded-curves',
        description: 'Check the connection and open this view again.',
      });
    });
  }, []);
  const kernels = useApp(({ device }) => kernelPath(device));
  return useMemo(() => withMemory(trace, kernels), [trace, kernels]);
}
