/** What a run has measured and gives no verdict for: it is reported, and changes nothing. */
import type { ProfileName } from '../reference/index.ts';

/** The numbers of an indication; times in milliseconds. */
export interface IndicationStatistics {
  /** How many pairs were measured, one of each kind by turns. */
  readonly pairs: number;
  /** The median for addresses that have an account. */
  readonly known: number;
  /** The median for addresses that have none. */
  readonly unknown: number;
  /** How much later those without are: the median of every unknown less every known. */
  readonly difference: number;
  /** Where the difference lies with 95 % confidence. */
  readonly interval: readonly [from: number, to: number];
  /** Of the two-sided Mann-Whitney test that there is none. */
  readonly p: number;
}

/** One thing that was measured. */
export interface Indication {
  /** What it is about, as `server.timing.login-a`. */
  readonly id: string;
  /** The profile in which it was measured. */
  readonly profile: ProfileName;
  /** The requirement that it throws light on. */
  readonly requirement: string;
  /** What was seen, as a sentence. */
  readonly text: string;
  /** How sure it is. */
  readonly statistics: IndicationStatistics;
}
