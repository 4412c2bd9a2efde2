import { expect, it, vi } from 'vitest';
import { openRunsDatabase } from './runs/runsDatabase.ts';

it('says in words that a browser has no database, and asks again the next time', async () => {
  const database = openRunsDatabase();
  vi.stubGlobal('indexedDB', undefined);
  await expect(database.open()).rejects.toThrow('it has no database for pages');
  await expect(database.write(() => Promise.resolve())).rejects.toThrow('no database');
  const open = vi.fn(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  vi.stubGlobal('indexedDB', { open });
  await expect(database.open()).rejects.toThrow('insecure');
  await expect(database.open()).rejects.toThrow('insecure');
  expect(open).toHaveBeenCalledTimes(2);
});
