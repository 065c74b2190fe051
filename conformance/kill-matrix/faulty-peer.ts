/** What has one fault, and can be judged, and the same without it. */
import type { ProfileName } from '../../spec/index.ts';
import type { CheckResult, Role } from '../verdict.ts';
import type { Excuse } from './wire.ts';

/** A client or server that can be judged. */
export interface Peer {
  readonly id: string;
  readonly role: Role;
  /** In which it is judged. */
  readonly profile: ProfileName;
  /**
   * Judges a new one.
   *
   * @param only - ids of checks, separated by commas
   * @param seed - `SEED` where absent
   */
  readonly judge: (only: string, seed?: number) => AsyncIterable<CheckResult>;
}

/** The same in every run that is recorded, so that who kills what is too: of everything random in the suite. */
export const SEED = 1;

/** The same, judged with this seed. */
export const withSeed = <T extends Pick<Peer, 'judge'>>(peer: T, seed: number): T => ({
  ...peer,
  judge: (only) => peer.judge(only, seed),
});

/** What may be no fault after all. */
export interface Excusable {
  /** Ids of the checks none of which may notice it: all that pass without the fault. */
  readonly unnoticedBy: readonly string[];
  /** Undefined where it is a fault. */
  readonly excuse: () => Excuse | undefined;
}

/** A client or server with one fault. Its id is `client.` or `server.`, and that of the fault. */
export interface FaultyPeer extends Peer {
  /** What it does, as a sentence. */
  readonly title: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** Ids of the checks that can see it; all where absent. */
  readonly seenBy?: readonly string[];
  /** How often it is tried until a check finds it, where it may show by chance; once where absent. */
  readonly tries?: number;
  /** Whether it does show by chance: what does not is tried once. Asked of one that was not found at once. */
  readonly isChance?: () => boolean;
  /** What may be said for one that no check finds. */
  readonly excusable?: Excusable;
  /** The same without the fault, judged in the same way; one id for all that are the same without it. */
  readonly control: Peer;
}
