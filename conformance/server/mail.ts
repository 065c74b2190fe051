/** Reads what a server mails. */
import type { Mailbox } from '../target/server-target.ts';

/** Milliseconds before a mailbox is looked into, one time after the other: mail takes its time. */
const PAUSES = [0, 50, 200, 1000, 3000];
/** The same where it was waited for in vain before, and no mail has ever come. */
const IN_VAIN = [0, 50];

const heardOf = new WeakSet<Mailbox>();
const silent = new WeakSet<Mailbox>();

/** The newest mail to an address with a link that is wanted; empty where none comes in time. */
export async function newestMail(
  mailbox: Mailbox & { kind: 'mail' },
  email: string,
  isWanted: (link: string) => boolean = () => true,
): Promise<string> {
  for (const pause of silent.has(mailbox) && !heardOf.has(mailbox) ? IN_VAIN : PAUSES) {
    await new Promise((done) => setTimeout(done, pause));
    const text = await mailbox.newest(email);
    if (text !== undefined) heardOf.add(mailbox);
    const link = text === undefined ? undefined : linkIn(text);
    if (text !== undefined && link !== undefined && isWanted(link)) return text;
  }
  if (!heardOf.has(mailbox)) silent.add(mailbox);
  return '';
}

/**
 * The path and query of the link that confirms, whatever host it names: the server's own idea of its URL may differ. Of
 * several it is the one with the path of 7.2, else the first that has a query, else the first.
 */
export function linkIn(text: string): string | undefined {
  const links = (text.match(/https?:\/\/[^\s<>"']+/g) ?? []).flatMap((url) => URL.parse(url) ?? []);
  const link =
    links.find(({ pathname }) => pathname.endsWith('/auth/confirm')) ??
    links.find(({ search }) => search !== '') ??
    links[0];
  return link && link.pathname.replace(/^\/+/, '/') + link.search; // two slashes would name a host
}
