import type { Metric, Task, TaskBatch } from '../families/task.ts';
import { skipLoss, withStart, type StartRule } from '../implicit/start.ts';

/** Where a run's solves start, and what is asked of that start. */
export interface TrainStart {
  readonly rule: StartRule;
  /** Of the mean square of z* − z0 in what is minimised; 0 asks nothing of the start. */
  readonly weight: number;
}

/** The term that draws the start and the solution together, as a number to watch. */
const skipMetric: Metric = {
  name: 'skip',
  title: 'Start loss',
  unit: 'nats',
  help: 'weight times the mean square of z* − z₀',
  better: 'lower',
  baselines: [],
};

/** Metrics that a start adds to those of a task. */
export const startMetrics = ({ rule, weight }: TrainStart): readonly Metric[] =>
  rule !== 'zeros' && weight > 0 ? [skipMetric] : [];

/**
 * The same task, whose solves start by a rule: at f(0, x) of the same weights (SkipReg-DEQ), or at a map of x that is
 * trained with the model (Skip-DEQ), each with a term of its own beside the loss. Held-out batches are to be solved
 * from zeros as well, to tell what the start saves. Pal, Edelman, Rackauckas 2022. From zeros it is the task itself.
 */
export function startedTask(task: Task, start: TrainStart): Task {
  const { rule, weight } = start;
  if (rule === 'zeros') return task;
  const started = (batch: TaskBatch): TaskBatch => ({
    ...batch,
    problem: (params) => withStart(batch.problem(params), rule),
    fromZeros: (params) => withStart(batch.problem(params), 'zeros'),
    ...(weight > 0
      ? {
          extra: {
            name: skipMetric.name,
            term: (params, z) => skipLoss(batch.problem(params), rule, weight)(params, z),
          },
        }
      : {}),
  });
  const { view } = task;
  return {
    ...task,
    metrics: [...task.metrics, ...startMetrics(start)],
    batchAt: (step, carried) => started(task.batchAt(step, carried)),
    *heldOut() {
      for (const batch of task.heldOut()) yield started(batch);
    },
    ...(view
      ? {
          view: () => {
            const shown = view();
            return { ...shown, problem: (params) => withStart(shown.problem(params), rule) };
          },
        }
      : {}),
  };
}
