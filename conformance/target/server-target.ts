/** A server under test: a base URL, and a way to the mail that it sends. */

/** Mail reaches the suite. */
export interface Confirming {
  /** Accounts are confirmed by the link in the mail. */
  readonly kind: 'mail';
  /** The texts of the mails to an address, the newest first; where it alone can be had, that. */
  readonly mailsTo: (email: string) => Promise<readonly string[]>;
  /** How many mails have come to anybody, where that is known: as long as they come, one that is missing may be next. */
  readonly arrived?: (() => number) | undefined;
}

/** Accounts need no confirmation. */
export interface NotConfirming {
  /** No mail is waited for. */
  readonly kind: 'no-confirm';
}

/** Nothing was said: an account that needs confirmation cannot be used. */
export interface WithoutMail {
  /** What needs mail is blocked. */
  readonly kind: 'none';
}

/** How the suite confirms an address. */
export type Mailbox = Confirming | NotConfirming | WithoutMail;

/** A server that can be reached. */
export interface ServerTarget {
  /** What it is, for the report. */
  readonly label: string;
  /** Base URL. */
  readonly url: string;
  /** The URL under which users reach it, as it was told at its start; it has one of its own where absent. */
  readonly publicUrl?: string | undefined;
  /** How addresses are confirmed. */
  readonly mailbox: Mailbox;
  /** What it can do (`server/capabilities.ts`); everything that the profile has where absent. */
  readonly capabilities?: readonly string[] | undefined;
  /** Makes a team of these addresses, where teams are made elsewhere than over the calls. @returns its id */
  readonly makeTeam?: ((emails: readonly string[]) => Promise<string>) | undefined;
  /**
   * Ends its process by a signal and starts it again, with what it keeps; it answers at the same URL when this is done.
   *
   * @throws TargetGone where it does not come back
   */
  readonly restart?: ((signal: 'SIGTERM' | 'SIGKILL') => Promise<void>) | undefined;
  /**
   * Sets its clock ahead by so many whole seconds more, for good; it may be ended and started again for it, with what it keeps.
   *
   * @throws TargetGone where it does not come back
   */
  readonly advance?: ((seconds: number) => Promise<void>) | undefined;
  /** What is known of why it does not answer; undefined while its process runs. */
  readonly whyGone?: (() => string | undefined) | undefined;
}
