/**
 * A stand-in for PBKDF2 where tens of thousands of runs are to take no time: one iteration, the number of iterations at the
 * end of the salt. Whatever has other values has them still, and what is equal is equal.
 */
import { pbkdf2 } from './crypto.ts';
import type { Pbkdf2Cache } from './evaluate.ts';

/** A cache that knows every run, and keeps none. */
export const quickPbkdf2: Pbkdf2Cache = {
  get(run) {
    const [hash, iterations, length, password, salt] = JSON.parse(run) as [
      string,
      number,
      number,
      string,
      string,
    ];
    const numbered = Buffer.from(`${salt}${iterations.toString(16).padStart(8, '0')}`, 'hex');
    return pbkdf2(hash, Buffer.from(password, 'hex'), numbered, 1, length);
  },
  set: () => undefined,
};
