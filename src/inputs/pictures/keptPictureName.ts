import { keptPrefix } from './marks.ts';

/** What stands for a picture of the visitor's own where it may not go itself: the same for the same picture. */
export function keptPictureName(code: string): string {
  // Two runs of 32 bits over the characters (cyrb53): it has to tell a visitor's pictures apart, nothing more.
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < code.length; i++) {
    const unit = code.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return keptPrefix + (2 ** 32 * (b & 0x1fffff) + (a >>> 0)).toString(36);
}
