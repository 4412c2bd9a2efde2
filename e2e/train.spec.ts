import { expect, test } from './test.ts';
import { pageOfText, smallRun, TrainPage } from './trainPage.ts';

test('training runs on WebGPU and can be paused', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({ 'train.steps': 1000 }));
  await train.paste(pageOfText);
  const vocabulary = Number(await train.fact('Vocabulary').textContent());
  await train.button('Train').click();
  await train.waitForStep(3);
  await expect(train.output('backend')).toContainText('WebGPU');
  await train.pause();
  const loss = await train.number('training loss');
  expect(loss).toBeGreaterThan(0);
  expect(loss).toBeLessThan(Math.log(vocabulary) + 1);
  expect(errors).toEqual([]);
});
