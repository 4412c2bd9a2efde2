import { expect } from 'vitest';
import { isRight, type Finding } from '../src/engine/check/finding.ts';

/** A number within its bound. */
export function expectRight(finding: Finding): void {
  const { what, error, bound } = finding;
  expect(isRight(finding), `${what}: off by ${error}, allowed ${bound}`).toBe(true);
}
