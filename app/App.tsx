import { useEffect } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Toaster } from 'sonner';
import styles from './App.module.css';
import { syncAddress } from './store/address.ts';
import { useAppStore } from './store/context.ts';
import { ErrorCard } from './ui/ErrorCard.tsx';
import { linkAdjusted } from './views/linkAdjusted.tsx';
import { AppHeader } from './views/header/AppHeader.tsx';
import { Notices } from './views/Notices.tsx';
import { ShortcutBar } from './views/ShortcutBar.tsx';
import { SolveView } from './views/solve/SolveView.tsx';
import { useShortcuts } from './views/solve/useShortcuts.ts';

/** The page. */
export function App() {
  const store = useAppStore();
  useShortcuts(store);
  useEffect(() => syncAddress(store, window, linkAdjusted), [store]);
  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#main" onClick={skipToMain}>
        Skip to the chart
      </a>
      <AppHeader />
      <Notices />
      <ErrorBoundary FallbackComponent={ErrorCard}>
        <SolveView />
      </ErrorBoundary>
      <ShortcutBar />
      <Toaster
        theme="light"
        position="bottom-right"
        offset={44}
        mobileOffset={{ bottom: 80 }}
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
