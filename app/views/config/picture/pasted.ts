/** The picture on the clipboard, where the browser lets the page look. Rejects in words. */
export async function pastedPicture(): Promise<Blob> {
  // Firefox before 127, and pages without TLS.
  const { clipboard } = navigator as { readonly clipboard?: Partial<Clipboard> };
  if (!clipboard?.read)
    throw new Error(
      'This browser lets a page read the clipboard by its key alone: press Ctrl+V (⌘V).',
    );
  const items = await clipboard.read().catch(() => {
    throw new Error(
      'The browser did not allow a look at the clipboard. Press Ctrl+V (⌘V) instead.',
    );
  });
  for (const item of items) {
    const type = item.types.find((one) => one.startsWith('image/'));
    if (type !== undefined) return item.getType(type);
  }
  throw new Error('There is no picture on the clipboard. Copy one first.');
}
