import { beforeAll, expect, test } from 'vitest';
import { openEngine, shortText, trainingExperiment } from '../../test/trainingSuite.ts';
import { decodeSafetensors, encodeSafetensors } from '../data/safetensors.ts';
import { trainTokenizer } from '../inputs/text/tokenizer.ts';
import { readCorpus } from '../families/language/corpus.ts';
import type { Engine } from './client.ts';
import type { CorpusReport, SampledToken } from './protocol/protocol.ts';

let opened: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  opened = await openEngine('cpu');
});

const tiny = (changes = {}): ReturnType<typeof trainingExperiment> =>
  trainingExperiment({
    'cell.width': 8,
    'cell.inner': 8,
    'train.length': 8,
    'train.maxIterations': 3,
    'train.adjointIterations': 3,
    'sample.length': 6,
    ...changes,
  });

/** What the engine says of a text. */
async function textOf(
  engine: Engine,
  ...given: Parameters<Engine['openData']>
): Promise<CorpusReport> {
  const { text } = await engine.openData(...given);
  if (!text) throw new Error('The data are no text.');
  return text;
}

test('a corpus is described: held-out tenth, vocabulary, baselines, parameters', async () => {
  const report = await textOf(opened.engine, tiny(), shortText);
  expect(report.characters).toBe(shortText.length);
  expect(report.trainTokens + report.validationTokens).toBe(shortText.length);
  expect(report.validationTokens).toBe(Math.floor(shortText.length / 10));
  expect(report.uniform).toBeCloseTo(Math.log(report.vocabulary));
  expect(report.unigram).toBeLessThan(report.uniform);
  expect(report.preview.slice(0, 4).join('')).toBe('Call');
  expect(report.embedding).toBe(report.vocabulary * 8);
  expect(report.parameters).toBeGreaterThan(report.embedding);
});

test('characters that only the held-out part has are unknown, and counted', async () => {
  const report = await textOf(opened.engine, tiny(), `${'abcdefgh'.repeat(20)}${'xyz'.repeat(4)}`);
  expect(report.unknown).toEqual({ train: 0, heldOut: 12 });
});

test('a text too short to hold a window back is learnt from whole', async () => {
  const report = await textOf(opened.engine, tiny(), 'hello world, again');
  expect(report).toMatchObject({ trainTokens: 18, validationTokens: 0 });
  expect(report.charactersPerToken).toEqual({ train: 1, heldOut: 0 });
  expect(report.unknown).toEqual({ train: 0, heldOut: 0 });
});

test('byte pairs: fewer tokens, more ids', async () => {
  const bpe = await textOf(opened.engine, tiny({ 'data.tokenizer': 'bpe' }), shortText.repeat(3));
  expect(bpe.vocabulary).toBeGreaterThan(256);
  expect(bpe.charactersPerToken.train).toBeGreaterThan(1.5);
});

test('characters a token are those of each part: what was learnt says nothing about the rest', async () => {
  const learnt = 'the cat sat on the mat and the dog sat on the cat, '.repeat(20);
  const heldOut = 'QXZJVKWYPB'.repeat(10);
  const text = learnt.slice(0, 900) + heldOut;
  const { charactersPerToken, validationTokens } = await textOf(
    opened.engine,
    tiny({ 'data.tokenizer': 'bpe', 'data.merges': 64 }),
    text,
  );
  expect(charactersPerToken.train).toBeGreaterThan(2);
  expect(charactersPerToken.heldOut).toBe(100 / validationTokens);
  expect(charactersPerToken.heldOut).toBeLessThan(1.2);
});

test('characters that a model from elsewhere does not know are counted in the part they stand in', async () => {
  const corpus = await readCorpus(tiny(), `${'abcd'.repeat(23)}abx${'yabcd'.repeat(3)}`, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tokenizer: trainTokenizer('char', 'abcd'),
  });
  // 110 characters: 99 to learn from, with x and one y; 11 held out, with two y.
  expect(corpus.facts.unknown).toEqual({ train: 2, heldOut: 2 });
});

test.each([
  ['too short a text', 'abc', /needs 9.*longer text or a shorter window/],
  ['no text', undefined, /no text to learn from/],
])('%s is refused in words', async (_, text, words) => {
  await expect(opened.engine.openTraining(tiny(), text)).rejects.toThrow(words);
});

test('a model goes out as a file, comes back, and writes the same text', async () => {
  const { engine, events } = opened;
  const setup = tiny({ 'sample.temperature': 0, 'sample.prompt': 'Ca§' });
  const written = async (from: 'run' | 'file' = 'run'): Promise<string> => {
    events.length = 0;
    const report = await engine.generate(from, setup);
    expect(report).toMatchObject({ tokens: 6, interrupted: false, unknown: 1 });
    const tokens = events.flatMap((e): readonly SampledToken[] =>
      e.event === 'sampled' ? e.tokens : [],
    );
    expect(tokens).toHaveLength(6);
    for (const { top, probability } of tokens) {
      expect(top).toHaveLength(5);
      expect(probability).toBe(top[0]?.probability);
    }
    return tokens.map(({ text }) => text).join('');
  };
  await engine.openTraining(setup, shortText);
  await engine.train(2);
  const before = await written();
  const file = await engine.exportModel();
  expect(Object.keys(decodeSafetensors(file).tensors)).toContain('dec_attn.qkv_net.weight');

  // The same engine writes with either, and forgets the run when it is told to.
  await engine.train(1);
  await engine.openModel(file);
  expect(await written('file')).toBe(before);
  await engine.closeTraining();
  await expect(engine.generate('run', setup)).rejects.toThrow(/No training run is open/);
  expect(await written('file')).toBe(before);

  const other = await openEngine('cpu');
  expect(await other.engine.openModel(file)).toMatchObject({ step: 2, experiment: setup });
  opened = other;
  events.length = 0;
  other.events.length = 0;
  await other.engine.generate('file', setup);
  const again = other.events.flatMap((e) =>
    e.event === 'sampled' ? e.tokens.map(({ text }) => text) : [],
  );
  expect(again.join('')).toBe(before);
  // The Solve view reads predictions out of every iterate of it.
  const trained = { ...setup, cell: { ...setup.cell, weights: 'trained' as const } };
  expect(await other.engine.configure(trained, file)).toMatchObject({ trained: true });
  await other.engine.step('forward', 2);
  const observed = other.events.filter((e) => e.event === 'observed');
  expect(observed.map(({ iteration }) => iteration)).toEqual([0, 1]);
  const [said] = observed[0]?.observations ?? [];
  expect(said?.kind === 'tokens' && said.positions.length).toBe(setup.input.text.length);
});

test('trained weights that are not there are a fault in words', async () => {
  const setup = tiny({ 'cell.width': 8 });
  const missing = { ...setup, cell: { ...setup.cell, weights: 'trained' as const } };
  await expect(opened.engine.configure(missing)).rejects.toThrow(/not here/);
});

test('strange files are refused in words, and the run is still there', async () => {
  const { engine } = opened;
  const setup = tiny();
  await engine.openTraining(setup, shortText);
  await engine.train(1);
  const good = await engine.exportModel();
  const checkpoint = await engine.saveTraining();
  const foreign = encodeSafetensors({
    tensors: { w: { shape: [1], data: Float32Array.of(1) } },
    metadata: {},
  });
  const { tensors, metadata } = decodeSafetensors(good);
  const reshaped = encodeSafetensors({
    metadata,
    tensors: { ...tensors, embedding: { shape: [2, 2], data: new Float32Array(4) } },
  });
  const spoilt = (file: Uint8Array<ArrayBuffer>, suffix: string): Uint8Array<ArrayBuffer> => {
    const held = decodeSafetensors(file);
    const name = Object.keys(held.tensors).find((one) => one.endsWith(suffix)) ?? '';
    held.tensors[name]?.data.fill(NaN, 3, 5);
    return encodeSafetensors(held);
  };
  const cases: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [good.slice(0, 400), /can’t be used/],
    [foreign, /not written by this page/],
    [reshaped, /embedding has shape \[2, 2\]/],
    [checkpoint, /checkpoint of a run/],
    [spoilt(good, 'qkv_net.weight'), /“dec_attn.qkv_net.weight” holds NaN \(2 of its \d+ values/],
    [new Uint8Array(0), /can’t be used/],
  ];
  for (const [file, words] of cases) await expect(engine.openModel(file)).rejects.toThrow(words);
  // A checkpoint of another shape.
  await expect(
    engine.openTraining(tiny({ 'cell.width': 16 }), shortText, checkpoint),
  ).rejects.toThrow(/can’t be resumed.*shape/);
  await expect(
    engine.openTraining(setup, shortText, spoilt(checkpoint, 'adam.first')),
  ).rejects.toThrow(/adam.first” holds NaN/);
  expect(await engine.train(1)).toMatchObject({ step: 2 });
});

test('numbers that blow up end the run at that step, without an update', async () => {
  const { engine, records } = opened;
  records.length = 0;
  const wild = tiny({
    'solver.method': 'broyden',
    'train.learningRate': 0.1,
    'train.clip': 0,
    'train.schedule': 'constant',
    'data.source': 'brackets',
    'cell.kind': 'tanh',
    'cell.width': 72,
    'cell.gain': 4,
    'train.length': 16,
    'train.maxIterations': 4,
    'train.adjointIterations': 4,
  });
  await engine.openTraining(wild, shortText);
  const progress = await engine.train(60);
  const last = records.at(-1);
  expect(last?.status).toBe(progress.status);
  expect(progress.status).toBe('diverged');
  // The first loss is what the weights give; only a rise is a divergence.
  expect(records[0]?.status).toBe('ok');
  expect(progress.step).toBe((last?.step ?? 0) - 1);
});

test('networks of a twin run are level at every checkpoint and whenever training ends', async () => {
  const { engine, events, records } = opened;
  const setup = tiny({
    ...{ 'cell.kind': 'tanh', 'train.twin': true, 'train.twinDepth': 2 },
    ...{ 'train.validateEvery': 5, 'train.batch': 1 },
  });
  await engine.openTraining(setup, shortText);
  events.length = 0;
  records.length = 0;
  // So few steps that the DEQ's first turn would hold them all.
  await engine.train(20);
  const kept = events.filter((event) => event.event === 'checkpoint');
  expect(kept.length).toBeGreaterThan(1);
  for (const { step, file, validation } of kept) {
    const { deq, twin } = JSON.parse(decodeSafetensors(file).metadata['counts'] ?? '') as Record<
      'deq' | 'twin',
      { readonly step: number }
    >;
    expect({ deq: deq.step, twin: twin.step }).toEqual({ deq: step, twin: step });
    const own = records.find((record) => record.network === 'deq' && record.step === step);
    if (validation !== undefined) expect(own?.validation).toBe(validation);
  }
  // Whatever was best was kept.
  const losses = records.flatMap(({ network, validation }) =>
    network === 'deq' && validation !== undefined ? [validation] : [],
  );
  expect(Math.min(...kept.map(({ validation }) => validation ?? Infinity))).toBe(
    Math.min(...losses),
  );
  const running = engine.train();
  setTimeout(() => {
    engine.interrupt();
  }, 30);
  const { step } = await running;
  for (const network of ['deq', 'twin'])
    expect(records.findLast((record) => record.network === network)?.step).toBe(step);
});
