/** The suite as a client that sends whatever it likes: a request as it was drafted, byte for byte, on a connection of its own. */
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { Exchange } from '../../peer/exchange.ts';
import { bytesOf, type Draft } from '../../requests/draft.ts';
import { LONGEST_ANSWER } from '../../target/no-answer.ts';

/** What came of it; `unsendable` where no HTTP client can write such a request, `unanswered` where none came. */
export type Outcome = Exchange | 'unsendable' | 'unanswered';

/** How many times the milliseconds without a byte a whole answer may take. */
const TIMES = 3;

/** @param timeout - milliseconds without a byte */
export async function sendDraft(server: string, draft: Draft, timeout: number): Promise<Outcome> {
  const base = new URL(server);
  const { method, target } = draft;
  const bytes = bytesOf(draft) ?? new Uint8Array();
  const path = base.pathname.replace(/\/$/, '') + target;
  const headers = {
    ...draft.headers,
    ...(bytes.length > 0 && { 'content-length': String(bytes.length) }),
  };
  const send = base.protocol === 'https:' ? overHttps : overHttp;
  return await new Promise<Outcome>((done) => {
    const ended = (): void => {
      clearTimeout(limit);
      done('unanswered');
    };
    let limit: NodeJS.Timeout | undefined;
    try {
      const options = { method, path, headers, agent: false, timeout };
      const request = send(base, options, (response) => {
        const parts: Buffer[] = [];
        let length = 0;
        response.on('data', (part: Buffer) => {
          length += part.length;
          if (length > LONGEST_ANSWER) request.destroy();
          else parts.push(part);
        });
        response.on('error', () => undefined);
        response.on('end', () => {
          done({
            ...{ method, target, requestBytes: bytes, status: response.statusCode ?? 0 },
            requestHeaders: headers,
            requestBody: Buffer.from(bytes).toString(),
            responseHeaders: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            ),
            responseBody: Buffer.concat(parts).toString(),
          });
        });
      });
      request.on('error', () => undefined); // it is closed then, and that says all
      request.on('close', ended);
      request.on('timeout', () => request.destroy());
      limit = setTimeout(() => request.destroy(), TIMES * timeout);
      request.end(bytes.length > 0 ? bytes : undefined);
    } catch {
      done('unsendable');
    }
  });
}
