import { afterEach, expect } from 'vitest';
import { onDeviceTrouble } from '../src/tf/device.ts';

/**
 * Fails every test of the file during which the GPU reported an error: a shader that does not compile
 * gives zeros, and the error comes to this listener only.
 */
export function failOnDeviceErrors(): void {
  const errors: string[] = [];
  onDeviceTrouble({
    lost: (_, message) => errors.push(message),
    error: ({ message }) => errors.push(message),
  });
  afterEach(() => {
    expect(errors.splice(0)).toEqual([]);
  });
}
