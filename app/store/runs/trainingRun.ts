/** A training, as a run: made anew at each of its pauses and checkpoints, under one id. */
import type { RunCurve, RunHead, RunMetric, RunRecord } from '../../../src/runs/run.ts';
import type {
  DeviceReport,
  MemorySample,
  Metric,
  NetworkName,
  TrainRecord,
} from '../../../src/engine/protocol/protocol.ts';
import { familyOf } from '../../../src/families/settings.ts';
import { fieldPaths, sectionOf } from '../../../src/schema/fields.ts';
import { settingAt, type Experiment } from '../../../src/schema/experiment.ts';
import { isRelevant } from '../../../src/schema/relevance.ts';
import { valueWords } from '../../../src/schema/valueWords.ts';
import type { Run } from '../train/types.ts';
import { lower, newHead, runDevice } from './solveRun.ts';

/** What a run is made of a training with. */
export interface SeenTraining {
  readonly run: Run;
  readonly status: string;
  readonly device: DeviceReport | null;
  readonly memory: MemorySample | null;
  /** SHA-256 of the visitor's own text, where it is learnt from. */
  readonly textHash?: string | undefined;
}

/** Records of a network that a trace has room for; of more, each stretch keeps its extremes of the loss. */
const MOST_RECORDS = 4000;

/** At most about `most` records: of each stretch those with the lowest and the highest loss, and both ends. */
export function thinRecords(records: readonly TrainRecord[], most = MOST_RECORDS): TrainRecord[] {
  if (records.length <= most) return [...records];
  const size = Math.ceil(records.length / Math.floor(most / 2));
  const kept = new Set<number>([0, records.length - 1]);
  for (let start = 0; start < records.length; start += size) {
    let [low, high] = [start, start];
    for (let at = start; at < Math.min(start + size, records.length); at++) {
      const loss = records[at]?.loss ?? NaN;
      // What is no number is the highest there is.
      if (Number.isNaN(loss)) high = at;
      else if (loss < (records[low]?.loss ?? NaN)) low = at;
      else if (loss > (records[high]?.loss ?? NaN)) high = at;
    }
    kept.add(low).add(high);
  }
  return records.filter((_, at) => kept.has(at));
}

/**
 * What a loss is of: equal for trainings whose curves may share an axis. The task is the family's data and how they
 * are cut; a seed makes another run of the same task.
 */
export function lossDefinition(experiment: Experiment, metric: Metric, textHash?: string): string {
  const { title, learns } = familyOf(experiment.problem.family);
  const settings = fieldPaths
    .filter((path) => sectionOf(path) === learns?.data && isRelevant(path, experiment))
    .map((path) => valueWords(path, settingAt(experiment, path)));
  const own = textHash === undefined ? [] : [textHash.slice(0, 12)];
  const what = [metric.help ?? metric.title, unitOf(metric)].filter(Boolean).join(', ');
  return `${what}; ${[title, learns?.from ?? 'data', ...settings, ...own].join(', ')}`;
}

/** What is learnt from, in a word or two: "Moby-Dick", "moons", "digits". */
function dataName(experiment: Experiment): string {
  const { learns } = familyOf(experiment.problem.family);
  const path = fieldPaths.find((one) => sectionOf(one) === learns?.data);
  if (path === undefined) return learns?.from ?? 'data';
  return valueWords(path, settingAt(experiment, path));
}

const unitOf = ({ unit, per }: Metric): string => (per === undefined ? unit : `${unit} a ${per}`);

/** The training as a run of its own; `inPlaceOf` gives it the id it had. Of more than `most` records each stretch keeps its extremes. */
export function trainingRun(
  seen: SeenTraining,
  others: readonly RunHead[],
  most = MOST_RECORDS,
): RunRecord {
  const { run, status, device, memory, textHash } = seen;
  const { applied: experiment, report, series } = run;
  const columns: Record<string, Float64Array> = {};
  const curves: RunCurve[] = [];
  const define = (metric: Metric): string => lossDefinition(experiment, metric, textHash);
  const { loss, metrics: named } = report.data;
  /** Records in the trace, of those that were made. */
  const counts = { kept: 0, made: 0 };

  const put = (network: NetworkName): void => {
    const all = series.of(network);
    if (all.length === 0) return;
    const prefix = network === 'twin' ? 'twin.' : '';
    /** Axes of some records, under names that begin so. */
    const axesOf = (records: readonly TrainRecord[], start: string): RunCurve['x'] => {
      const axes = {
        step: (record: TrainRecord) => record.step,
        milliseconds: (record: TrainRecord) => 1000 * record.seconds,
        examples: (record: TrainRecord) => record.examples,
        evaluations: (record: TrainRecord) => record.evaluations,
      };
      return Object.fromEntries(
        Object.entries(axes).map(([axis, value]) => {
          columns[`${start}${axis}`] = Float64Array.from(records, value);
          return [axis, `${start}${axis}`];
        }),
      );
    };
    const add = (
      name: string,
      metric: Pick<RunCurve, 'unit' | 'definition'>,
      x: RunCurve['x'],
      values: Float64Array,
    ): void => {
      columns[prefix + name] = values;
      curves.push({ name: prefix + name, x, unit: metric.unit, definition: metric.definition });
    };
    const records = thinRecords(all, most);
    counts.kept += records.length;
    counts.made += all.length;
    const x = axesOf(records, prefix);
    const ofLoss = { unit: unitOf(loss), definition: define(loss) };
    const of = (value: (record: TrainRecord) => number | undefined) =>
      Float64Array.from(records, (record) => value(record) ?? NaN);
    add(
      'loss',
      ofLoss,
      x,
      of((record) => record.loss),
    );
    add(
      'gradientNorm',
      { unit: '', definition: 'norm of the whole gradient before clipping' },
      x,
      of((record) => record.gradientNorm),
    );
    if (network === 'deq') {
      add(
        'forwardEvaluations',
        { unit: 'evaluations', definition: 'evaluations of f in a step’s forward solve' },
        x,
        of((record) => record.forwardEvaluations),
      );
    }
    for (const metric of named) {
      if (!records.some((record) => record.metrics?.[metric.name] !== undefined)) continue;
      const about = { unit: unitOf(metric), definition: define(metric) };
      add(
        metric.name,
        about,
        x,
        of((record) => record.metrics?.[metric.name]),
      );
    }
    const held = all.filter(({ validation }) => validation !== undefined);
    if (held.length === 0) return;
    const heldX = axesOf(held, `${prefix}held.`);
    const ofHeld = (value: (record: TrainRecord) => number | undefined) =>
      Float64Array.from(held, (record) => value(record) ?? NaN);
    add(
      'validation',
      ofLoss,
      heldX,
      ofHeld((record) => record.validation),
    );
    for (const metric of named) {
      if (!held.some((record) => record.heldOut?.[metric.name] !== undefined)) continue;
      const about = { unit: unitOf(metric), definition: define(metric) };
      add(
        `heldOut.${metric.name}`,
        about,
        heldX,
        ofHeld((r) => r.heldOut?.[metric.name]),
      );
    }
  };
  put('deq');
  put('twin');

  return {
    head: {
      ...newHead(others),
      ...{ kind: 'training', experiment, training: run.id },
      input: {
        name: dataName(experiment),
        ...(textHash === undefined ? {} : { hash: textHash }),
        weights: { from: 'random' },
      },
      device: runDevice(device),
      status,
      metrics: metricsOf(run, memory),
      curves,
      ...(counts.kept < counts.made ? { thinnedFrom: counts.made } : {}),
    },
    trace: { columns },
  };
}

function metricsOf(run: Run, memory: MemorySample | null): Readonly<Record<string, RunMetric>> {
  const { report, series, examplesPerSecond } = run;
  const { loss, metrics, text } = report.data;
  const records = series.of('deq');
  const last = records.at(-1);
  if (!last) return {};
  const { learns } = familyOf(run.applied.problem.family);
  const validated = records.findLast(({ validation }) => validation !== undefined);
  const validation = validated?.validation;
  const best = records.reduce(
    (least, record) => Math.min(least, record.validation ?? Infinity),
    Infinity,
  );
  const perToken = text?.charactersPerToken.heldOut ?? 0;
  const peak = records.reduce((most, { peakBytes }) => Math.max(most, peakBytes), 0);
  const shares = metrics.flatMap(({ name, unit, better }): [string, RunMetric][] => {
    const value = validated?.heldOut?.[name] ?? last.metrics?.[name];
    return value === undefined ? [] : [[name, { value, unit, better }]];
  });
  return {
    steps: { value: last.step, unit: 'steps', better: 'higher' },
    loss: lower(last.loss, unitOf(loss)),
    ...(validation === undefined ? {} : { validation: lower(validation, unitOf(loss)) }),
    ...(Number.isFinite(best) ? { bestValidation: lower(best, unitOf(loss)) } : {}),
    ...(validation !== undefined && perToken > 0
      ? { bitsPerCharacter: lower(validation / Math.LN2 / perToken, 'bits a character') }
      : {}),
    ...Object.fromEntries(shares),
    evaluations: lower(last.evaluations, 'evaluations'),
    milliseconds: lower(1000 * last.seconds, 'ms'),
    ...(last.step > 0 ? { msPerStep: lower((1000 * last.seconds) / last.step, 'ms') } : {}),
    ...(examplesPerSecond === null
      ? {}
      : {
          examplesPerSecond: {
            value: examplesPerSecond,
            unit: `${learns?.unit ?? 'examples'} a second`,
            better: 'higher',
          },
        }),
    // Of its steps; where none was metered, of the engine.
    ...(peak > 0 || memory ? { peakBytes: lower(peak || (memory?.peak ?? 0), 'bytes') } : {}),
  };
}
