/** Reads what a server mails. */
import type { Mailbox } from '../target/server-target.ts';

/** Mail takes its time: asked for a few times, with growing pauses, until there is one with a link that is wanted. */
export async function newestMail(
  mailbox: Mailbox & { kind: 'mail' },
  email: string,
  isWanted: (link: string) => boolean = () => true,
): Promise<string> {
  for (const pause of [0, 50, 200, 1000, 3000]) {
    await new Promise((done) => setTimeout(done, pause));
    const text = await mailbox.newest(email);
    const link = text === undefined ? undefined : linkIn(text);
    if (text !== undefined && link !== undefined && isWanted(link)) return text;
  }
  return '';
}

/** The path and query of the first link, whatever host it names: the server's own idea of its URL may differ. */
export function linkIn(text: string): string | undefined {
  const url = /https?:\/\/[^\s<>"]+/.exec(text)?.[0];
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return pathname.replace(/^\/+/, '/') + search; // two slashes would name a host
}
