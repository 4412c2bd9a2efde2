/** What the page says of itself: put into it while it is built. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * An address of a repository that a browser can open, from what npm allows in `repository`: an
 * address of any scheme, `owner/name`, `github:owner/name`, or an object with one of these.
 * @param {unknown} repository
 * @returns {string | null} null where there is none, or none that leads to a page
 */
export function repositoryPage(repository) {
  const given =
    typeof repository === 'object' && repository !== null && 'url' in repository
      ? repository.url
      : repository;
  if (typeof given !== 'string') return null;
  const short = /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)$/.exec(given);
  if (short) {
    const host = { gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' }[short[1] ?? ''];
    return `https://${host ?? 'github.com'}/${short[2] ?? ''}`;
  }
  const address = given
    .replace(/^git\+/, '')
    .replace(/^(?:git|ssh):\/\/(?:git@)?|^git@/, 'https://')
    .replace(/^(https:\/\/[^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\.git$/, '');
  return /^https?:\/\/[^/]+\/./.test(address) ? address : null;
}

/**
 * The commit the page is built from: CI says it, or git; null where there is neither.
 * @param {Readonly<Record<string, string | undefined>>} environment
 */
function commitOf(environment) {
  const said = environment['GITHUB_SHA'];
  if (said) return said;
  // Of this project: an unpacked archive inside somebody's repository must not take that one's.
  const git = (/** @type {string[]} */ ...words) =>
    spawnSync('git', words, { cwd: root, encoding: 'utf8', timeout: 10_000 });
  const prefix = git('rev-parse', '--show-prefix');
  if (prefix.status !== 0 || prefix.stdout.trim() !== '') return null;
  const head = git('rev-parse', 'HEAD');
  return head.status === 0 ? head.stdout.trim() : null;
}

/**
 * Version, commit and where the source is; no word of where or when it was built, so that the same
 * source makes the same page.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {{ version: string, commit: string | null, source: string | null }}
 */
export function buildInfo(environment = process.env) {
  /** @type {{ version: string, repository?: unknown }} */
  const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: name } = environment;
  return {
    version: about.version,
    commit: commitOf(environment),
    source: repositoryPage(about.repository) ?? (name ? `${server}/${name}` : null),
  };
}
