/** The part of random values that is the same in each, and so is not random: in what clients draw, and servers. */

/** A byte is the same in so many draws by a chance of 2^-56. */
const DRAWS_FOR_BYTES = 8;
/** A bit of 256 is the same in so many draws by a chance of 2^-39, whatever it is. */
const DRAWS_FOR_BITS = 48;

/** The part that is the same in every value, in words; nothing where there is none, or too few values to tell. */
export function fixedPart(values: readonly Uint8Array[]): string | undefined {
  if (values.length < DRAWS_FOR_BYTES) return undefined;
  const [first = new Uint8Array()] = values;
  const changing = first.map((byte, at) =>
    values.reduce((all, value) => all | (byte ^ (value[at] ?? byte)), 0),
  );
  const still = changing.indexOf(0);
  if (still >= 0) return `byte ${String(still)}`;
  const partly = changing.findIndex((bits) => bits !== 0xff);
  return partly >= 0 && values.length >= DRAWS_FOR_BITS ? `a bit of byte ${String(partly)}` : undefined;
}
