/** How a server's mail leaves it: anything that takes a message. */

/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text; holds the link or code. */
  readonly text: string;
}

export type Mailer = (mail: Mail) => void | Promise<void>;

/** Writes every mail to a stream, one after the other: for trying things out. */
export const printingMailer =
  (write: (text: string) => void): Mailer =>
  ({ to, subject, text }) => {
    write(`Mail to ${to}: ${subject}\n${text}\n`);
  };
