import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, whatever the current one is. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
