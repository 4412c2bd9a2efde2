/** Hands a link to the system's own sharing; what there is to say of it, nothing where whoever closed its list knows. */
export async function sendLink(title: string, url: string): Promise<string | null> {
  try {
    await navigator.share({ title, url });
    return null;
  } catch (error) {
    // Whoever closes the system's own list has said so.
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    return 'This device didn’t take the link. Copy it instead.';
  }
}
