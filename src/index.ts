/**
 * The engine's public face: what a page, a script or a test may call. Everything here works
 * in a browser, in a worker and in Node.
 */
export { initBackend, setWasmBase } from './tf/backend.ts';
export type { BackendInfo, BackendName, BackendPreference } from './tf/backend.ts';
export { setFused } from './tf/fused.ts';
export { setAssetReader } from './inputs/assets.ts';
export type { AssetReader } from './inputs/assets.ts';
export { selfTest } from './tf/selfTest.ts';
export type { SelfTestReport } from './tf/selfTest.ts';
export { MemoryMeter } from './tf/memory.ts';
export type { MemorySample } from './tf/memory.ts';
export type { Params } from './tf/params.ts';

export { iterate, solve } from './numerics/iterate.ts';
export type { Solution } from './numerics/iterate.ts';
export { iterateMap, solveMap } from './numerics/iterateMap.ts';
export type { MapIteration, MapRun, MapSolution } from './numerics/iterateMap.ts';
export { flowMaps, plainMap } from './numerics/flowMaps.ts';
export type { IterationMap, Maps, MapValues, OpenMap } from './numerics/maps.ts';
export type {
  FixedPointMap,
  IterationRecord,
  SolverEvent,
  SolverOptions,
  SolveStatus,
} from './numerics/solver.ts';

export { linearize } from './implicit/linearize.ts';
export type { Linearization } from './implicit/linearize.ts';

export type { EquilibriumProblem } from './implicit/problem.ts';
export { families } from './families/index.ts';
export { openAnyGolden as openGolden } from './families/openAnyGolden.ts';
export type { Family, FamilyProblem, OpenedGolden, OpenedProblem } from './families/family.ts';
export { tuneAlpha } from './families/monotone/tuneAlpha.ts';
export type { AlphaTry, TunedAlpha } from './families/monotone/tuneAlpha.ts';
export { skipLoss, withSkipLoss, withStart } from './implicit/start.ts';
export type { StartRule } from './implicit/start.ts';
export { languageModel } from './families/language/languageModel.ts';
export type {
  Batch,
  LanguageModel,
  LanguageModelConfig,
  SegmentMemory,
} from './families/language/languageModel.ts';
export type { ParameterSpec } from './families/parameters.ts';
export { addScales, normalise, pullThroughNorm } from './train/weightNorm.ts';
export { generate, generateBatch } from './families/language/generate.ts';
export type {
  GeneratedToken,
  GenerationOptions,
  GenerationSetup,
} from './families/language/generate.ts';
export type { Sequence, Weights } from './families/language/sequence.ts';
export { readOut } from './families/language/readOut.ts';

export { valueAndGradient } from './implicit/valueAndGradient.ts';
export type { GradientMethod, ValueAndGradient } from './implicit/valueAndGradient.ts';
export { spectralNorm, spectralRadius } from './implicit/jacobian.ts';
export { jacobianPenalty } from './implicit/jacobianPenalty.ts';

export { parseExperiment } from './schema/readExperiment.ts';
export type { Experiment } from './schema/experiment.ts';
export { decodeLink, encodeLink } from './schema/link.ts';
export { loadTokenizer, saveTokenizer, trainTokenizer } from './inputs/text/tokenizer.ts';
export type { Tokenizer } from './inputs/text/tokenizer.ts';
export { trainingBatch, validationBatches } from './inputs/text/batches.ts';
export { decodeSafetensors, encodeSafetensors } from './data/safetensors.ts';
export { createRandom } from './data/random.ts';
export type { Random } from './data/random.ts';

export { Trainer } from './train/trainer.ts';
export type { TrainerSetup } from './train/trainer.ts';
export type { TrainOptions } from './train/options.ts';
export type { TrainRecord } from './train/records.ts';
