import { useEffect, useState } from 'react';
import { loadGalleryTrace, type GalleryTrace } from '../../traces/galleryTrace.ts';

/** The recorded curves once they are loaded; empty until then, and where they can't be had. */
export function useGalleryTrace(): GalleryTrace {
  const [trace, setTrace] = useState<GalleryTrace>({});
  useEffect(() => {
    // Without pictures the words and links still do; a reload tries again.
    void loadGalleryTrace().then(setTrace, () => undefined);
  }, []);
  return trace;
}
