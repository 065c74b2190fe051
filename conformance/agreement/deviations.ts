/** Where a package of others is known to compute something else than the specification, and why. */

/** One way in which an engine deviates. */
export interface Deviation {
  readonly engine: string;
  /** Family and id of the vectors that show it. */
  readonly vectors: RegExp;
  /** What the package does. */
  readonly why: string;
}

export const deviations: readonly Deviation[] = [
  {
    engine: 'pysrp',
    vectors: /^(leading-zeros\/documented\.srp\.[ABSK]|srp\/documented\.(a\.one|identity\.greek))$/,
    why: 'A, B and S are hashed without their leading zero bytes',
  },
  {
    engine: 'Go',
    vectors: /^normalization\/\w+\.surrogate\./,
    why: 'encoding/json puts U+FFFD in place of half of a surrogate pair, so it never reaches the engine',
  },
];
