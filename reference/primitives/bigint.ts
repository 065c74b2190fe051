/** Modular exponentiation with BigInt. Its time depends on the exponent: for browsers and for comparison. */
import type { Primitives } from './primitives.ts';

export const bigint: Pick<Primitives, 'modExp'> = {
  /** Square and multiply, from the most significant bit. */
  modExp(base, exponent, modulus) {
    let power = 1n % modulus;
    for (const bit of exponent.toString(2)) {
      power = (power * power) % modulus;
      if (bit === '1') power = (power * base) % modulus;
    }
    return power;
  },
};
