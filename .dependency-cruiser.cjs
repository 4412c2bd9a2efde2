/** Who may import whom; the rules are explained in docs/architecture.md. */
const path = require('node:path');

const levels = {
  tf: 0,
  config: 0,
  data: 0,
  ops: 1,
  solvers: 1,
  cells: 2,
  gradients: 2,
  model: 3,
  train: 4,
  engine: 5,
};
const layers = Object.keys(levels);
const tests = '[.]test[.]tsx?$';

/** A layer sees itself and lower numbers; tests may import any layer. */
const layerRule = (layer) => {
  const lower = layers.filter((other) => levels[other] < levels[layer]);
  return {
    name: `layer-${layer}`,
    severity: 'error',
    comment: `src/${layer} (level ${levels[layer]}) may import itself and levels below it.`,
    from: { path: `^src/${layer}/`, pathNot: tests },
    to: { path: '^src/', pathNot: `^src/(${[layer, ...lower].join('|')})/` },
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
        path: packages('react', 'react-dom', 'zustand', 'recharts', 'sonner', 'lucide-react'),
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
      to: { path: '^src/', pathNot: '^src/(engine/(client|protocol)[.]ts$|config/)' },
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
