/** What the handlers of a server share. */
import { toHex } from '../bytes.ts';
import type { Random } from '../primitives/primitives.ts';
import type { Steps } from '../steps.ts';
import type { Counters } from './limits.ts';
import type { Mailer } from './mailer.ts';
import type { AddStarter } from './starters.ts';
import type { Store } from './store/store.ts';

/** How long things last, in milliseconds. */
export interface Lifetimes {
  /** Of a login between `login-a` and `login-m1`. */
  readonly starter: number;
  /** Of a confirmation link. */
  readonly confirmation: number;
  /** Of a mailed code. */
  readonly code: number;
}

export interface ServerContext {
  readonly steps: Steps;
  readonly store: Store;
  readonly mailer: Mailer;
  /** Told of every error that is the server's own; never of a refusal. */
  readonly onError: (error: Error) => void;
  readonly random: Random;
  readonly now: () => number;
  readonly lifetimes: Lifetimes;
  /** What is counted, and the limit of each. */
  readonly counters: Counters;
  /** Keeps a starter, and forgets the oldest where there are too many. */
  readonly addStarter: AddStarter;
  /** The URL under which users reach the server; links in mails start with it. */
  readonly publicUrl: string;
  /** 32 bytes from which the salts of unknown accounts are made. */
  readonly decoySecret: Uint8Array;
  /** The most bytes that a request body may have. */
  readonly bodyLimit: number;
  /** The most bytes that a body of push or pull may have, before and after decompression. */
  readonly syncBodyLimit: number;
}

/** An id or a version that nothing else has, now or later: 16 random bytes as hex (2.6). */
export const freshId = ({ random }: ServerContext, prefix: string): string => prefix + toHex(random(16));

/** The present moment as ISO 8601. */
export const timestamp = ({ now }: ServerContext): string => new Date(now()).toISOString();
