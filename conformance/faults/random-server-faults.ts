/** Servers whose mailed links and codes are of the right form and not random in every part (7.2, 7.8). */
import { createServer } from '../../reference/index.ts';
import type { ServerFault } from './server-parts.ts';

/** The secrets of mails that a pattern finds, replaced by others, which the server then knows as its own. */
const mailedAs =
  (pattern: RegExp, weak: (secret: string) => string): ServerFault['create'] =>
  ({ profile, mailer, store }) => {
    const secrets = new Map<string, string>();
    const server = createServer({
      ...{ profile, store, publicUrl: 'http://127.0.0.1' },
      mailer: (mail) => {
        const text = mail.text.replace(pattern, (secret) => {
          secrets.set(weak(secret), secret);
          return weak(secret);
        });
        return mailer({ ...mail, text });
      },
    });
    /** A text with the right secret in place of one that was mailed. */
    const restored = (text: string): string => {
      const found = [...secrets.keys()].find((mailed) => text.endsWith(`=${mailed}`) || text === mailed);
      return found === undefined ? text : text.replace(found, secrets.get(found) ?? '');
    };
    return {
      async fetch(request) {
        const { method, headers } = request;
        const sent = await request.clone().text();
        const body = sent.replace(/(?<="code":")[^"]+(?=")/, restored);
        return await server.fetch(
          new Request(restored(request.url), { method, headers, ...(sent !== '' && { body }) }),
        );
      },
    };
  };

export const randomServerFaults: readonly ServerFault[] = [
  {
    id: 'confirmation-code-mostly-zero',
    title: 'mails links whose code is 4 random bytes and 28 zero bytes',
    requirement: 'CONFIRM-02',
    profile: 'documented',
    create: mailedAs(/(?<=\?code=)[0-9a-f]{64}/, (code) => code.slice(0, 8).padEnd(64, '0')),
  },
  {
    id: 'mailed-code-of-four-digits',
    title: 'mails codes of which four characters are random, behind a word that is always the same',
    requirement: 'CODE-01',
    profile: 'deployed',
    create: mailedAs(/^[0-9a-f]{16}$/m, (code) => `garden-${code.slice(0, 4)}`),
  },
];
