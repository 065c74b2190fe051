/** A value that an implementation has reached, as far as it is known. */
import { valueToHex } from '../encode.ts';
import type { Value } from '../evaluate.ts';

/** Whether bytes are the value that was reached, for example the key that opens a message. */
export type Tells = (value: Uint8Array) => boolean;

export interface Observed {
  /** Whether a value is the one that was reached. */
  readonly matches: (value: Value | undefined) => boolean;
  /** Whether it is so long that no other value is equal by chance: 8 bytes. */
  readonly isLong: boolean;
}

/** A value that is known, as hex in either case; a first digit that is missing is 0. */
function asHex(text: string): Observed {
  const hex = (text.length % 2 === 0 ? text : `0${text}`).toLowerCase();
  return {
    matches: (value) => value !== undefined && valueToHex(value) === hex,
    isLong: hex.length >= 16,
  };
}

/** A value of which an effect is known. */
const byEffect = (tells: Tells): Observed => ({
  matches: (value) => value instanceof Uint8Array && tells(value),
  isLong: true,
});

/** Either of both. */
export const asObserved = (value: string | Tells): Observed =>
  typeof value === 'string' ? asHex(value) : byEffect(value);
