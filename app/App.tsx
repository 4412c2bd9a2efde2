import { clsx } from 'clsx';
import { Suspense } from 'react';
import { lazyPart } from './parts/lazyPart.tsx';
import { ErrorBoundary, type FallbackProps } from './parts/ErrorBoundary.tsx';
import styles from './App.module.css';
import { useApp, useAppStore } from './store/context.ts';
import { useThemeOnPage } from './theme/useTheme.ts';
import { Corner } from './ui/Corner.tsx';
import { ErrorCard } from './ui/ErrorCard.tsx';
import { usePhone, useShort } from './ui/useMediaQuery.ts';
import { Intro } from './views/layout/Intro.tsx';
import { Layers } from './views/Layers.tsx';
import { AppHeader } from './views/header/AppHeader.tsx';
import { ViewTabs } from './views/header/ViewTabs.tsx';
import { Notices } from './views/Notices.tsx';
import { ShortcutBar } from './views/shortcuts/ShortcutBar.tsx';
import { useShortcuts } from './views/shortcuts/useShortcuts.ts';
import { SolveView } from './views/solve/SolveView.tsx';

/** With its stream charts; people who only solve don't download it. */
const TrainView = lazyPart(() => import('./views/train/TrainView.tsx'), 'Train');

const CompareView = lazyPart(() => import('./views/compare/CompareView.tsx'), 'Compare');

/** With the recorded curves of every preset. */
const GalleryView = lazyPart(() => import('./views/gallery/GalleryView.tsx'), 'Gallery');
const LearnView = lazyPart(() => import('./views/learn/LearnView.tsx'), 'Learn');
const CheckView = lazyPart(() => import('./views/check/CheckView.tsx'), 'Check');
const Tour = lazyPart(() => import('./views/tour/Tour.tsx'), 'The tour', 'line');

const lazyViews = {
  train: TrainView,
  compare: CompareView,
  gallery: GalleryView,
  learn: LearnView,
  check: CheckView,
};

const RunsDrawer = lazyPart(() => import('./views/runs/RunsDrawer.tsx'), 'Runs', 'line');

/** For frames only. */
const EmbedBar = lazyPart(
  () => import('./views/layout/EmbedBar.tsx'),
  'The bar below the picture',
  'line',
);

/** What stands where a part of the page failed. */
const failedPart = (failure: FallbackProps) => <ErrorCard {...failure} />;

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
  const runsOpen = useApp((state) => state.runsOpen);
  useThemeOnPage();
  useShortcuts(store);
  return (
    <div
      className={clsx(styles['app'], presenting && styles['presenting'])}
      data-folded={folded.join(' ')}
      data-bare={embed || presenting ? '' : undefined}
    >
      <a className={styles['skip']} href="#main" onClick={skipToMain}>
        Skip to the chart
      </a>
      {!embed && (
        <ErrorBoundary fallback={failedPart}>
          <AppHeader />
        </ErrorBoundary>
      )}
      {!embed && !presenting && <Intro />}
      <ErrorBoundary fallback={failedPart}>
        <Notices />
      </ErrorBoundary>
      <ErrorBoundary key={view} fallback={failedPart}>
        {LazyView === null ? (
          <SolveView />
        ) : (
          <Suspense fallback={<p className={styles['loading']}>Loading…</p>}>
            <LazyView />
          </Suspense>
        )}
      </ErrorBoundary>
      {runsOpen && !embed && !presenting && (
        <Suspense>
          <RunsDrawer />
        </Suspense>
      )}
      {embed ? (
        <Suspense>
          <EmbedBar />
        </Suspense>
      ) : (
        !presenting && (phone && !short ? <ViewTabs /> : <ShortcutBar />)
      )}
      <Layers />
      <Suspense>{tour && <Tour />}</Suspense>
      <Corner />
    </div>
  );
}

/** The fragment holds the set-up, so the skip link moves the focus without touching it. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
