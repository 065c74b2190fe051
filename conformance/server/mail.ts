/** Reads what a server mails. */
import type { Mailbox } from '../target/server-target.ts';

/** Milliseconds before a mailbox is looked into, one time after the other: mail takes its time. */
const PAUSES = [0, 50, 200, 1000, 3000];
/** The same where there is no hope: see `Past`. */
const IN_VAIN = [0, 50];

/** What a mailbox was like so far. */
interface Past {
  /** Whether a link has ever come that was wanted. */
  hasServed: boolean;
  /** Whether one was waited for in vain while none ever came, or the newest was that of another address. */
  isSilent: boolean;
  isStale: boolean;
  /** The address to which each link came first: a server that works mails none to two. */
  readonly owners: Map<string, string>;
}

const pasts = new WeakMap<Mailbox, Past>();

function pastOf(mailbox: Mailbox): Past {
  const past = pasts.get(mailbox) ?? {
    hasServed: false,
    isSilent: false,
    isStale: false,
    owners: new Map<string, string>(),
  };
  pasts.set(mailbox, past);
  return past;
}

/** The newest mail to an address with a link that is wanted; empty where none comes in time. */
export async function newestMail(
  mailbox: Mailbox & { kind: 'mail' },
  email: string,
  isWanted: (link: string) => boolean = () => true,
): Promise<string> {
  const past = pastOf(mailbox);
  const look = async (): Promise<{ text: string; isWanted: boolean; isOthers: boolean }> => {
    const text = (await mailbox.newest(email)) ?? '';
    const link = linkIn(text);
    if (link === undefined) return { text, isWanted: false, isOthers: false };
    if (!past.owners.has(link)) past.owners.set(link, email);
    return { text, isWanted: isWanted(link), isOthers: past.owners.get(link) !== email };
  };
  let isOthers = false;
  for (const [i, pause] of PAUSES.entries()) {
    const isHopeless = (past.isSilent && !past.hasServed) || (past.isStale && isOthers);
    if (isHopeless && i >= IN_VAIN.length) break;
    await new Promise((done) => setTimeout(done, pause));
    const seen = await look();
    if (seen.isWanted) past.hasServed = true;
    if (seen.isWanted) return seen.text;
    ({ isOthers } = seen);
  }
  past.isSilent = true;
  if (isOthers) past.isStale = true;
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
