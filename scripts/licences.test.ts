import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder, thirdPartyText } from './licences.mjs';

it('a module is of the package nearest to it', () => {
  expect(packageFolder('/p/node_modules/a/x.js')).toBe('/p/node_modules/a');
  expect(packageFolder('/p/node_modules/@s/a/lib/x.js?worker')).toBe('/p/node_modules/@s/a');
  expect(packageFolder('\0/p/node_modules/a/node_modules/b/x.js')).toBe(
    '/p/node_modules/a/node_modules/b',
  );
  expect(packageFolder('C:\\p\\node_modules\\a\\x.js')).toBe('C:/p/node_modules/a');
  expect(packageFolder('/p/app/main.tsx')).toBeNull();
});

it('each package is named with its licence, and the same text stands once', () => {
  const folders = ['react', 'react-dom', 'idb'].map((name) =>
    join(import.meta.dirname, '..', 'node_modules', name),
  );
  const text = thirdPartyText(folders);
  expect(text).toMatch(/^react \d\S* \(MIT\)\nreact-dom \d\S* \(MIT\)$/m);
  expect(text).toMatch(/^idb \d\S* \(ISC\)$/m);
  expect(text.match(/Permission is hereby granted/g)).toHaveLength(1);
});
