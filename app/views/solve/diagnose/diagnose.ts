import { familyRules } from '../../../../src/families/rules.ts';
import { randomGain } from '../../../../src/schema/weights.ts';
/** What went wrong with a solve, from its numbers alone, and what would mend it. */
import type { Experiment } from '../../../../src/schema/experiment.ts';
import { settingsOf } from '../../../../src/numerics/settingsOf.ts';
import { fields, findField, settingAt } from '../../../../src/schema/fields.ts';
import { convergesWhere, iterationName, lostStep } from '../../../../src/schema/maps.ts';
import { hasAdjointOption, hasOption } from '../../../../src/schema/kindPaths.ts';
import type {
  IterationRecord,
  Mixing,
  SolveStatus,
  SpectrumReport,
  StepReport,
} from '../../../../src/engine/protocol/protocol.ts';
import { worst } from '../../../charts/series.ts';
import { formatPower, formatResidual, formatTick, plural, unbroken } from '../../../format.ts';
import {
  allPairs,
  damped,
  forwards,
  ENOUGH_PAIRS,
  gentler,
  isWild,
  mixed,
  newton,
  offered,
  surelyWords,
  surely,
  wider,
  type Fix,
} from './fixes.ts';

/** Everything a diagnosis may rest on. */
export interface Evidence {
  readonly pass: 'forward' | 'backward';
  /** The set-up that the records belong to. */
  readonly experiment: Experiment;
  readonly records: readonly IterationRecord[];
  readonly status: SolveStatus;
  /** The Jacobian at the forward point, where it is known. */
  readonly spectrum: SpectrumReport | null;
  /** The inside of its last step, where it was looked into. */
  readonly lastStep: StepReport | null;
}

/** A sign, what it means in numbers, and what to do. */
export interface Diagnosis {
  readonly title: string;
  readonly says: string;
  readonly fixes: readonly Fix[];
}

/** Steps that a trend is read from. */
const TREND = 5;
/** Steps that going round in circles shows in. */
const ROUND = 10;
/** Float32 holds relative residuals up to about here. */
const FLOOR = 1e-6;
/** A mixing weight, and a condition number, beyond which float32 has too few digits left. */
const LARGE_WEIGHT = 1e3;
const ILL_CONDITIONED = 1e7;
const MOST_ITERATIONS = 200;
/** The tolerance that is offered where float32 cannot reach the one asked for. */
const REACHABLE = 1e-5;
/** A residual that never came below this has not been near a fixed point. */
const NEAR = 0.05;
/**
 * A factor a step beyond which a residual grows; and of the last steps the largest residual over the smallest, within
 * which they go to and fro between two states.
 */
const STEADY = 1.05;
/** A ridge that damps the mixing itself. */
const HEAVY_RIDGE = 1e-2;

/** All that the evidence shows, the likeliest cause first; nothing of a solve that goes well. */
export function diagnose(evidence: Evidence): readonly Diagnosis[] {
  const { status, records, pass } = evidence;
  if (status === 'converged' || status === 'running' || records.length === 0) return [];
  if (pass === 'backward') return [inexact(evidence)];
  // What limits float32, and what the layer or the solver lacks, is a cause; growth and circling are its effects.
  const signs = [wrongWay, roundOff, outOfReach, forgets, nearlySingular, growth, circling];
  for (const sign of signs) {
    const found = sign(evidence);
    if (found) return [found];
  }
  return [unexplained(evidence)];
}

/** Mean factor a step of the last `steps` steps whose residuals are numbers; null without any. */
function factorOf(values: readonly number[], steps: number): number | null {
  const known = values.filter((value) => Number.isFinite(value) && value > 0).slice(-steps - 1);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined || known.length < 3) return null;
  return (last / first) ** (1 / (known.length - 1));
}

const relatives = ({ records }: Evidence): number[] => records.map(({ rel }) => worst(rel));
const radius = ({ experiment, records, spectrum }: Evidence): string =>
  spectrum
    ? `; ${experiment.solver.map === 'plain' ? 'ρ' : 'the ρ of plain iteration'} ${spectrum.settled ? '=' : '≈'} ${spectrum.radius.toFixed(2)}, estimated at iteration ${String(spectrum.iteration)}${spectrum.iteration === records.at(-1)?.iteration ? '' : ', where the residual was lowest'}`
    : '';

/** A map whose step is 0 or less: it leads nowhere, whatever the layer is. */
function wrongWay({ experiment }: Evidence): Diagnosis | null {
  const path = lostStep(experiment);
  const field = path && findField(path);
  if (!field) return null;
  const value = Number(settingAt(experiment, path));
  const name = field.symbol ?? field.label;
  return {
    title:
      value === 0
        ? `With ${name} = 0 nothing moves`
        : `With ${name} = ${formatTick(value)} every step goes the wrong way`,
    says: `${iterationName(experiment)} converges only where its step ${name} is above 0: ${value === 0 ? 'at 0 every point is one where it stays' : 'below 0 it moves away from the fixed point'}.`,
    fixes: forwards(experiment),
  };
}

/** A layer that no solver comes near a fixed point of. */
function outOfReach(evidence: Evidence): Diagnosis | null {
  const { experiment, spectrum } = evidence;
  const values = relatives(evidence).filter(Number.isFinite);
  const fixes = gentler(experiment, spectrum);
  const random = randomGain(experiment);
  if (!random || !isWild(experiment, spectrum) || fixes.length === 0) return null;
  const lowest = Math.min(...values);
  if (!(lowest > NEAR)) return null;
  return {
    title: 'The layer stretches too much for any solver',
    says: `The residual never came below ${unbroken(formatResidual(lowest))}${radius(evidence)}. With a weight gain of ${random.gain.toFixed(2)} there may be a fixed point, but none that these solvers come near.`,
    fixes,
  };
}

function growth(evidence: Evidence): Diagnosis | null {
  const { experiment, records, spectrum, status } = evidence;
  // Relative residuals saturate: the absolute one shows an error that grows.
  const values = records.map(({ abs }) => worst(abs));
  const known = values.filter(Number.isFinite);
  const recent = known.slice(-TREND - 1);
  const rises = recent.length > 2 && recent.every((x, i) => i === 0 || x > (recent[i - 1] ?? 0));
  const blownUp = status === 'diverged' || status === 'nonfinite';
  // Round-off rises a few times in a row, too.
  const real = rises && Math.max(...relatives(evidence).slice(-TREND)) > 10 * FLOOR;
  const factor = factorOf(values, TREND);
  // Between two states the residual creeps up to its bound: that is no growth.
  if (!blownUp && !(real && factor !== null && factor > STEADY)) return null;
  // Of plain iteration's rate alone.
  const itself = experiment.solver.map === 'plain';
  if (!blownUp && itself && spectrum?.settled === true && spectrum.radius < 1) return null;
  const { plain = false } = settingsOf(experiment.solver.method);
  const title = iterationName(experiment);
  const where = itself ? 'only where ρ is below 1' : convergesWhere(experiment);
  const reason =
    plain && where !== undefined
      ? ` ${itself ? 'Plain iteration' : title} converges ${where}.`
      : '';
  const grew =
    factor !== null && factor > 1
      ? `The residual grew ×${factor.toFixed(2)} a step over the last ${String(Math.min(TREND, known.length - 1))}`
      : 'The residual blew up within a few steps';
  const end =
    status === 'nonfinite'
      ? `, and at iteration ${String(records.at(-1)?.iteration ?? 0)} it was no longer a finite number`
      : '';
  return {
    title:
      plain && factor !== null && factor > 1
        ? `${title} amplifies the error ×${factor.toFixed(2)} per step`
        : `${title} moves away from the fixed point`,
    says: `${grew}${end}${radius(evidence)}.${reason}${surelyWords(experiment)}`,
    fixes: [
      ...surely(experiment),
      ...mixed(experiment),
      ...wider(experiment),
      ...newton(experiment),
      ...gentler(experiment, spectrum),
    ],
  };
}

/** A limited memory that dropped pairs which it would have needed. */
function forgets(evidence: Evidence): Diagnosis | null {
  const { experiment, records, status } = evidence;
  const { method, rank, stopMode, tolerance } = experiment.solver;
  const dropped = records.find(({ event }) => event === 'rank-limit');
  if (!hasOption(method, 'rank') || !dropped) return null;
  const values = relatives(evidence);
  const factor = factorOf(values, ROUND);
  // Still on its way down: then what it lacks is iterations.
  if (status !== 'diverged' && status !== 'nonfinite' && factor !== null && factor < 0.9)
    return null;
  // Thirty are enough for most; where a dozen were not, keep all.
  const more = rank <= ENOUGH_PAIRS / 3 ? ENOUGH_PAIRS : allPairs(experiment.solver);
  if (more <= rank) return null;
  // Nor does any number of pairs get below what float32 resolves.
  const unreachable = stopMode === 'rel' && tolerance < FLOOR;
  const before = Math.min(...values.slice(0, dropped.iteration + 1));
  return {
    title: `${settingsOf(method).title} is short of memory`,
    says: `It keeps ${plural(rank, 'pair')}. From iteration ${String(dropped.iteration)} on, when the residual had come down to ${unbroken(formatResidual(before))}, each new pair pushes out the oldest, which the later ones were built on; now the residual is ${unbroken(formatResidual(values.at(-1)))}. A larger limit costs two states a pair.`,
    fixes: [
      {
        label: `Rank limit ${String(more)}${unreachable ? `, tolerance ${formatPower(REACHABLE)}` : ''}`,
        patch: {
          'solver.rank': more,
          ...(unreachable ? { 'solver.tolerance': REACHABLE } : {}),
        },
      },
    ],
  };
}

function nearlySingular({ experiment, records, lastStep }: Evidence): Diagnosis | null {
  const { method, ridge, window, convention } = experiment.solver;
  if (!hasOption(method, 'ridge')) return null;
  const singular = records.filter(({ event }) => event === 'singular-system').length;
  const mixing = lastStep?.mixing ?? [];
  const most = (of: (one: Mixing) => number): number =>
    mixing.map(of).reduce((most, value) => (value > most ? value : most), 0);
  const [condition, largest] = [most((one) => one.condition), most((one) => one.largest)];
  if (singular === 0 && !(condition > ILL_CONDITIONED) && !(largest > LARGE_WEIGHT)) return null;
  const says = [
    ...(singular > 0
      ? [
          `${plural(singular, 'step')} of ${String(records.length - 1)} found a pivot below 1e-6 of its size and fell back to Picard`,
        ]
      : []),
    ...(mixing.length > 0
      ? [
          `in the last ${plural(mixing.length, 'step')} the Gram matrix with its ridge had a condition number up to ${unbroken(formatResidual(condition))} (bad above 1e7), and max |α| was ${unbroken(formatResidual(largest))} (bad above 1e3)`,
        ]
      : []),
  ].join('; ');
  // More residuals than dimensions always depend on each other.
  const { dimensions } = familyRules[experiment.problem.family];
  const fewer = Math.min(3, dimensions?.(experiment) ?? 3);
  // Hundredfold, and at least the default: what is left of less is round-off again.
  const more = Math.min(1, Math.max(ridge * 100, fields.solver.ridge.default));
  return {
    title: 'The mixing problem is nearly singular',
    says: `${says.charAt(0).toUpperCase()}${says.slice(1)}. The residuals that are mixed nearly depend on each other.`,
    fixes: [
      // Under a library's convention the ridge is the library's.
      ...(convention === 'own' && more > ridge
        ? [{ label: `λ = ${formatPower(more)}`, patch: { 'solver.ridge': more } }]
        : []),
      ...(window > fewer
        ? [{ label: `m = ${String(fewer)}`, patch: { 'solver.window': fewer } }]
        : []),
      ...newton(experiment),
    ],
  };
}

function roundOff(evidence: Evidence): Diagnosis | null {
  const { experiment } = evidence;
  const values = relatives(evidence).filter(Number.isFinite);
  const lowest = Math.min(...values);
  if (!(lowest < FLOOR) || values.length <= ROUND) return null;
  const recent = values.slice(-ROUND);
  // Still on its way down: then it is the limit that was too low.
  if (Math.min(...recent) < Math.min(...values.slice(0, -ROUND)) / 3) return null;
  const { stopMode, tolerance } = experiment.solver;
  const absolutes = evidence.records.map(({ abs }) => worst(abs)).filter(Number.isFinite);
  const [reached, floor] =
    stopMode === 'rel'
      ? ['relative residual', lowest]
      : ['absolute residual', Math.min(...absolutes)];
  return {
    title: 'This is float32 round-off, not the solver',
    says: `The ${reached} came down to ${unbroken(formatResidual(floor))}${stopMode === 'abs' ? `, ${unbroken(formatResidual(lowest))} of ‖f‖,` : ''} and has stayed there: numbers of 24 bits are only exact to 6e-8 each, and f adds up many of them. No solver gets lower here; the tolerance of ${unbroken(formatPower(tolerance))} is below that floor.`,
    fixes: [
      {
        label: `${stopMode === 'abs' ? 'Relative, tolerance' : 'Tolerance'} ${formatPower(REACHABLE)}`,
        patch: {
          'solver.tolerance': REACHABLE,
          ...(stopMode === 'abs' ? { 'solver.stopMode': 'rel' } : {}),
        },
      },
    ],
  };
}

function circling(evidence: Evidence): Diagnosis | null {
  const { experiment, spectrum, status } = evidence;
  if (status === 'diverged' || status === 'nonfinite') return null;
  const values = relatives(evidence).slice(-ROUND - 1);
  const factor = factorOf(values, ROUND);
  // What float32 cannot resolve goes up and down too.
  if (factor === null || values.length <= ROUND || !(Math.min(...values) > FLOOR)) return null;
  const ups = values.filter((value, i) => i > 0 && value > (values[i - 1] ?? 0)).length;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const still = factor > 0.9 && factor < 1.1;
  const near = spectrum ? Math.abs(spectrum.radius - 1) < 0.1 : Math.abs(factor - 1) < 0.05;
  if (!still || !((ups >= 2 && ups <= ROUND - 2) || near)) return null;
  // One that only falls, however slowly, is on its way.
  if (ups === 0 && factor < 0.999) return null;
  const { plain = false } = settingsOf(experiment.solver.method);
  // A bounded layer whose residual stays as it is goes to and fro: half a step lands in the middle.
  const swings = plain && high < STEADY * low;
  const round = spectrum && spectrum.radius > 1.1;
  return {
    title: swings
      ? 'It swings about the fixed point'
      : // Round a fixed point that repels this much it is no circle.
        round
        ? 'It never settles: the fixed point repels it'
        : 'It circles the fixed point',
    says: `Over the last ${String(ROUND)} steps the residual rose ${String(ups)} times and changed by ×${factor.toFixed(2)} a step, between ${unbroken(formatResidual(low))} and ${unbroken(formatResidual(high))}${radius(evidence)}.${surelyWords(experiment)}`,
    fixes: [
      ...surely(experiment),
      ...(swings ? damped(experiment) : []),
      ...mixed(experiment),
      ...wider(experiment),
      ...newton(experiment),
      ...gentler(experiment, spectrum),
    ],
  };
}

/** Iterations that get from `residual` to `tolerance` at a factor a step, with room to spare; null beyond the most allowed. */
function limitFor(
  made: number,
  residual: number,
  tolerance: number,
  factor: number | null,
): number | null {
  if (factor === null || !(factor < 1)) return null;
  const needed = made + Math.max(0, Math.log(tolerance / residual) / Math.log(factor));
  const limit = 10 * Math.ceil((1.5 * needed) / 10);
  return needed <= MOST_ITERATIONS ? Math.min(MOST_ITERATIONS, limit) : null;
}

/** A backward solve that falls short: by its limit, by its tolerance, by its memory, or by its method. */
function inexact({ experiment, records, status }: Evidence): Diagnosis {
  const { tolerance, maxIterations, solver, rank } = experiment.backward;
  const residuals = records.map(({ rel }) => worst(rel));
  const residual = residuals.at(-1) ?? NaN;
  const lowest = Math.min(...residuals.filter(Number.isFinite));
  const factor = factorOf(residuals, TREND);
  const blownUp = status === 'diverged' || status === 'nonfinite';
  const floor = lowest < FLOOR && !((factorOf(residuals, ROUND) ?? 1) < 0.9);
  const limit = limitFor(maxIterations, residual, Math.max(tolerance, FLOOR), factor);
  const falls = !blownUp && factor !== null && factor < 0.95 && limit !== null;
  const pairs = Math.min(MOST_ITERATIONS, Math.max(2 * ENOUGH_PAIRS, maxIterations));
  const how = blownUp
    ? 'It blew up'
    : status === 'stalled'
      ? 'It stalled; float32 may allow no less'
      : `It reached its limit of ${plural(maxIterations, 'iteration')}`;
  const fixes: Fix[] = [];
  const strong = offered('last-resort');
  if (status === 'stalled' || floor || tolerance < FLOOR)
    fixes.push({
      label: `Adjoint tol. ${formatPower(REACHABLE)}`,
      patch: { 'backward.tolerance': Math.max(REACHABLE, tolerance) },
    });
  else if (falls && limit > maxIterations)
    fixes.push({ label: `Limit ${String(limit)}`, patch: { 'backward.maxIterations': limit } });
  else if (hasAdjointOption(solver, 'rank') && rank < pairs)
    fixes.push({ label: `Adjoint rank ${String(pairs)}`, patch: { 'backward.rank': pairs } });
  if (solver !== strong.id)
    fixes.push({
      label: `Adjoint by ${strong.title}`,
      patch: {
        'backward.solver': strong.id,
        ...(rank < pairs ? { 'backward.rank': pairs } : {}),
      },
    });
  if (fixes.length === 0)
    fixes.push({ label: 'Phantom gradient', patch: { 'backward.method': 'phantom' } });
  return {
    title: 'The gradient is inexact',
    says: `The adjoint solve ended at a residual of ${unbroken(formatResidual(residual))}, above its tolerance of ${unbroken(formatPower(tolerance))}. ${how}${factor === null ? '' : `; the last steps changed it by ×${factor.toFixed(2)} each`}.`,
    fixes,
  };
}

/** A solve that ended too early and shows none of the signs. */
function unexplained(evidence: Evidence): Diagnosis {
  const { experiment, status, records } = evidence;
  const { maxIterations, tolerance, stopMode, method, ridge, convention, damping } =
    experiment.solver;
  const values = records.map((record) => worst(record[stopMode]));
  const residual = values.at(-1) ?? NaN;
  const factor = factorOf(values, ROUND);
  if (status === 'stalled')
    return {
      title: 'The residual no longer changes',
      says: `It has stayed at ${unbroken(formatResidual(residual))} for 30 iterations, within three times the tolerance of ${unbroken(formatPower(tolerance))}.`,
      fixes: [
        {
          label: `Tolerance ${formatPower(Math.min(0.1, 10 * tolerance))}`,
          patch: { 'solver.tolerance': Math.min(0.1, 10 * tolerance) },
        },
      ],
    };
  const left =
    factor !== null && factor < 1 ? Math.log(tolerance / residual) / Math.log(factor) : NaN;
  // What float32 does not reach, no limit does.
  const unreachable = stopMode === 'rel' && tolerance < FLOOR;
  const aim = unreachable ? REACHABLE : tolerance;
  const usual = fields.solver.maxIterations.default;
  // A few steps show no pace.
  const limit = factor === null ? usual : limitFor(maxIterations, residual, aim, factor);
  const more =
    limit !== null && limit > maxIterations
      ? { 'solver.maxIterations': Math.max(limit, usual) }
      : {};
  const patch = unreachable ? { 'solver.tolerance': aim, ...more } : more;
  const words = [
    ...(unreachable ? [`Tolerance ${formatPower(aim)}`] : []),
    ...('solver.maxIterations' in more ? [`Limit ${String(more['solver.maxIterations'])}`] : []),
  ];
  const heavy = hasOption(method, 'ridge') && convention === 'own' && ridge >= HEAVY_RIDGE;
  return {
    title: 'It ran out of iterations',
    says: `The residual is ${unbroken(formatResidual(residual))} after ${plural(maxIterations, 'iteration')}${
      factor === null ? '' : ` and changes by ×${factor.toFixed(2)} a step`
    }${left > 0 && !unreachable ? `; at that pace about ${String(Math.ceil(left))} more would do` : ''}${radius(evidence)}.`,
    fixes: [
      ...(words.length > 0 ? [{ label: words.join(', '), patch }] : []),
      ...(heavy
        ? [{ label: 'λ = 1e-4', patch: { 'solver.ridge': fields.solver.ridge.default } }]
        : []),
      ...(hasOption(method, 'window') && damping < 0.5
        ? [{ label: 'β = 1', patch: { 'solver.damping': 1 } }]
        : []),
      ...newton(experiment).map(({ label, patch: own }) => ({
        label: unreachable ? `${label}, tolerance ${formatPower(aim)}` : label,
        patch: {
          ...patch,
          ...own,
          ...(maxIterations < usual ? { 'solver.maxIterations': usual } : {}),
        },
      })),
      ...(words.length === 0 && method === offered('last-resort').id
        ? gentler(experiment, evidence.spectrum)
        : []),
    ],
  };
}
