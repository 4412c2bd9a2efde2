import { describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../../../src/schema/experiment.ts';
import { someModelFile } from '../../../test/app/fakeTraining.ts';
import { openStore } from '../../../test/app/openStore.ts';
import { onFreshShelf, openTrain, wait } from '../../../test/app/openTrain.ts';

onFreshShelf();

describe('the training text', () => {
  it('is taken, makes the corpus the visitor’s own, and survives a reload', async () => {
    const { act } = openTrain();
    act().setTrainingText('one\r\ntwo');
    expect(act().corpus.own).toBe('one\ntwo');
    expect(act().experiment.data.source).toBe('own');
    await wait(1000);
    const after = openTrain();
    await wait(100);
    expect(await after.act().ownTextLoaded()).toBe('one\ntwo');
    expect(after.act().corpus.own).toBe('one\ntwo');
  });

  it('that is refused leaves the one before', () => {
    const { act } = openTrain();
    act().setTrainingText('  \n');
    expect(act().corpus.problem).toContain('empty');
    expect(act().experiment.data.source).toBe('moby-dick');
    act().setTrainingText('something');
    expect(act().corpus.problem).toBeNull();
    act().setTrainingText('x'.repeat(5_000_001));
    expect(act().corpus.problem).toContain('at most 5.0 MB');
    expect(act().corpus.own).toBe('something');
  });

  it('must be there before a run can begin on it', async () => {
    const { act, phase, engines } = openTrain();
    act().change('data.source', 'own');
    act().train();
    await wait(500);
    expect(phase()).toBe('idle');
    expect(act().corpus.problem).toContain('no text of yours');
    expect(engines).toHaveLength(0);
  });
});

describe('reading the corpus', () => {
  const reads = (calls: readonly string[] | undefined) =>
    calls?.filter((name) => name === 'openData').length;

  it('happens when the view asks for it, and shows how far it is', async () => {
    const { act, calls, fetchFile } = openTrain();
    await wait(1000);
    expect(calls()).toBeUndefined();
    act().readCorpus();
    await wait(450);
    expect(act().corpus.reading).toEqual({ label: 'Counting characters', done: 2, total: 3 });
    await wait(500);
    expect(act().corpus.reading).toBeNull();
    expect(act().corpus.report?.text?.characters).toBe(850);
    act().readCorpus();
    await wait(1000);
    expect(reads(calls())).toBe(1);
    expect(fetchFile).toHaveBeenCalledTimes(1);
  });

  it('waits for the last of many edits, and a newer one ends an older one', async () => {
    const { act, calls } = openTrain();
    act().readCorpus();
    await wait(430);
    act().change('data.tokenizer', 'byte');
    expect(act().corpus.report).toBeNull();
    await wait(100);
    act().change('data.tokenizer', 'bpe');
    await wait(100);
    act().change('data.merges', 320);
    await wait(1000);
    expect(reads(calls())).toBe(2);
    expect(act().corpus.reading).toBeNull();
    expect(act().corpus.report).not.toBeNull();
    // Neither the learning rate nor a merge count that no tokenizer uses is the corpus's business.
    act().change('train.learningRate', 1e-3);
    await wait(1000);
    expect(reads(calls())).toBe(2);
  });

  it('leaves a run alone until it pauses', async () => {
    const { act, prepare, calls, phase } = openTrain();
    prepare(200);
    act().readCorpus();
    act().train();
    await wait(300);
    act().change('data.tokenizer', 'byte');
    await wait(1000);
    expect(reads(calls())).toBe(0);
    act().pauseTraining();
    await wait(1000);
    expect(phase()).toBe('paused');
    expect(reads(calls())).toBe(1);
    act().train();
    await wait(100);
    expect(phase()).toBe('running');
    act().stopTraining();
    await wait(1000);
  });

  it('says what to do when Moby-Dick cannot be fetched, and tries again when asked', async () => {
    const fetchFile = vi.fn(() => Promise.reject(new Error('the server answered 404')));
    const page = openStore({ view: 'train', fetchFile });
    page.act().readCorpus();
    await wait(2000);
    expect(page.act().corpus.problem).toMatch(/could not be fetched \(the server answered 404\)/);
    expect(page.act().corpus.problem).toContain('Check the connection');
    expect(page.act().corpus.reading).toBeNull();
    expect(fetchFile).toHaveBeenCalledTimes(1);
    page.act().readCorpus();
    await wait(1000);
    expect(fetchFile).toHaveBeenCalledTimes(2);
    page.act().change('data.source', 'brackets');
    await wait(1000);
    expect(page.act().corpus.problem).toBeNull();
    expect(page.act().corpus.report).not.toBeNull();
  });
});

describe('a dropped file', () => {
  it('becomes the text when it is one', async () => {
    const { act } = openTrain();
    await act().openTrainingFile(new File(['A whale of a text.'], 'whale.txt'));
    expect(act().corpus.own).toBe('A whale of a text.');
  });

  it('that is too large is refused unread', async () => {
    const { act } = openTrain();
    const file = new File(['x'], 'big.txt');
    Object.defineProperty(file, 'size', { value: 6e6 });
    const read = vi.spyOn(file, 'arrayBuffer');
    await act().openTrainingFile(file);
    expect(read).not.toHaveBeenCalled();
    expect(act().corpus.problem).toContain('“big.txt” has 6.0 MB');
    const model = new File(['x'], 'big.safetensors');
    Object.defineProperty(model, 'size', { value: 300e6 });
    await act().openTrainingFile(model);
    expect(act().modelProblem).toContain('up to 256 MB');
  });

  it('that is no text is refused with what to do', async () => {
    const { act } = openTrain();
    await act().openTrainingFile(new File([new Uint8Array([1, 0, 2])], 'a.bin'));
    expect(act().corpus.problem).toContain('not a text file');
    const gone = new File(['x'], 'gone.txt');
    vi.spyOn(gone, 'arrayBuffer').mockRejectedValue(new DOMException('Gone.', 'NotFoundError'));
    await act().openTrainingFile(gone);
    expect(act().corpus.problem).toContain('“gone.txt” could not be read (Gone.)');
  });

  it('is opened as a model by its name or by how it begins', async () => {
    const { act } = openTrain();
    const bytes = someModelFile(defaultExperiment);
    const named = act().openTrainingFile(new File([bytes], 'mine.safetensors'));
    await wait(100);
    await named;
    expect(act().model?.name).toBe('mine.safetensors');
    expect(act().model?.step).toBe(30);
    const header = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 123, 125]);
    const sniffed = act().openTrainingFile(new File([header], 'mine.bin'));
    await wait(100);
    await sniffed;
    expect(act().modelProblem).toBe('This is not a model of this page.');
    expect(act().model?.name).toBe('mine.safetensors');
  });
});
