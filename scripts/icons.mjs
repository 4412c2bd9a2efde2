/**
 * Lucide's icons as a build has them: their shapes as one text each, drawn by `app/ui/drawIcon.ts`. Lucide's own come as
 * lists of elements with keys, and with a component that can do more than the page asks of it.
 */
import { join } from 'node:path';
import { root } from './root.mjs';

const drawIcon = JSON.stringify(join(root, 'app/ui/drawIcon.ts').replaceAll('\\', '/'));

/** What a module says of its icon, and the name that it is exported by. */
const data =
  /^const __iconData = (\{[\s\S]*?^\});[\s\S]*^export \{ __iconData, (\w+) as default \};/m;

/** Names of attributes that are none of SVG's. */
const notDrawn = new Set(['key']);

/** @typedef {readonly [name: string, attributes: Readonly<Record<string, string>>]} Shape */

/**
 * The shapes of an icon as SVG.
 * @param {readonly Shape[]} shapes
 */
export const markup = (shapes) =>
  shapes
    .map(([name, attributes]) => {
      const written = Object.entries(attributes).map(([key, value]) =>
        notDrawn.has(key) ? '' : ` ${key}="${value}"`,
      );
      return `<${name}${written.join('')}/>`;
    })
    .join('');

/**
 * The module of an icon that is drawn by ours, or null where it is written in another way.
 * @param {string} text a module of `lucide-react/dist/esm/icons`
 */
export const smallIcon = (text) => {
  const [, literal, name] = data.exec(text) ?? [];
  if (literal === undefined || name === undefined) return null;
  /** @type {{ size: number, node: readonly Shape[] }} */
  const { size, node } = new Function(`return ${literal}`)();
  if (size !== 24) return null;
  return (
    `import { drawIcon } from ${drawIcon};\n` +
    `const ${name} = /* @__PURE__ */ drawIcon('${markup(node)}');\n` +
    `export { ${name} as default };\n`
  );
};

/** @returns {import('vite').Plugin} */
export const icons = () => ({
  name: 'icons',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: /[\\/]lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/][\w-]+\.mjs$/ },
    handler: (text) => {
      const code = smallIcon(text);
      return code === null ? null : { code, map: null };
    },
  },
});
