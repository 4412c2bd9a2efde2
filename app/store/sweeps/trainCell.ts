/** One training of a sweep, from its start to its last step. */
import { EngineError } from '../../../src/engine/client.ts';
import type { Experiment, TrainingText } from '../../../src/engine/protocol/protocol.ts';
import { predictRun } from '../../../src/memory/trainingLaw.ts';
import type { OwnEngine } from '../runs/ownEngine.ts';
import type { SeenTraining } from '../runs/trainingRun.ts';
import { TrainSeries } from '../train/series.ts';
import { tooLarge } from '../train/tooLarge.ts';
import type { Run } from '../train/types.ts';

/**
 * Trains until its last step is made or its numbers blow up, which is a result. Rejects as bad input where it would
 * need more memory than the set-up allows.
 */
export async function trainCell(
  engine: OwnEngine,
  experiment: Experiment,
  text: TrainingText,
  onStep: (step: number) => void,
): Promise<SeenTraining> {
  const series = new TrainSeries();
  const { report, status } = await engine.ask(
    async (commands) => {
      const peak = predictRun(experiment, await commands.meterTraining(experiment, text));
      const refusal = tooLarge(experiment, peak);
      if (refusal !== undefined) throw new EngineError({ kind: 'bad-input', message: refusal });
      const opened = await commands.openTraining(experiment, text);
      const { status: end } = await commands.train();
      await commands.closeTraining();
      return { report: opened, status: end };
    },
    (records) => {
      series.push(records);
      onStep(series.of('deq').at(-1)?.step ?? 0);
    },
  );
  const run: Run = {
    // Kept nowhere but as a run: there are no checkpoints to go on from.
    ...{ id: '', applied: experiment, report, series, ...series.newest() },
    ...{ version: 0, secondsLeft: null, examplesPerSecond: null },
  };
  return { run, status, device: engine.device(), memory: null };
}
