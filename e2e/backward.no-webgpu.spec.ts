import { SolvePage } from './page.ts';
import { expect, test } from './test.ts';

test('the backward solve is stepped and run like the forward one', async ({ page }) => {
  const solve = new SolvePage(page);
  const errors = await solve.open('#/solve?v=1&p=contraction');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  const forward = await solve.lastIteration();
  await solve.button('Backward').click();
  await solve.expectIteration(0);
  await solve.button('Step').click();
  await solve.expectIteration(1);
  await solve.button('Step').click();
  await solve.expectIteration(2);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/converged/i);
  await expect.poll(async () => (await solve.records()).length).toBeGreaterThan(4);
  await solve.button('Forward').click();
  await solve.expectIteration(forward);
  expect(errors).toEqual([]);
});

test('an adjoint that did not converge makes the gradient inexact, in words', async ({ page }) => {
  const solve = new SolvePage(page);
  await solve.open('#/solve?v=1&p=contraction&backward.solver=picard&backward.maxIterations=3');
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/^Converged/);
  await solve.button('Backward').click();
  await solve.expectIteration(0);
  await solve.button('Run to convergence').click();
  await solve.expectStatus(/inexact/);
});
