import { describe, expect, it } from 'vitest';
import about from '../package.json' with { type: 'json' };
import { buildInfo, repositoryPage } from './buildInfo.mjs';

describe('repositoryPage', () => {
  it.each([
    ['someone/thing', 'https://github.com/someone/thing'],
    ['github:someone/thing', 'https://github.com/someone/thing'],
    ['gitlab:someone/thing', 'https://gitlab.com/someone/thing'],
    ['git+https://example.org/someone/thing.git', 'https://example.org/someone/thing'],
    ['git@example.org:someone/thing.git', 'https://example.org/someone/thing'],
    ['git+ssh://git@example.org/someone/thing.git', 'https://example.org/someone/thing'],
    ['https://example.org:8443/someone/thing', 'https://example.org:8443/someone/thing'],
    [
      { type: 'git', url: 'https://example.org/someone/thing.git' },
      'https://example.org/someone/thing',
    ],
  ])('%j leads to %s', (repository, page) => {
    expect(repositoryPage(repository)).toBe(page);
  });

  it.each([undefined, null, '', 'thing', 'javascript:alert(1)', { type: 'git' }])(
    '%j leads nowhere',
    (repository) => {
      expect(repositoryPage(repository)).toBeNull();
    },
  );
});

describe('buildInfo', () => {
  it('says the version of package.json', () => {
    expect(buildInfo({}).version).toBe(about.version);
  });

  it('takes commit and source from CI', () => {
    const info = buildInfo({ GITHUB_SHA: 'abc', GITHUB_REPOSITORY: 'someone/thing' });
    expect(info.commit).toBe('abc');
    expect(info.source).toBe(
      'repository' in about ? repositoryPage(about.repository) : 'https://github.com/someone/thing',
    );
  });

  it('invents neither', () => {
    const { commit, source } = buildInfo({});
    expect(commit === null || /^[0-9a-f]{40,64}$/.test(commit)).toBe(true);
    if (!('repository' in about)) expect(source).toBeNull();
  });
});
