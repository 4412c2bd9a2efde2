import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import QrPanel from './QrPanel.tsx';
import { saveQrSvg } from './saveQr.ts';
import { sendLink } from './sendLink.ts';

const panel = (address: string, droppable: readonly string[] = []): string =>
  renderToStaticMarkup(createElement(QrPanel, { address, droppable, say: () => undefined }));

it('draws a link as a code, and offers both files', () => {
  const html = panel('https://example.org/#/solve?v=1');
  expect(html).toContain('The link as a QR code');
  expect(html).toContain('Save PNG');
  expect(html).toContain('Save SVG');
});

it('draws none that a phone could not read, and says what to leave out', () => {
  const long = `https://example.org/#${'x'.repeat(1200)}`;
  const html = panel(long, ['your text', 'your picture']);
  expect(html).toContain('role="alert"');
  expect(html).toContain('1,221 characters');
  expect(html).toContain('Leave out your text or your picture, or send');
  expect(html).not.toContain('<svg');
  expect(panel(long)).toContain('Start from a preset that is nearer to this set-up');
});

it('saves the code as an SVG file', async () => {
  const blobs: Blob[] = [];
  const link = { href: '', download: '', click: vi.fn() };
  vi.stubGlobal('document', { createElement: () => link });
  vi.stubGlobal(
    'XMLSerializer',
    class {
      serializeToString = (element: { outerHTML: string }) => element.outerHTML;
    },
  );
  vi.useFakeTimers();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return 'blob:1';
  });
  const revoke = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
  try {
    const outerHTML = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>';
    expect(saveQrSvg({ outerHTML } as SVGSVGElement)).toBe('deq-link.svg');
    expect(link).toMatchObject({ href: 'blob:1', download: 'deq-link.svg' });
    expect(link.click).toHaveBeenCalledOnce();
    expect(await blobs[0]?.text()).toBe(outerHTML);
    vi.runAllTimers();
    expect(revoke).toHaveBeenCalledWith('blob:1');
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
  }
});

it('hands the link to the system, and has nothing to say where its list was closed', async () => {
  const share = vi.fn<(data: ShareData) => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal('navigator', { share });
  expect(await sendLink('DEQ', 'https://example.org/')).toBeNull();
  expect(share).toHaveBeenCalledWith({ title: 'DEQ', url: 'https://example.org/' });
  share.mockRejectedValueOnce(new DOMException('closed', 'AbortError'));
  expect(await sendLink('DEQ', 'https://example.org/')).toBeNull();
  share.mockRejectedValueOnce(new DOMException('no', 'NotAllowedError'));
  expect(await sendLink('DEQ', 'https://example.org/')).toContain('Copy it instead');
});
