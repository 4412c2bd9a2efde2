import { lazy, Suspense, useEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Toaster } from 'sonner';
import styles from './App.module.css';
import { syncAddress } from './store/address.ts';
import { useApp, useAppStore } from './store/context.ts';
import { ErrorCard } from './ui/ErrorCard.tsx';
import { usePhone } from './ui/useMediaQuery.ts';
import { linkAdjusted } from './views/linkAdjusted.tsx';
import { AppHeader } from './views/header/AppHeader.tsx';
import { ViewTabs } from './views/header/ViewTabs.tsx';
import { Notices } from './views/Notices.tsx';
import { ShortcutBar } from './views/ShortcutBar.tsx';
import { SolveView } from './views/solve/SolveView.tsx';
import { useShortcuts } from './views/useShortcuts.ts';

/** With its stream charts; people who only solve don't download it. */
const TrainView = lazy(() => import('./views/train/TrainView.tsx'));

/** The page. */
export function App() {
  const store = useAppStore();
  const view = useApp((state) => state.view);
  const phone = usePhone();
  useShortcuts(store);
  useEffect(() => syncAddress(store, window, linkAdjusted), [store]);
  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#main" onClick={skipToMain}>
        Skip to the chart
      </a>
      <AppHeader />
      <Notices />
      <ErrorBoundary key={view} FallbackComponent={ErrorCard}>
        {view === 'solve' ? (
          <SolveView />
        ) : (
          <Suspense fallback={<p className={styles['loading']}>Loading the Train view…</p>}>
            <TrainView />
          </Suspense>
        )}
      </ErrorBoundary>
      {phone ? <ViewTabs /> : <ShortcutBar />}
      <Toaster
        theme="light"
        position="bottom-right"
        offset={44}
        mobileOffset={{ bottom: 128 }}
        closeButton
        className={styles['toaster'] ?? ''}
      />
    </div>
  );
}

/** The fragment holds the set-up, so the skip link moves the focus without touching it. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
