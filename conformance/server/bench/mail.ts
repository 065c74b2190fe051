/** Reads what a server mails. */
import type { Confirming, Mailbox } from '../../target/server-target.ts';

/** Milliseconds before a mailbox is looked into, one time after the other: mail takes its time. */
const PAUSES = [0, 50, 60, 140, 1000, 3000];
/** How many looks there are where there is no hope: see `Past`. */
const IN_VAIN = 2;
/** After them, as long as mail to others comes: many servers hand on one mail at a time. At most so often. */
const BEHIND = { pause: 1000, most: 30 } as const;

/** How long is waited before each look into a mailbox. */
export function* pauses({ arrived = () => 0 }: Confirming): Generator<number> {
  let before = arrived();
  for (const pause of PAUSES) {
    before = arrived();
    yield pause;
  }
  for (let i = 0; i < BEHIND.most && arrived() > before; i++) {
    before = arrived();
    yield BEHIND.pause;
  }
}

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
  mailbox: Confirming,
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
  let looks = 0;
  for (const pause of pauses(mailbox)) {
    const isHopeless = (past.isSilent && !past.hasServed) || (past.isStale && isOthers);
    if (isHopeless && looks >= IN_VAIN) break;
    looks++;
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
  const link = urlIn(text);
  return link && link.pathname.replace(/^\/+/, '/') + link.search; // two slashes would name a host
}

/** The whole of that link. */
export function urlIn(text: string): URL | undefined {
  const links = (text.match(/https?:\/\/[^\s<>"']+/g) ?? []).flatMap((url) => URL.parse(url) ?? []);
  return (
    links.find(({ pathname }) => pathname.endsWith('/auth/confirm')) ??
    links.find(({ search }) => search !== '') ??
    links[0]
  );
}
