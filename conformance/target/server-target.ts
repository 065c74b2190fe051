/** A server under test: a base URL, and a way to the mail that it sends. */

/** How the suite confirms an address. */
export type Mailbox =
  /** The text of the newest mail to an address, or undefined where there is none yet. */
  | { readonly kind: 'mail'; readonly newest: (email: string) => Promise<string | undefined> }
  /** Accounts need no confirmation. */
  | { readonly kind: 'no-confirm' }
  /** Nothing was said: an account that needs confirmation cannot be used. */
  | { readonly kind: 'none' };

export interface ServerTarget {
  readonly label: string;
  /** Base URL. */
  readonly url: string;
  readonly mailbox: Mailbox;
}
