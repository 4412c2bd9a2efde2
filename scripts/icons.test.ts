import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as lucide from 'lucide-react';
import type { LucideProps } from 'lucide-react';
import { createElement, type ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { drawIcon } from '../app/ui/drawIcon.ts';
import { smallIcon } from './icons.mjs';
import { root } from './root.mjs';

const folder = join(root, 'node_modules/lucide-react/dist/esm');

/** The names of all icons that the page imports. */
const used = [
  ...new Set(
    readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(root, 'app', file), 'utf8').matchAll(
          /^import \{([^}]*)\} from 'lucide-react';$/gm,
        ),
      ])
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim().replace(/ as .*/, ''))
      .filter((name) => name !== '' && !name.startsWith('type ')),
  ),
];

const index = readFileSync(join(folder, 'lucide-react.mjs'), 'utf8');

/** The module that an icon of that name comes from. */
function moduleOf(name: string): string {
  const [, file] = new RegExp(`default as ${name}\\b.* from '(\\./icons/.*)'`).exec(index) ?? [];
  if (file === undefined) throw new Error(`Lucide has no ${name}`);
  const text = readFileSync(join(folder, file), 'utf8');
  const [, other] = /^export \{ default \} from '\.\/(.*)';$/m.exec(text) ?? [];
  return other === undefined ? text : readFileSync(join(folder, 'icons', other), 'utf8');
}

const drawn = (Icon: ComponentType<LucideProps>): string =>
  renderToStaticMarkup(createElement(Icon, { size: 15, className: 'mine' }))
    .replace(/><\/(?!svg)\w+>/g, '/>')
    .replace(/class="(?:lucide [^"]*)?mine"/, 'class="mine"');

/** The attributes of the outermost element in one order. */
const sorted = (svg: string): string =>
  svg.replace(/^<svg ([^>]*)>/, (_, attributes: string) =>
    (attributes.match(/[\w-]+="[^"]*"/gi) ?? []).sort().join(' '),
  );

it('finds the icons of the page', () => {
  expect(used.length).toBeGreaterThan(40);
});

it.each(used)('%s is drawn as Lucide draws it', (name) => {
  const shapes = /drawIcon\('(.*)'\)/.exec(smallIcon(moduleOf(name)) ?? '')?.[1];
  // Otherwise Lucide writes its icons in another way now, and a build has all of them as they come.
  if (shapes === undefined) throw new Error(`${name} is not made small`);
  expect(sorted(drawn(drawIcon(shapes) as ComponentType<LucideProps>))).toBe(
    sorted(drawn(lucide[name as 'X'])),
  );
});
