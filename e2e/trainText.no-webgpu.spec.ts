import { expect, test } from './test.ts';
import { pageOfText, smallRun, TrainPage } from './trainPage.ts';

/** A safetensors file with one number in it. */
function safetensors(): Buffer {
  const header = Buffer.from('{"weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}   ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(4)]);
}

const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000100000001008060000001ff3ff61',
  'hex',
);

/** Files that can't be trained on, and words the page must say about each. */
const textFiles: [string, Buffer, RegExp][] = [
  ['big.txt', Buffer.alloc(6_000_000, 'x'), /“big\.txt” has 6(\.0)? MB; at most 5(\.0)? MB/],
  ['picture.png', png, /“picture\.png” is not a text file/],
  ['latin1.txt', Buffer.from('caf\xe9 au lait', 'latin1'), /“latin1\.txt” is not valid UTF-8/],
  ['blank.txt', Buffer.from(' \n\n'), /The text is empty/],
];

/** Files that hold no model of this page. */
const modelFiles: [string, Buffer, RegExp][] = [
  ['cut.safetensors', safetensors().subarray(0, 40), /model file can’t be used.*cut off/],
  ['foreign.safetensors', safetensors(), /model file can’t be used.*not written by this page/],
];

test('a text that can’t be trained on is refused in words, and the last one stays', async ({
  page,
}) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({ 'train.steps': 10 }));
  await train.paste(pageOfText);
  const characters = (await train.fact('Characters').textContent()) ?? '';
  const problem = train.corpus.getByRole('alert');
  for (const [name, content, words] of textFiles) {
    await train.openFile(name, content);
    await expect(problem).toHaveText(words);
    await expect(train.text).toHaveValue(pageOfText);
  }
  for (const [text, words] of [
    ['', /^The text is empty/],
    ['x', /^One character is nothing to learn from/],
  ] as const) {
    await train.text.fill(text);
    await expect(problem).toHaveText(words);
    await expect(train.fact('Characters')).toHaveText(characters);
  }
  await page.reload();
  await expect(train.text).toHaveValue(pageOfText);
  expect(errors).toEqual([]);
});

test('a text shorter than a window is refused at Train, in words', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({ 'train.steps': 10 }));
  await train.paste('Hello there');
  await expect(train.corpus).toContainText(/Only 11 tokens to learn from/);
  await train.button('Train').click();
  const alert = page.getByRole('alert').filter({ hasText: 'one window needs 17' });
  await expect(alert).toContainText('The text has 11 tokens to learn from');
  await expect(train.text).toHaveValue('Hello there');
  await train.paste(pageOfText);
  await train.button('Train').click();
  await train.expectStatus(/^Finished: 10 steps$/);
  await expect(alert).toBeHidden();
  expect(errors).toEqual([]);
});

test('files that hold no model are refused in words, and the text stays', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({}));
  await train.paste(pageOfText);
  for (const [name, content, words] of modelFiles) {
    await train.openFile(name, content);
    await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
    await expect(train.text).toHaveValue(pageOfText);
    // Nothing was taken from it: the model this page brings would still be the writer.
    await expect(train.card('Sample')).toContainText('Pretrained on Moby-Dick');
  }
  expect(errors).toEqual([]);
});

test('byte pairs of the text become tokens, and the facts follow', async ({ page }) => {
  const train = new TrainPage(page);
  const errors = await train.open(smallRun({}));
  await train.paste(pageOfText);
  // Nor does a long text make the narrowest page scroll sideways.
  await page.setViewportSize({ width: 320, height: 800 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(train.fact('Characters per token held out')).toHaveText('1.00');
  expect(Number(await train.fact('Vocabulary').textContent())).toBeLessThan(100);
  await page.getByLabel('Tokens', { exact: true }).selectOption({ label: 'BPE' });
  await expect
    .poll(async () => Number(await train.fact('Vocabulary').textContent()))
    .toBeGreaterThanOrEqual(256);
  const perToken = train.fact('Characters per token held out');
  await expect.poll(async () => Number(await perToken.textContent())).toBeGreaterThan(1.2);
  await expect(page.getByLabel('Merges', { exact: true })).toBeVisible();
  expect(errors).toEqual([]);
});
