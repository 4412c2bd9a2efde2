/** Who may import whom; the rules are explained in docs/architecture.md. */
const path = require('node:path');

const levels = {
  tf: 0,
  data: 0,
  inputs: 1,
  ops: 1,
  schema: 2,
  runs: 3,
  numerics: 3,
  memory: 4,
  implicit: 4,
  families: 5,
  train: 6,
  engine: 7,
};
const layers = Object.keys(levels);
const tests = '[.]test[.]tsx?$';
/** Plain data of solvers and families: the page reads it, and the one table of settings is made of it. */
const plain = ['', '[^/]+/'].map(
  (folder) =>
    `^src/(families|numerics)/${folder}(\\w*[sS]ettings|settingsOf|kind|conventions|words|presets|rules|first|whole|fill|observation|layout|alphabet|trainingText)[.]ts$`,
);
/** What holds no tensors, whatever asks for it. */
const plainLayers = '^src/(schema|runs|memory|inputs|data)/';

/** A layer sees itself and lower numbers; tests may import any layer. */
const layerRule = (layer) => {
  const lower = layers.filter((other) => levels[other] < levels[layer]);
  return {
    name: `layer-${layer}`,
    severity: 'error',
    comment: `src/${layer} (level ${levels[layer]}) may import itself and levels below it.`,
    from: { path: `^src/${layer}/`, pathNot: tests },
    to: {
      path: '^src/',
      pathNot: [
        `^src/(${[layer, ...lower].join('|')})/`,
        ...(['schema', 'runs', 'memory'].includes(layer) ? plain : []),
      ],
    },
  };
};

/** Installed or not: an unresolved import keeps the name it was written with. */
const packages = (...names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Types may refer to each other; what runs may not.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'known-layers',
      severity: 'error',
      comment: 'A new folder in src needs a level above.',
      from: { pathNot: tests },
      to: { path: '^src/[^/]+/', pathNot: `^src/(${layers.join('|')})/` },
    },
    ...layers.map(layerRule),
    {
      name: 'one-door-to-tfjs',
      severity: 'error',
      comment: 'Import tensors from src/tf.',
      from: { path: '^(src|app)/', pathNot: '^src/(tf|ops/wgsl)/' },
      to: { path: packages('@tensorflow') },
    },
    {
      name: 'engine-is-framework-free',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: packages('react', 'react-dom', 'zustand', 'recharts', 'lucide-react'),
      },
    },
    {
      name: 'engine-knows-no-app',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^app/' },
    },
    {
      name: 'app-sees-only-the-client',
      severity: 'error',
      comment: 'The page talks to the engine through its client; it never touches tensors.',
      from: { path: '^app/', pathNot: tests },
      to: {
        path: '^src/',
        pathNot: [
          '^src/engine/(client[.]ts$|protocol/)',
          '^src/(schema|runs|memory|inputs)/',
          ...plain,
        ],
      },
    },
    {
      name: 'plain-data-knows-no-tensors',
      severity: 'error',
      comment: 'What the page reads of the engine must not bring TensorFlow.js into it.',
      from: { path: [plainLayers, ...plain], pathNot: tests },
      to: {
        path: '^src/',
        pathNot: [plainLayers, ...plain],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
