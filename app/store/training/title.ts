import { viewNames } from '../../../src/schema/views.ts';
import type { AppState } from '../state.ts';
import type { AppStore } from '../store.ts';
import type { RunPhase } from './types.ts';

const NAME = 'DEQ Playground';

const marks: Readonly<Record<RunPhase, string>> = {
  idle: '',
  preparing: '…',
  running: '▶',
  pausing: '▶',
  paused: '⏸',
  finished: '✓',
  nonfinite: '✕',
  diverged: '✕',
  failed: '✕',
};

/** The document's title: the view, and before it how a run stands, for a visitor who looks at another tab. */
export function titleText({
  run,
  runPhase,
  view,
}: Pick<AppState, 'run' | 'runPhase' | 'view'>): string {
  const mark = marks[runPhase];
  const page = `${viewNames[view]} · ${NAME}`;
  if (mark === '') return page;
  if (!run) return `${mark} ${page}`;
  const { step, loss } = run.newest.deq ?? { step: run.report.step, loss: undefined };
  const share = Math.floor((100 * step) / run.report.steps);
  const parts = [`${mark} ${String(share)} %`, loss?.toFixed(2), page];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** Keeps the document's title true; returns the way to stop. */
export function followTitle(store: AppStore, page: { title: string } = document): () => void {
  const write = (text: string): void => {
    page.title = text;
  };
  return store.subscribe(titleText, write, { fireImmediately: true });
}
