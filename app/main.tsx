import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { defaultExperiment } from '../src/config/experiment.ts';
import { decodeLink } from '../src/config/link.ts';
import { startEngine } from '../src/engine/client.ts';
import { App } from './App.tsx';
import { recordedRun } from './recordedRun.ts';
import { autoMeasure } from './store/autoMeasure.ts';
import { StoreContext } from './store/context.ts';
import { createAppStore } from './store/store.ts';
import './theme/base.css';
import './theme/tokens.css';
import { linkAdjusted } from './views/linkAdjusted.tsx';

/** Shows the page, then, once it is painted, starts the engine behind it. */
async function open(): Promise<void> {
  const { hash } = location;
  const { experiment, adjustments } = hash
    ? await decodeLink(hash)
    : { experiment: defaultExperiment, adjustments: [] };
  const isDefault = JSON.stringify(experiment) === JSON.stringify(defaultExperiment);
  const recorded = isDefault ? recordedRun() : undefined;
  const store = createAppStore({
    startEngine,
    experiment: isDefault ? defaultExperiment : experiment,
    ...(recorded ? { recorded } : {}),
  });
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root to draw the page in.');
  createRoot(root).render(
    <StrictMode>
      <StoreContext value={store}>
        <App />
      </StoreContext>
    </StrictMode>,
  );
  afterPaint(() => {
    store.getState().startEngine();
    autoMeasure(store);
    if (adjustments.length > 0) linkAdjusted(adjustments);
  });
}

/** Two frames: the first draws the page, the second comes once it is on screen. */
function afterPaint(callback: () => void): void {
  // A tab opened in the background paints nothing, so frames alone could keep it waiting.
  if (document.hidden) setTimeout(callback, 0);
  else requestAnimationFrame(() => requestAnimationFrame(callback));
}

void open();
