/** An id that nothing else kept here has; `randomUUID` is missing on pages without TLS. */
export const newId = (): string =>
  `${Date.now().toString(36)}-${Math.floor(Math.random() * 2 ** 48).toString(36)}`;
