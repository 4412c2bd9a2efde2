import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type * as ToySolver from '../../../../test/toySolver.ts';
import type { StepReport } from '../../../../src/engine/protocol/protocol.ts';

// The page and the engine, as they are with one more row in each of the three tables of solver kinds.
beforeAll(() => {
  vi.resetModules();
  const toy = (): Promise<typeof ToySolver> => import('../../../../test/toySolver.ts');
  vi.doMock('../../../../src/numerics/settings.ts', async (original) => {
    const { kindSettings } = await original<{ kindSettings: readonly unknown[] }>();
    return { kindSettings: [...kindSettings, (await toy()).heavyBallSettings] };
  });
  vi.doMock('../../../../src/numerics/kinds.ts', async (original) => {
    const { solverKinds } = await original<{ solverKinds: object }>();
    return { solverKinds: { ...solverKinds, 'heavy-ball': (await toy()).heavyBallKind } };
  });
  vi.doMock('../../../../src/numerics/words.ts', async (original) => {
    const { kindWords } = await original<{ kindWords: object }>();
    return { kindWords: { ...kindWords, 'heavy-ball': (await toy()).heavyBallWords } };
  });
});
afterAll(() => {
  for (const table of ['settings', 'kinds', 'words'])
    vi.doUnmock(`../../../../src/numerics/${table}.ts`);
  vi.resetModules();
});

/** The default set-up, solved by the new kind. */
async function withToy() {
  const { changeSetting, defaultExperiment } = await import('../../../../src/schema/experiment.ts');
  const { experiment } = changeSetting(defaultExperiment, 'solver.method', 'heavy-ball');
  return { experiment, changeSetting };
}

/** Drawn on a page whose store holds that set-up. */
async function drawn(element: ReactElement): Promise<string> {
  const { StoreContext } = await import('../../../store/context.ts');
  const { openStore } = await import('../../../../test/app/openStore.ts');
  const { store } = openStore();
  return renderToStaticMarkup(createElement(StoreContext, { value: store }, element));
}

it('its settings are fields of the one table, relevant under it alone', async () => {
  const { findField } = await import('../../../../src/schema/fields.ts');
  const { isRelevant } = await import('../../../../src/schema/relevance.ts');
  const { experiment, changeSetting } = await withToy();
  expect(experiment.solver.method).toBe('heavy-ball');
  expect(findField('solver.momentum')).toMatchObject({ label: 'Momentum', max: 0.95 });
  const momentum = 'solver.momentum' as 'solver.damping';
  expect(isRelevant(momentum, experiment)).toBe(true);
  expect(isRelevant('solver.window', experiment)).toBe(false);
  const other = changeSetting(experiment, 'solver.method', 'picard').experiment;
  expect(isRelevant(momentum, other)).toBe(false);
  const adjoint = changeSetting(experiment, 'backward.solver', 'heavy-ball').experiment;
  expect(isRelevant('backward.momentum' as 'backward.window', adjoint)).toBe(true);
});

it('links carry it and its option', async () => {
  const { decodeLink, encodeLink } = await import('../../../../src/schema/link.ts');
  const { experiment, changeSetting } = await withToy();
  const set = changeSetting(experiment, 'solver.momentum' as 'solver.damping', 0.4).experiment;
  const link = await encodeLink(set);
  expect(link).toContain('solver.momentum=0.4');
  const { experiment: opened, adjustments } = await decodeLink(link);
  expect(adjustments).toEqual([]);
  expect(opened).toEqual(set);
});

it('the fork panel and a race lane have its controls', async () => {
  const { SolverFields } = await import('../travel/SolverFields.tsx');
  const { LaneSolver } = await import('./LaneControls.tsx');
  const { defaultLanes } = await import('./lanes.ts');
  const { experiment } = await withToy();
  const panel = await drawn(
    createElement(SolverFields, { value: experiment, base: experiment, onChange: vi.fn() }),
  );
  expect(panel).toContain('Heavy ball');
  expect(panel).toMatch(/data-setting="solver\.momentum".*data-setting="solver\.damping"/);
  expect(panel).not.toContain('solver.window');
  const lanes = defaultLanes(experiment);
  const index = lanes.findIndex((lane) => lane.method === experiment.solver.method);
  expect(lanes[index]).toMatchObject({ momentum: 0.5 });
  const lane = await drawn(createElement(LaneSolver, { lanes, index, line: undefined }));
  expect(lane).toMatch(/aria-label="Momentum of lane \d"[^>]*value="0\.5"/);
});

it('the cards beside the curve have its words', async () => {
  const { solverEvents, settingsOf } = await import('../../../../src/numerics/settingsOf.ts');
  const { residualFormulas } = await import('../residualFormulas.ts');
  const { returnedPoint } = await import('../conventions/conventionWords.ts');
  const { stagesOf } = await import('../insight/slowMotion.ts');
  const { predictMemory } = await import('../../../../src/memory/memoryLaw.ts');
  const { experiment } = await withToy();
  const { solver } = experiment;
  expect(settingsOf(solver.method).title).toBe('Heavy ball');
  expect(solverEvents).toMatchObject({ turned: { words: 'The ball turned round' } });
  expect(residualFormulas(experiment, 'forward').rel).toBe('‖f(z) − z‖ / ‖f(z)‖');
  expect(returnedPoint({ ...solver, convention: 'tutorial' })).toBe('lowest z');
  const step = {
    ...{ solve: 1, iteration: 4, method: solver.method, inside: {}, evaluations: 1 },
    ...{ residual: 0.2, relative: 0.02, image: 10, size: 9, pull: 0.2, step: 0.4, next: 0.1 },
  } satisfies StepReport;
  const stages = stagesOf({ step, start: 0, solver });
  expect(stages[2]?.title).toBe('Roll on');
  expect(stages[3]?.words).toMatch(/^With its momentum, the state moves/);
  const { someSizes } = await import('../../../../test/app/fakeValues.ts');
  const problem = { sizes: someSizes, kernels: 'stock' } as const;
  expect(predictMemory(experiment, 'deq', 4, problem).peak).toBeGreaterThan(0);
});

it('races on the engine beside another, and solves the adjoint equation', async () => {
  const { createSession } = await import('../../../../src/engine/session.ts');
  const { turnOf } = await import('../../../../src/engine/serve.ts');
  const { experiment, changeSetting } = await withToy();
  const set = (changes: Readonly<Record<string, unknown>>) =>
    Object.entries(changes).reduce(
      (all, [path, value]) => changeSetting(all, path as 'solver.method', value).experiment,
      experiment,
    );
  const small = { 'input.text': 'abc', 'cell.width': 8, 'cell.inner': 8, 'cell.gain': 0.3 };
  const toy = set({ ...small, 'backward.solver': 'heavy-ball' });
  const session = createSession(() => undefined);
  await session.boot(turnOf(), 'cpu');
  await session.configure(turnOf(), toy);
  const [ball, picard] = await session.race(turnOf(), [
    toy,
    set({ ...small, 'solver.method': 'picard' }),
  ]);
  expect(ball?.status).toBe('converged');
  // Its first step is Picard's, its second is not.
  const curve = (of: typeof ball): (number | undefined)[] =>
    of?.records.map(({ rel }) => rel[0]) ?? [];
  expect(curve(ball).slice(0, 2)).toEqual(curve(picard).slice(0, 2));
  expect(curve(ball)[2]).not.toBe(curve(picard)[2]);
  expect(ball?.storedFloats).toBe(1.5 * (picard?.storedFloats ?? NaN));
  await session.run(turnOf(), 'forward');
  const { rows } = await session.compareGradients(turnOf(), toy.backward);
  expect(rows[0]).toMatchObject({ label: 'Implicit, Heavy ball', status: 'converged' });
  await session.boot(turnOf(), 'cpu');
});
