import { expect, test } from './test.ts';
import { pageOfText, smallRun, TrainPage } from './trainPage.ts';

test('training runs on WebGPU and can be paused', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({ 'train.steps': 1000, 'cell.kind': 'tanh' }));
  await train.paste(pageOfText);
  const vocabulary = Number(await train.fact('Vocabulary').textContent());
  await train.button('Train').click();
  await train.waitForStep(3);
  await expect(train.output('backend')).toContainText('WebGPU');
  const rows = await train.rowsTo(await train.pause());
  const loss = Number(rows.at(-1)?.[1]);
  expect(loss).toBeGreaterThan(0);
  // Sane, not low: where the pause comes depends on the machine, and the first steps guess worse than evenly.
  expect(loss).toBeLessThan(4 * Math.log(vocabulary));
  expect(errors).toEqual([]);
});
