/** What went wrong with a solve, from its numbers alone, and what would mend it. */
import type { Experiment } from '../../../../src/config/experiment.ts';
import { fields } from '../../../../src/config/fields.ts';
import type {
  IterationRecord,
  Mixing,
  SolveStatus,
  SpectrumReport,
  StepReport,
} from '../../../../src/engine/protocol.ts';
import { worst } from '../../../charts/series.ts';
import { formatPower, formatResidual, plural, unbroken } from '../../../format.ts';
import { damped, gentler, newton, type Fix } from './fixes.ts';

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

/** All that the evidence shows, the likeliest cause first; nothing of a solve that goes well. */
export function diagnose(evidence: Evidence): readonly Diagnosis[] {
  const { status, records, pass } = evidence;
  if (status === 'converged' || status === 'running' || records.length === 0) return [];
  if (pass === 'backward') return [inexact(evidence)];
  const signs = [growth, nearlySingular, roundOff, circling].flatMap((sign) => {
    const found = sign(evidence);
    return found ? [found] : [];
  });
  return signs.length > 0 ? signs : [unexplained(evidence)];
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
const radius = ({ spectrum }: Evidence): string =>
  spectrum
    ? `; ρ ${spectrum.settled ? '=' : '≈'} ${spectrum.radius.toFixed(2)}, estimated at iteration ${String(spectrum.iteration)}`
    : '';

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
  if (!real && !blownUp) return null;
  const factor = factorOf(values, TREND);
  if (!blownUp && spectrum?.settled === true && spectrum.radius < 1) return null;
  const { method } = experiment.solver;
  const name = { picard: 'Picard', anderson: 'Anderson', broyden: 'Broyden' }[method];
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
      method === 'picard' && factor !== null && factor > 1
        ? `Picard amplifies the error ×${factor.toFixed(2)} per step`
        : `${name} moves away from the fixed point`,
    says: `${grew}${end}${radius(evidence)}. Plain iteration converges only where ρ is below 1.`,
    fixes: [
      ...(method === 'picard'
        ? [{ label: 'Anderson, m = 5', patch: { 'solver.method': 'anderson', 'solver.window': 5 } }]
        : []),
      ...(method === 'anderson' ? newton(experiment) : []),
      ...damped(experiment),
      ...gentler(experiment, spectrum),
    ],
  };
}

function nearlySingular({ experiment, records, lastStep }: Evidence): Diagnosis | null {
  const { method, ridge, window, convention } = experiment.solver;
  if (method !== 'anderson') return null;
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
      ...(window > 3 ? [{ label: 'm = 3', patch: { 'solver.window': 3 } }] : []),
      ...newton(experiment),
    ],
  };
}

function roundOff(evidence: Evidence): Diagnosis | null {
  const { experiment, status } = evidence;
  if (status !== 'stalled' && status !== 'max-iterations') return null;
  const values = relatives(evidence).filter(Number.isFinite);
  const lowest = Math.min(...values);
  if (!(lowest < FLOOR) || values.length <= ROUND) return null;
  const recent = values.slice(-ROUND);
  // Still on its way down: then it is the limit that was too low.
  if (Math.min(...recent) < Math.min(...values.slice(0, -ROUND)) / 3) return null;
  const { stopMode, tolerance } = experiment.solver;
  return {
    title: 'This is float32 round-off, not the solver',
    says: `The relative residual came down to ${unbroken(formatResidual(lowest))} and has stayed there: numbers of 24 bits are only exact to 6e-8 each, and f adds up many of them. No solver gets lower here; the tolerance of ${unbroken(formatPower(tolerance))} is below that floor.`,
    fixes: [
      {
        label: 'Tolerance 1e-5',
        patch: {
          'solver.tolerance': 1e-5,
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
  const turning = ups >= 2 && ups <= ROUND - 2;
  const near = spectrum ? Math.abs(spectrum.radius - 1) < 0.1 : Math.abs(factor - 1) < 0.05;
  const still = factor > 0.9 && factor < 1.1;
  if (!still || !(turning || near)) return null;
  return {
    // Round a fixed point that repels this much it is no circle.
    title:
      spectrum && spectrum.radius > 1.1
        ? 'It neither converges nor blows up: the fixed point repels it'
        : 'It circles the fixed point',
    says: `Over the last ${String(ROUND)} steps the residual rose ${String(ups)} times and changed by ×${factor.toFixed(2)} a step, between ${unbroken(formatResidual(Math.min(...values)))} and ${unbroken(formatResidual(Math.max(...values)))}${radius(evidence)}.`,
    fixes: [
      ...damped(experiment),
      ...newton(experiment),
      ...(spectrum && spectrum.radius > 1.1 ? gentler(experiment, spectrum) : []),
    ],
  };
}

/** A backward solve that falls short, however it did. */
function inexact({ experiment, records, status }: Evidence): Diagnosis {
  const { tolerance, maxIterations, solver } = experiment.backward;
  const residuals = records.map(({ rel }) => worst(rel));
  const residual = residuals.at(-1) ?? NaN;
  const factor = factorOf(residuals, TREND);
  const blownUp = status === 'diverged' || status === 'nonfinite';
  const how = blownUp
    ? 'It blew up'
    : status === 'stalled'
      ? 'It stalled; float32 may allow no less'
      : `It reached its limit of ${plural(maxIterations, 'iteration')}`;
  const more = Math.min(MOST_ITERATIONS, 2 * maxIterations);
  const fixes: Fix[] = [];
  if (!blownUp && more > maxIterations)
    fixes.push({ label: `Limit ${String(more)}`, patch: { 'backward.maxIterations': more } });
  if (blownUp && solver !== 'broyden')
    fixes.push({ label: 'Adjoint by Broyden', patch: { 'backward.solver': 'broyden' } });
  if (status === 'stalled')
    fixes.push({ label: 'Adjoint tol. 1e-5', patch: { 'backward.tolerance': 1e-5 } });
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
  const { maxIterations, tolerance, stopMode } = experiment.solver;
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
  const more = Math.min(MOST_ITERATIONS, 2 * maxIterations);
  return {
    title: 'It ran out of iterations',
    says: `The residual is ${unbroken(formatResidual(residual))} after ${plural(maxIterations, 'iteration')}${
      factor === null ? '' : ` and changes by ×${factor.toFixed(2)} a step`
    }${left > 0 ? `; at that pace about ${String(Math.ceil(left))} more would do` : ''}${radius(evidence)}.`,
    fixes: [
      ...(more > maxIterations
        ? [{ label: `Limit ${String(more)}`, patch: { 'solver.maxIterations': more } }]
        : []),
      ...newton(experiment),
    ],
  };
}
