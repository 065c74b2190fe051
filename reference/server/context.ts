/** What the handlers of a server share. */
import type { Random } from '../primitives/primitives.ts';
import type { Steps } from '../steps.ts';
import type { Mailer } from './mailer.ts';
import type { Store } from './store.ts';

/** How long things last, in milliseconds. */
export interface Lifetimes {
  /** Of a login between `login-a` and `login-m1`. */
  readonly starter: number;
  /** Of a confirmation link. */
  readonly confirmation: number;
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
  /** The URL under which users reach the server; links in mails start with it. */
  readonly publicUrl: string;
  /** 32 bytes from which the salts of unknown accounts are made. */
  readonly decoySecret: Uint8Array;
  /** The most bytes that a request body may have. */
  readonly bodyLimit: number;
}
