import { useEffect, useState } from 'react';
import { say } from '../../ui/say.ts';
import { loadGalleryTrace, type GalleryTrace } from '../../traces/galleryTrace.ts';

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
  return trace;
}
