import { expect, type Locator } from '@playwright/test';
import { SolvePage } from './page.ts';

/** About a page of text, and a little more than a plain alphabet. */
export const pageOfText = [
  'The harbour master kept two books. In the first he wrote what came in with the tide: salt,',
  'timber, oranges, a piano once, and the names of the ships that carried them. In the second he',
  'wrote what went out, and at the end of each month he laid the books side by side and looked',
  'for the line at which they agreed. They never did. Something was always lost between the two:',
  'a crate, a rope, a boy who had signed on at night and told nobody.',
  '',
  '“Then write it again,” said his daughter, who was nine and liked things to come out even.',
  '“Take what is left, put it back at the top, and write it again. Do it until nothing changes.”',
  '',
  'He laughed, but that winter the ice closed the bay and there was little else to do. He took the',
  'difference, carried it over, and began anew. The second month was smaller than the first, the',
  'third smaller than the second; by the end of January the numbers had almost stopped moving, and',
  'on the ninth of February he wrote down a line, worked it through, and found the same line below',
  'it, to the last orange. He sat for a while without moving either.',
  '',
  'When the thaw came and the first ship sounded her horn outside the bar, he put on his coat,',
  'closed both books, and walked down to the quay. “Well?” asked his daughter. “It settles,” he',
  'said. “Whatever you begin with, if you lose a little each time, it settles.” She nodded, as if',
  'she had known that all along, and went to count the gulls.',
].join('\n');

/** The smallest steps there are, and no samples in between. */
const small = {
  'cell.width': 16,
  'train.batch': 2,
  'train.length': 16,
  'train.maxIterations': 4,
  'train.adjointIterations': 4,
  'train.validateEvery': 5,
  'sample.every': 0,
  'sample.length': 12,
};

/** A link to the Train view with a model that a step of takes milliseconds. */
export function smallRun(settings: Readonly<Record<string, string | number | boolean>>): string {
  const values = Object.entries({ ...small, ...settings });
  const text = values.map(([path, value]) => `&${path}=${String(value)}`).join('');
  return `#/train?v=1&p=char-transformer${text}`;
}

const numberIn = (text: string | null): number => Number((text ?? '').replace(/\s/g, ''));

/** The Train view as a person finds it: by the names of its controls and outputs. */
export class TrainPage extends SolvePage {
  readonly text: Locator = this.page.getByRole('textbox', { name: 'Training text' });
  readonly tokens: Locator = this.page
    .getByRole('listbox', { name: 'Tokens of the sample' })
    .getByRole('option');

  /** The card of the text that is learnt from. */
  readonly corpus: Locator = this.page.getByRole('region', { name: /^Text\b/ });

  /** Another card, by its title. */
  card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  override async expectStatus(words: RegExp): Promise<void> {
    await expect(this.output('training status')).toHaveText(words);
  }

  /** The number an output shows; NaN while it shows none. */
  async number(name: string): Promise<number> {
    return numberIn(await this.output(name).textContent());
  }

  async waitForStep(step: number): Promise<void> {
    const reached = async (): Promise<number> => this.number('training step');
    await expect.poll(reached, { timeout: 60_000, intervals: [100] }).toBeGreaterThanOrEqual(step);
  }

  /** Pause, and say at which step. */
  async pause(): Promise<number> {
    await this.button('Pause training').click();
    return this.stepIn(/^Paused at step (\d+) of/);
  }

  /** Wait until the sentence on the run reads so; the number in it. Figures and charts follow a moment later. */
  async stepIn(words: RegExp): Promise<number> {
    await this.expectStatus(words);
    const sentence = (await this.output('training status').textContent()) ?? '';
    return Number(words.exec(sentence)?.[1]);
  }

  /** Paste a text and wait until the page has read it. */
  async paste(text: string): Promise<void> {
    await this.text.fill(text);
    await expect(this.fact('Characters')).toHaveText(this.count(Array.from(text).length));
  }

  /** Choose a file as the button "Open a file" would. */
  async openFile(name: string, content: Buffer): Promise<void> {
    const file = { name, mimeType: 'application/octet-stream', buffer: content };
    await this.corpus.locator('input[type=file]').setInputFiles(file);
  }

  /** What the page says about the text that was read. */
  fact(term: string): Locator {
    return this.corpus
      .locator('dt')
      .filter({ hasText: new RegExp(`^${term}$`) })
      .locator('xpath=following-sibling::dd');
  }

  /** A count as the page writes it. */
  count(value: number): string {
    return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  }

  /** Type a value into a setting's box. */
  async type(label: string, value: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: label, exact: true });
    await box.fill(value);
    await box.press('Enter');
  }

  /** The rows of the losses' table once that of this step is there. */
  async rowsTo(step: number): Promise<string[][]> {
    const newest = async (): Promise<number> => Number((await this.rows()).at(-1)?.[0]);
    await expect.poll(newest).toBeGreaterThanOrEqual(step);
    return this.rows();
  }

  /**
   * The rows of a chart's table, oldest first, a list of cells each. They may be a moment behind the run: see
   * `rowsTo`.
   */
  async rows(title = 'Loss'): Promise<string[][]> {
    const table = this.page.getByRole('group', { name: `Table: ${title}` });
    if (!(await table.isVisible())) await this.button(`${title} as a table`).click();
    await expect(table).toBeVisible();
    const newestFirst = await table
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => Array.from(row.children, (cell) => cell.textContent)),
      );
    return newestFirst.reverse();
  }
}
