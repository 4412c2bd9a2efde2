/** Where the built page is served while these tests run; `npm test` finds a free port. */
export const port = process.env['E2E_PORT'] ?? '4317';
export const url = `http://127.0.0.1:${port}/`;
