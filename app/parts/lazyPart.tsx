import { lazy, useState, type ComponentType, type LazyExoticComponent } from 'react';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { loadPart, MissingPart } from './loadPart.ts';
import { PartFailed, type FailureKind } from './PartFailed.tsx';

/** A component of a chunk of its own. */
type Part<P> = LazyExoticComponent<ComponentType<P>>;

/**
 * A component that is fetched when it is first drawn. When it can't be fetched, or fails to draw,
 * that is said in its place and the rest of the page stays; "Try again" fetches it anew (React's
 * own `lazy` would remember the failure for ever), and so does drawing it another time.
 *
 * `what` names it in a sentence, as in “Share could not be loaded”. `as` says what stands in its
 * place: a card, a line, a dialog, or, for what has no place of its own, nothing.
 */
export function lazyPart<P extends object>(
  load: () => Promise<{ readonly default: ComponentType<P> }>,
  what: string,
  as: FailureKind = 'card',
): ComponentType<P> {
  const fetchPart = (): Part<P> => lazy(() => loadPart(load));
  // Outside the component: a part that is still coming has no state of its own yet.
  let newest = fetchPart();
  function LazyPart(props: P) {
    const [Shown, show] = useState<Part<P>>(newest);
    const { onClose } = props as { readonly onClose?: () => void };
    return (
      <ErrorBoundary
        fallback={(failure) => <PartFailed {...failure} what={what} as={as} onClose={onClose} />}
        onError={(error) => {
          if (error instanceof MissingPart && newest === Shown) newest = fetchPart();
        }}
        onReset={() => {
          show(newest);
        }}
      >
        <Shown {...props} />
      </ErrorBoundary>
    );
  }
  return LazyPart;
}
