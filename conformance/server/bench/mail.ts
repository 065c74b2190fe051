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
  /** Whether a link with the path of 7.2 has come: no other is one then. Until one was waited for in vain, it may. */
  isConfirming: boolean | undefined;
  /** Whether one was waited for in vain while none ever came, or there was only that of another address. */
  isSilent: boolean;
  isStale: boolean;
  /** The addresses to which each link came: a server that works mails one that confirms to one address alone. */
  readonly owners: Map<string, Set<string>>;
}

const pasts = new WeakMap<Mailbox, Past>();

function pastOf(mailbox: Mailbox): Past {
  const past = pasts.get(mailbox) ?? {
    hasServed: false,
    isConfirming: undefined,
    isSilent: false,
    isStale: false,
    owners: new Map<string, Set<string>>(),
  };
  pasts.set(mailbox, past);
  return past;
}

/** What there is for an address: what is taken at once, what where nothing better comes, and whether all came to others. */
interface Look {
  readonly best?: URL | undefined;
  readonly rest?: URL | undefined;
  readonly isOthers: boolean;
}

function lookAt(urls: readonly URL[], email: string, past: Past, isWanted: (link: string) => boolean): Look {
  for (const link of urls.map(pathOf)) past.owners.set(link, (past.owners.get(link) ?? new Set()).add(email));
  if (urls.some(isConfirming)) past.isConfirming = true;
  const isOwn = (url: URL): boolean => past.owners.get(pathOf(url))?.size === 1;
  const mayBe = (url: URL): boolean => past.isConfirming === false || isConfirming(url);
  const wanted = urls.filter((url) => isWanted(pathOf(url)));
  const own = wanted.filter(isOwn);
  return {
    best: own.find(mayBe),
    rest: [...own, ...wanted].find((url) => past.isConfirming === undefined || mayBe(url)),
    isOthers: urls.length > 0 && !urls.some(isOwn),
  };
}

/**
 * The link that confirms an address, if it is wanted; undefined where none comes in time. A server may mail more than
 * that, and name more than one link: of several that come the likeliest is taken that came to no other address. Once the
 * server has mailed a link with the path of 7.2, no other is one; before, such a link is waited for.
 */
export async function mailedUrl(
  mailbox: Confirming,
  email: string,
  isWanted: (link: string) => boolean = () => true,
): Promise<URL | undefined> {
  const past = pastOf(mailbox);
  let seen: Look = { isOthers: false };
  let looks = 0;
  for (const pause of pauses(mailbox)) {
    const isHopeless = (past.isSilent && !past.hasServed) || (past.isStale && seen.isOthers);
    if (isHopeless && looks >= IN_VAIN) break;
    looks++;
    await new Promise((done) => setTimeout(done, pause));
    seen = lookAt(linksIn(await mailbox.mailsTo(email)), email, past, isWanted);
    if (seen.best !== undefined) break;
  }
  return taken(seen, past);
}

function taken({ best, rest, isOthers }: Look, past: Past): URL | undefined {
  const found = best ?? rest;
  if (best === undefined && isOthers) past.isStale = true;
  if (found === undefined) past.isSilent = true;
  else Object.assign(past, { hasServed: true, isConfirming: isConfirming(found) });
  return found;
}

/** Whether a link has the path of 7.2. */
const isConfirming = ({ pathname }: URL): boolean => pathname.endsWith('/auth/confirm');

/** The links of mails, those with the path of 7.2 first, and then the longest, which has a code; of such as are alike the newest. */
export const linksIn = (mails: readonly string[]): readonly URL[] =>
  mails
    .flatMap(urlsIn)
    .sort((a, b) => Number(isConfirming(b)) - Number(isConfirming(a)) || pathOf(b).length - pathOf(a).length);

const urlsIn = (text: string): URL[] =>
  (text.match(/https?:\/\/[^\s<>"']+/g) ?? []).flatMap((url) => URL.parse(url) ?? []);

/** The path and query of a link, whatever host it names: the server's own idea of its URL may differ. */
export const pathOf = ({ pathname, search }: URL): string => pathname.replace(/^\/+/, '/') + search; // two slashes would name a host
