/**
 * Looking into an object of unknown origin: own data properties only, getters never run,
 * and a proxy that throws is a value that can't be read, not an exception.
 */

/** Stands for a property that exists but can't be read; no field accepts it. */
export const unreadable: unique symbol = Symbol('unreadable');

/** Whether the value is an object with named properties (not a list, not a function). */
export function isRecord(value: unknown): value is object {
  try {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false; // a revoked proxy
  }
}

/** The object's own property of that name; undefined if there is none, `unreadable` if it hides. */
export function ownValue(object: unknown, name: string): unknown {
  if (!isRecord(object)) return undefined;
  try {
    const property = Object.getOwnPropertyDescriptor(object, name);
    if (property === undefined) return undefined;
    return 'value' in property ? (property.value as unknown) : unreadable;
  } catch {
    return unreadable;
  }
}

/** Names of the object's own enumerable properties: for showing, never for reading. */
export function ownNames(object: unknown): readonly string[] {
  if (!isRecord(object)) return [];
  try {
    return Object.keys(object);
  } catch {
    return [];
  }
}
