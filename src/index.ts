/**
 * The engine's public face: what a page, a script or a test may call. Everything here works
 * in a browser, in a worker and in Node.
 */
export { initBackend, setWasmBase } from './tf/backend.ts';
export type { BackendInfo, BackendName, BackendPreference } from './tf/backend.ts';
export { selfTest } from './tf/selfTest.ts';
export type { SelfTestReport } from './tf/selfTest.ts';
export { MemoryMeter } from './tf/memory.ts';
export type { MemorySample } from './tf/memory.ts';
export type { Params } from './tf/params.ts';

export { iterate, solve } from './solvers/iterate.ts';
export type { Solution } from './solvers/iterate.ts';
export type {
  FixedPointMap,
  IterationRecord,
  SolverEvent,
  SolverOptions,
  SolveStatus,
} from './solvers/solver.ts';

export { linearize } from './gradients/linearize.ts';
export type { Linearization } from './gradients/linearize.ts';

export type { EquilibriumProblem } from './model/problem.ts';
export { languageModel } from './model/languageModel.ts';
export type {
  Batch,
  LanguageModel,
  LanguageModelConfig,
  SegmentMemory,
} from './model/languageModel.ts';
export type { ParameterSpec } from './model/parameters.ts';
export { addScales, normalise, pullThroughNorm } from './model/weightNorm.ts';
export { generate } from './model/generate.ts';
export type { GeneratedToken, GenerationSetup } from './model/generate.ts';
export { readOut } from './model/readOut.ts';

export { valueAndGradient } from './model/valueAndGradient.ts';
export type { GradientMethod, ValueAndGradient } from './model/valueAndGradient.ts';
export { spectralNorm, spectralRadius } from './model/jacobian.ts';
export { jacobianPenalty } from './model/jacobianPenalty.ts';

export { parseExperiment } from './config/experiment.ts';
export type { Experiment } from './config/experiment.ts';
export { decodeLink, encodeLink } from './config/link.ts';
export { loadTokenizer, saveTokenizer, trainTokenizer } from './data/tokenizer.ts';
export type { Tokenizer } from './data/tokenizer.ts';
export { trainingBatch, validationBatches } from './data/batches.ts';
export { decodeSafetensors, encodeSafetensors } from './data/safetensors.ts';
export { createRandom } from './data/random.ts';
export type { Random } from './data/random.ts';

export { Trainer } from './train/trainer.ts';
export type { TrainerSetup } from './train/trainer.ts';
export type { TrainOptions } from './train/options.ts';
export type { TrainRecord } from './train/records.ts';
