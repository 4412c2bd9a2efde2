import { clsx } from 'clsx';
import { lazy, Suspense, useEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import styles from './App.module.css';
import { syncAddress } from './store/address.ts';
import { useApp, useAppStore } from './store/context.ts';
import { useThemeOnPage } from './theme/useTheme.ts';
import { ErrorCard } from './ui/ErrorCard.tsx';
import { usePhone, useShort } from './ui/useMediaQuery.ts';
import { Intro } from './views/layout/Intro.tsx';
import { Layers } from './views/Layers.tsx';
import { linkAdjusted } from './views/linkAdjusted.tsx';
import { AppHeader } from './views/header/AppHeader.tsx';
import { ViewTabs } from './views/header/ViewTabs.tsx';
import { Notices } from './views/Notices.tsx';
import { ShortcutBar } from './views/shortcuts/ShortcutBar.tsx';
import { useShortcuts } from './views/shortcuts/useShortcuts.ts';
import { SolveView } from './views/solve/SolveView.tsx';

/** With its stream charts; people who only solve don't download it. */
const TrainView = lazy(() => import('./views/train/TrainView.tsx'));

/** With the recorded curves of every preset. */
const GalleryView = lazy(() => import('./views/gallery/GalleryView.tsx'));
const LearnView = lazy(() => import('./views/learn/LearnView.tsx'));
const CheckView = lazy(() => import('./views/check/CheckView.tsx'));
const Tour = lazy(() => import('./views/tour/Tour.tsx'));

const lazyViews = { train: TrainView, gallery: GalleryView, learn: LearnView, check: CheckView };

/** For frames only. */
const EmbedBar = lazy(() => import('./views/layout/EmbedBar.tsx'));

/** Nothing is said before the first paint. */
const Toasts = lazy(() => import('./ui/Toasts.tsx'));

/** The page. */
export function App() {
  const store = useAppStore();
  const view = useApp((state) => state.view);
  const LazyView = view === 'solve' ? null : lazyViews[view];
  const tour = useApp((state) => state.tour);
  const phone = usePhone();
  const short = useShort();
  const embed = useApp((state) => state.embed);
  const presenting = useApp((state) => state.presenting);
  const folded = useApp((state) => state.folded);
  useThemeOnPage();
  useShortcuts(store);
  useEffect(() => syncAddress(store, window, linkAdjusted), [store]);
  return (
    <div
      className={clsx(styles['app'], presenting && styles['presenting'])}
      data-folded={folded.join(' ')}
      data-bare={embed || presenting ? '' : undefined}
    >
      <a className={styles['skip']} href="#main" onClick={skipToMain}>
        Skip to the chart
      </a>
      {!embed && <AppHeader />}
      {!embed && !presenting && <Intro />}
      <Notices />
      <ErrorBoundary key={view} FallbackComponent={ErrorCard}>
        {LazyView === null ? (
          <SolveView />
        ) : (
          <Suspense fallback={<p className={styles['loading']}>Loading…</p>}>
            <LazyView />
          </Suspense>
        )}
      </ErrorBoundary>
      {embed ? (
        <Suspense>
          <EmbedBar />
        </Suspense>
      ) : (
        !presenting && (phone && !short ? <ViewTabs /> : <ShortcutBar />)
      )}
      <Layers />
      <Suspense>{tour && <Tour />}</Suspense>
      <Suspense>
        <Toasts />
      </Suspense>
    </div>
  );
}

/** The fragment holds the set-up, so the skip link moves the focus without touching it. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
