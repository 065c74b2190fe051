/** How a server's mail leaves it: anything that takes a message. */

/** A mail to one person. */
export interface Mail {
  /** The address. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  /** Plain text; holds the link or code. */
  readonly text: string;
}

/** Sends a mail, or hands it to whoever does. */
export type Mailer = (mail: Mail) => void | Promise<void>;

/** Writes every mail to a stream, one after the other: for trying things out. */
export const printingMailer =
  (write: (text: string) => void): Mailer =>
  ({ to, subject, text }) => {
    write(`Mail to ${to}: ${subject}\n${text}\n`);
  };
