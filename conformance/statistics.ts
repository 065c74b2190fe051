/** What two series of measurements tell: medians, how sure their difference is, and whether it may be chance. */

/** What pairs of measurements tell, one of each taken by turns. */
export interface Comparison {
  /** How many pairs there are. */
  readonly pairs: number;
  /** The median of the first of each pair. */
  readonly first: number;
  /** The median of the second of each pair. */
  readonly second: number;
  /** How much later the second ones are: the median of every second less every first (Hodges and Lehmann). */
  readonly difference: number;
  /** Within these it lies with 95 % confidence: two of those differences by their rank. */
  readonly interval: readonly [from: number, to: number];
  /** How likely ranks that differ so much are where there is no difference: Mann-Whitney, two-sided. */
  readonly p: number;
}

const ascending = (values: readonly number[]): number[] => values.toSorted((one, other) => one - other);
const at = (sorted: readonly number[], rank: number): number =>
  sorted[Math.min(Math.max(rank, 1), sorted.length) - 1] ?? NaN;

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  return (at(sorted, Math.ceil(sorted.length / 2)) + at(sorted, Math.floor(sorted.length / 2) + 1)) / 2;
}

/** Of a normal distribution, 95 % lie within so many standard deviations. */
const Z_95 = 1.96;

/** Compares pairs of measurements. */
export function compare(pairs: readonly (readonly [first: number, second: number])[]): Comparison {
  const [first, second] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
  const differences = ascending(first.flatMap((one) => second.map((other) => other - one)));
  const half = Z_95 * deviationOfU(first, second);
  const middle = differences.length / 2;
  return {
    pairs: pairs.length,
    first: median(first),
    second: median(second),
    difference: median(differences),
    interval: [at(differences, Math.floor(middle - half)), at(differences, Math.ceil(1 + middle + half))],
    p: mannWhitney(first, second),
  };
}

const deviationOfU = ({ length: n }: readonly number[], { length: m }: readonly number[]): number =>
  Math.sqrt((n * m * (n + m + 1)) / 12);

/** By the normal approximation, which is close from twenty values on. */
function mannWhitney(first: readonly number[], second: readonly number[]): number {
  const wins = first.flatMap((one) => second.map((other) => (one < other ? 1 : one > other ? 0 : 0.5)));
  const U = wins.reduce<number>((sum, win) => sum + win, 0);
  const z = Math.max(Math.abs(U - wins.length / 2) - 0.5, 0) / deviationOfU(first, second);
  return outside(z);
}

/** The share of a normal distribution that lies further out than z deviations (Abramowitz and Stegun 26.2.17). */
function outside(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const factors = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = factors.reduceRight((total, factor) => (total + factor) * t, 0);
  return 2 * sum * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI));
}
