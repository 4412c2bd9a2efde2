/** What the visitor downloads only when it is asked for: tried again, and told in words when it can't be had. */

import { twice } from '../../src/inputs/twice.ts';

/** Thrown when a part of the page could not be fetched; its cause is the browser's own error. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart';
  constructor(cause: unknown) {
    super('A part of this page could not be loaded', { cause });
  }
}

/**
 * Loads a part of the page by a dynamic import. Tries twice, so that a short outage goes unnoticed;
 * rejects with a `MissingPart` after that. The next call fetches anew. Code that draws nothing is not held up by style
 * sheets of other parts that are missing: `draws` false.
 */
export async function loadPart<T>(
  load: () => Promise<T>,
  { draws = true }: { readonly draws?: boolean } = {},
): Promise<T> {
  try {
    return await twice(() => attempt(load, draws));
  } catch (error) {
    throw new MissingPart(error);
  }
}

async function attempt<T>(load: () => Promise<T>, draws: boolean): Promise<T> {
  if (draws && failedStyles.size > 0) await Promise.all([...failedStyles].map(fetchStyleAgain));
  return load();
}

/** Style sheets that did not arrive: the bundler asks for each only once, so a part would come back bare. */
const failedStyles = new Set<HTMLLinkElement>();

/** Notes style sheets that fail to load from now on. Called once, before anything is loaded late. */
export function watchStyles(): void {
  // The event doesn't bubble, but is seen on its way down.
  addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === 'stylesheet')
        failedStyles.add(target);
    },
    true,
  );
}

function fetchStyleAgain(failed: HTMLLinkElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = failed.cloneNode() as HTMLLinkElement;
    link.addEventListener('load', () => {
      failedStyles.delete(failed);
      failed.remove();
      resolve();
    });
    link.addEventListener('error', () => {
      failedStyles.delete(link);
      link.remove();
      reject(new Error(`The style sheet ${link.href} could not be fetched.`));
    });
    document.head.append(link);
  });
}

/** The script an `index.html` starts with, whose name changes with each build; null where there is none. */
export const entryOf = (html: string): string | null =>
  /<script\b(?=[^>]*\btype="module")[^>]*\bsrc="([^"]+)"/.exec(html)?.[1] ?? null;

/**
 * Whether the server has another version of the page than the one that runs: then the parts of this
 * one are gone for good, and only a reload helps. False where that can't be found out.
 */
export async function isOutdated(): Promise<boolean> {
  try {
    const running = document.querySelector('script[type="module"][src]')?.getAttribute('src');
    const response = await fetch(location.pathname, { cache: 'no-store' });
    const newest = response.ok ? entryOf(await response.text()) : null;
    return newest !== null && running !== newest;
  } catch {
    return false;
  }
}
