import type { Experiment } from '../../../../src/schema/experiment.ts';
import type { StepReport } from '../../../../src/engine/protocol/protocol.ts';
import { eventWords } from '../../../charts/series.ts';
import { formatResidual, plural } from '../../../format.ts';
import { returnedPoint } from '../conventions/conventionWords.ts';
import { normsOver, residualFormulas } from '../residualFormulas.ts';

/** Weights beyond this cancel each other, and with them digits. */
const LARGE_WEIGHT = 5;

/** A number with its name, drawn as a bar. */
export interface StageBar {
  readonly name: string;
  readonly value: number;
}

/** One moment of an iteration. */
export interface Stage {
  readonly key: 'evaluate' | 'residual' | 'solve' | 'step' | 'accept';
  /** A few words for the list of stages. */
  readonly title: string;
  /** One or two sentences. */
  readonly words: string;
  /** What is computed, as a formula. */
  readonly formula: string;
  readonly bars: readonly StageBar[];
  /** Signed bars have their zero in the middle. */
  readonly signed?: boolean;
  readonly warning?: string;
}

/** What is narrated. */
export interface Narrated {
  readonly step: StepReport;
  /** Iteration at which the engine's count begins. */
  readonly start: number;
  /** Of the solve that is narrated. */
  readonly solver: Pick<Experiment['solver'], 'method' | 'damping' | 'window' | 'convention'>;
}

/** The five moments of the step from iteration k to the next. */
export function stagesOf({ step, start, solver }: Narrated): readonly Stage[] {
  // Anderson's first step is Picard's, at full length.
  const first = step.method === 'anderson' && solver.window > 1 && step.weights === undefined;
  const damping = first ? 1 : solver.damping;
  const k = step.iteration + start;
  const [here, there] = [subscript(k), subscript(k + 1)];
  return [
    {
      key: 'evaluate',
      title: 'Evaluate the layer',
      formula: `f(z${here})`,
      words: `The layer is applied to z${here} once. What comes out has length ${formatResidual(step.image)}; what went in, ${formatResidual(step.size)}.`,
      bars: [
        { name: `‖z${here}‖`, value: step.size },
        { name: `‖f(z${here})‖`, value: step.image },
      ],
    },
    {
      key: 'residual',
      title: 'See what is left',
      formula: `g = f(z${here}) − z${here}`,
      words: residualWords(step, solver),
      bars: [
        { name: `‖f(z${here})‖`, value: step.image },
        { name: '‖g‖', value: step.pull },
      ],
    },
    solveStage(step),
    {
      key: 'step',
      title: 'Take the step',
      formula: stepFormula(step.method, damping, here, there),
      words: stepWords(step, damping),
      bars: [
        { name: '‖g‖', value: step.pull },
        { name: `‖z${there} − z${here}‖`, value: step.step },
      ],
    },
    {
      key: 'accept',
      title: 'Look again',
      formula: `f(z${there}) − z${there}`,
      words: verdict(step, solver),
      bars: [
        { name: `before, k = ${String(k)}`, value: step.residual },
        { name: `after, k = ${String(k + 1)}`, value: step.next },
      ],
      ...(step.event ? { warning: `${eventWords[step.event]}.` } : {}),
    },
  ];
}

/** What is left, and the residual that follows from it by the rules in use. */
function residualWords(
  { pull, residual, relative }: StepReport,
  solver: Narrated['solver'],
): string {
  const moves = `The layer still moves the state by ${formatResidual(pull)}`;
  if (solver.convention === 'own')
    return `${moves}, which is ${formatResidual(relative)} of its length: the relative residual.`;
  const { rel } = residualFormulas({ solver }, 'forward');
  return `${moves}. By the convention in use the residual is ${formatResidual(residual)}, and the relative residual ${rel}, over ${normsOver[solver.convention]}, ${formatResidual(relative)}.`;
}

function solveStage({ method, weights = [], pairs = [] }: StepReport): Stage {
  if (method === 'anderson') {
    const largest = Math.max(0, ...weights.map(Math.abs));
    return {
      key: 'solve',
      title: 'Find the mixing weights',
      formula: 'min ‖Σ αᵢ gᵢ‖, Σ αᵢ = 1',
      words:
        weights.length > 1
          ? `Of the last ${String(weights.length)} residuals, which mix nearly cancels? A small least-squares problem says: these weights, which sum to 1.`
          : 'There is one evaluation only, so there is nothing to mix: its weight is 1.',
      bars: weights.map((value, age) => ({
        name: age === 0 ? 'newest' : `−${String(age)}`,
        value,
      })),
      signed: true,
      ...(largest > LARGE_WEIGHT
        ? {
            warning: `The largest weight is ${formatResidual(largest)}: evaluations nearly cancel, and rounding errors grow as much. A smaller window or a larger ridge helps.`,
          }
        : {}),
    };
  }
  if (method === 'broyden') {
    return {
      key: 'solve',
      title: 'Correct the direction',
      formula: 'd = −B g, B = −I + Σ uᵢ vᵢᵀ',
      words:
        pairs.length > 0
          ? `The inverse Jacobian is guessed: minus the identity and ${plural(pairs.length, 'correction')} of rank one, learnt from earlier steps. Each bar is the size of one.`
          : 'Nothing has been learnt yet: the inverse Jacobian is guessed to be minus the identity, so this is a plain step.',
      bars: pairs.map((value, index) => ({ name: String(index + 1), value })),
    };
  }
  return {
    key: 'solve',
    title: 'Nothing to solve',
    formula: 'd = g',
    words:
      'Picard goes where the layer points. It keeps no history, and there is nothing to solve.',
    bars: [],
  };
}

function stepFormula(
  method: StepReport['method'],
  damping: number,
  here: string,
  there: string,
): string {
  const beta = damping === 1 ? '' : `${String(damping)} · `;
  if (method === 'broyden') return `z${there} = z${here} + s d`;
  if (method === 'picard') return `z${there} = z${here} + ${beta}g`;
  return damping === 1 ? `z${there} = Σ αᵢ f(zᵢ)` : `z${there} = Σ αᵢ (zᵢ + ${beta}gᵢ)`;
}

function stepWords({ step, pull, evaluations, method }: StepReport, damping: number): string {
  const ratio = step / pull;
  const beside =
    ratio > 1.05
      ? `${ratio.toPrecision(2)} times as far as the layer points`
      : ratio < 0.95
        ? `${formatResidual(ratio)} of the way the layer points`
        : 'as far as the layer points';
  const moved = `the state moves by ${formatResidual(step)}: ${beside}.`;
  if (method === 'broyden') {
    return evaluations > 1
      ? `After ${plural(evaluations, 'trial')} of the line search, each an evaluation of f, ${moved}`
      : `At full length (s = 1), ${moved}`;
  }
  return `${damping === 1 ? 'Undamped (β = 1)' : `Damped by β = ${String(damping)}`}, ${moved}`;
}

const answersLast = (solver: Narrated['solver']): boolean => returnedPoint(solver).includes('last');

function verdict({ residual, next }: StepReport, solver: Narrated['solver']): string {
  if (!Number.isFinite(next))
    return 'The new residual isn’t a finite number: the solve has blown up.';
  const factor = next / residual;
  const change = `from ${formatResidual(residual)} to ${formatResidual(next)}`;
  return factor < 1
    ? `The residual falls ${change}, to ${formatResidual(factor)} of what it was. The step stands.`
    : `The residual goes ${change}, ${formatResidual(factor)} times what it was. The step stands all the same: ${answersLast(solver) ? 'by this convention the last point is the answer' : 'the best point so far is kept'}.`;
}

const digits = '₀₁₂₃₄₅₆₇₈₉';

/** A whole number as a subscript. */
export const subscript = (value: number): string =>
  Array.from(String(value), (digit) => digits.charAt(Number(digit))).join('');
