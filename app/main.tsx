import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { defaultFamily } from '../src/families/settings.ts';
import { defaultExperiment } from '../src/schema/experiment.ts';
import { defaultPreset } from '../src/schema/presets.ts';
import { App } from './App.tsx';
import { recordedRun } from './recordedRun.ts';
import { StoreContext } from './store/context.ts';
import { loadPart, watchStyles } from './parts/loadPart.ts';
import { tolerateTranslation } from './parts/translation.ts';
import { catchDrops } from './store/page/dropped.ts';
import { watchLeaving } from './store/page/leaving.ts';
import type { AppState } from './store/state.ts';
import { createAppStore, type AppStore } from './store/store.ts';
import { fetchSolving, startEngine } from './store/engine/lateLane.ts';
import { stayAwake } from './store/train/wakeLock.ts';
import './theme/base.css';
import './theme/tokens.css';
import { giveHelp } from './ui/fields/help/help.ts';
import { keepAddress } from './store/link/keepAddress.ts';
import { linkAdjusted } from './views/linkAdjusted.tsx';

watchStyles();
tolerateTranslation();
watchLeaving(window, document);

/** Shows the page, then, once it is painted, starts the engine behind it. */
async function open(): Promise<void> {
  // The engine starts once the page is painted; whoever asks then hears of it where this can't be fetched.
  fetchSolving().catch(() => undefined);
  const { hash } = location;
  const asked = hash.length > 1 ? await readAddress(hash) : null;
  const link = asked?.link;
  const experiment = link?.experiment ?? defaultExperiment;
  const isDefault = JSON.stringify(experiment) === JSON.stringify(defaultExperiment);
  const recorded = isDefault ? recordedRun() : undefined;
  const store = createAppStore({
    startEngine,
    experiment: isDefault ? defaultExperiment : experiment,
    ...(link ? { view: link.view, lesson: link.lesson, shown: link } : {}),
    ...(recorded ? { recorded } : {}),
  });
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root to draw the page in.');
  const state = store.getState();
  createRoot(root).render(
    <StrictMode>
      <StoreContext value={store}>
        <App />
      </StoreContext>
    </StrictMode>,
  );
  // Where that can't be fetched an explanation that is opened tries again, and the preset's title has to say it.
  once(store, isOther, () => {
    const load = loadPart(() => import('./ui/fields/help/familyWords.ts'));
    load.then(
      ({ default: families }) => {
        giveHelp({ families });
      },
      () => undefined,
    );
  });
  catchDrops(window, store);
  stayAwake(store);
  afterPaint(() => {
    // The Train view has an engine of its own; this one starts when its view is shown.
    if (store.getState().view === 'solve') store.getState().startEngine();
    // Brings what trains, and with it what earlier visits kept: nothing that the first solve should wait for.
    whenIdle(() => void store.getState().ownTextLoaded());
    // Where that can't be fetched the tab's title stays as it is.
    withPart(
      () => import('./store/train/trainText.ts'),
      ({ followTitle }) => followTitle(store),
    );
    // Where that can't be fetched an explanation that is opened tries again, and says so.
    withPart(
      () => import('./ui/fields/help/words.ts'),
      ({ default: words }) => {
        giveHelp({ general: words });
      },
    );
    // Where that can't be fetched nothing measures unasked, and a press of Measure says why.
    withPart(
      () => import('./store/memory/autoMeasure.ts'),
      ({ autoMeasure }) => autoMeasure(store),
    );
    // Where that can't be fetched the first backend that works is used.
    withPart(
      () => import('./store/engine/timeBackends.ts'),
      ({ timeBackends }) => timeBackends(store, startEngine),
    );
    // Where that can't be fetched what is solved is not kept, until the drawer of runs asks for it again.
    withPart(
      () => import('./store/runs/keepRuns.ts'),
      ({ keepRuns }) => {
        keepRuns(store);
      },
    );
    // Where there are runs they are soon looked at.
    once(
      store,
      ({ runs }) => runs.heads.length > 0,
      () => {
        withPart(
          () => import('./views/runs/RunsDrawer.tsx'),
          () => undefined,
        );
      },
    );
    // A link that could not be read is as one that comes later.
    keepAddress(store, link ? hash : '', async (read) => {
      const { syncAddress } = await loadPart(() => import('./store/link/address.ts'), {
        draws: false,
      });
      syncAddress(store, window, linkAdjusted, { hash: read, state });
    });
    if (asked) void asked.reader.followLink(store, asked.link, linkAdjusted);
  });
}

/** What the address asks for that the page is opened with, and what reads it; null where that, or a part of it, can't be fetched. */
async function readAddress(hash: string) {
  try {
    const reader = await loadPart(() => import('./store/link/openLink.ts'), { draws: false });
    return { link: await reader.readLink(hash, null), reader };
  } catch {
    return null;
  }
}

/** Two frames: the first draws the page, the second comes once it is on screen. */
function afterPaint(callback: () => void): void {
  // A tab opened in the background paints nothing, so frames alone could keep it waiting.
  if (document.hidden) setTimeout(callback, 0);
  else requestAnimationFrame(() => requestAnimationFrame(callback));
}

/** Whether another family or preset is on screen than the page begins with. */
const isOther = ({ experiment: { preset, problem } }: AppState): boolean =>
  preset !== defaultPreset || problem.family !== defaultFamily;

/** Acts the first time that the page is so, now or later. */
function once(store: AppStore, is: (state: AppState) => boolean, act: () => void): void {
  if (is(store.getState())) {
    act();
    return;
  }
  const stop = store.subscribe((state) => {
    if (!is(state)) return;
    stop();
    act();
  });
}

/** Once nothing else is to be done, fetches a part and has it act; without it the rest of the page goes on. */
function withPart<T>(load: () => Promise<T>, act: (part: T) => void): void {
  whenIdle(() => {
    loadPart(load).then(act, () => undefined);
  });
}

/** Once nothing else is to be done; Safari cannot tell when that is. */
function whenIdle(callback: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(callback, { timeout: 5000 });
  else setTimeout(callback, 2000);
}

void open();
