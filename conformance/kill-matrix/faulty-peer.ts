/** What has one fault, and can be judged. */
import type { CheckResult, Role } from '../verdict.ts';

/** A client or server with one fault. */
export interface FaultyPeer {
  /** `client.` or `server.`, and the id of the fault. */
  readonly id: string;
  readonly role: Role;
  /** What it does, as a sentence. */
  readonly title: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** Ids of the checks that can see it; all where absent. */
  readonly seenBy?: readonly string[];
  /** How often it is tried until a check finds it, where it shows by chance; once where absent. */
  readonly tries?: number;
  /** Why it is no fault after all, for one that no check finds; undefined where it is one. */
  readonly excuse?: () => string | undefined;
  /** Judges a new one. @param only - ids of checks, separated by commas */
  readonly judge: (only: string) => AsyncIterable<CheckResult>;
}
