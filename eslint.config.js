import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const blocking = ['dataSync', 'arraySync', 'bufferSync'].map((property) => ({
  property,
  message: 'It blocks the GPU and breaks later read-backs; use the asynchronous form.',
}));

/** Rules of enums, which `erasableSyntaxOnly` forbids; each asks for the type of every expression. */
const ofEnums = [
  'no-duplicate-enum-values',
  'no-mixed-enums',
  'no-unsafe-enum-assignment',
  'no-unsafe-enum-comparison',
  'prefer-literal-enum-member',
];

export default defineConfig(
  globalIgnores(['dist', 'lib', '.cache', 'public', 'test-results', 'playwright-report']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...Object.fromEntries(ofEnums.map((rule) => [`@typescript-eslint/${rule}`, 'off'])),
      // Ours have private members, which makes a class nominal to tsc.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreUsingDeclarations: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': ['error', ...blocking],
    },
  },
  // A part that can't be fetched must not take the page with it: see app/parts.
  {
    files: ['app/**/*.{ts,tsx}'],
    ignores: ['app/parts/*', '**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'react', importNames: ['lazy'], message: 'Use lazyPart.' }] },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'ImportExpression:not(CallExpression[callee.name=/^(lazyPart|loadPart|withPart)$/] ImportExpression)',
          message: 'Import inside loadPart or lazyPart, which try again and tell what is missing.',
        },
      ],
    },
  },
  // An async generator that satisfies an interface needn't await.
  { files: ['src/**/*.ts'], rules: { '@typescript-eslint/require-await': 'off' } },
  { files: ['app/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  // Types of scripts come from JSDoc and are checked by tsc.
  { files: ['**/*.{js,mjs}'], extends: [tseslint.configs.recommended] },
);
