/** Looks for many needles at once. */
import type { Needle } from './forms.ts';

/** Looks for needles. */
export interface Finder {
  /** The first needle that is in the bytes. */
  find(bytes: Uint8Array): Needle | undefined;
}

/** How much of the beginning of a needle it is filed under, in bytes. */
const PREFIX = 4;
const SLOTS = 0xffff;

/** @param needles - of at least 4 bytes each */
export function createFinder(needles: readonly Needle[]): Finder {
  const filed = new Map<number, Needle[]>();
  /** Whether a needle begins with bytes that fall into the slot: most places are passed over by this alone. */
  const slots = new Uint8Array(SLOTS + 1);
  for (const needle of needles) {
    if (needle.bytes.length < PREFIX)
      throw new RangeError(`a needle of ${needle.bytes.length} bytes is too short`);
    const prefix = needle.bytes.readUInt32LE();
    slots[slotOf(prefix)] = 1;
    filed.set(prefix, [...(filed.get(prefix) ?? []), needle]);
  }
  return {
    find(bytes) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at + PREFIX <= buffer.length; at++) {
        const prefix = buffer.readUInt32LE(at);
        if (slots[slotOf(prefix)] === 0) continue;
        const found = filed
          .get(prefix)
          ?.find((needle) => buffer.subarray(at, at + needle.bytes.length).equals(needle.bytes));
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

const slotOf = (prefix: number): number => ((prefix >>> 16) ^ Math.imul(prefix, 31)) & SLOTS;
