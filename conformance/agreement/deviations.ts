/** Where a package of others is known to compute something else than the specification, and why. */

/** One way in which an engine deviates. */
export interface Deviation {
  readonly engine: string;
  /** Family and id of the vectors that show it. */
  readonly vectors: RegExp;
  /** What the package does. */
  readonly why: string;
}

export const deviations: readonly Deviation[] = [];
