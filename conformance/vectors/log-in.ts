/** A whole login of the reference client with a server that answers as a vector says (7.3). */
import { createClient, fromHex, toHex, utf8, type Session, type Steps } from '../../reference/index.ts';
import type { Call, Values, Vector } from './files.ts';

/** @throws what the client throws at the last answer, or Error where it sends something else or ends before it */
export async function logIn(steps: Steps, { inputs, outputs, exchange = [] }: Vector): Promise<Values> {
  const calls = [...exchange];
  const opened: Record<string, string> = {};
  const client = createClient({
    profile: steps.profile.name,
    server: 'http://127.0.0.1',
    steps: watched(steps, opened),
    random: () => fromHex(String(inputs['a']), 'a'),
    fetch: async (request) => answer(await sent(request), calls.shift()),
  });
  const session: Session = await client
    .login({ email: String(inputs['email']), passphrase: String(inputs['passphrase']) })
    .catch((error: unknown) => {
      throw calls.length > 0 ? new Error(`the login ended before ${left(calls)}`, { cause: error }) : error;
    });
  if (calls.length > 0) throw new Error(`${left(calls)} was not called`);
  const values = { ...opened, 'session.id': exchange.at(-1)?.session ?? '' };
  await session.logout().catch(() => undefined);
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in outputs));
}

const left = ([next]: readonly Call[]): string => next?.path ?? 'nothing';

type Sent = Pick<Call, 'path' | 'session' | 'request'> & { readonly method: string };

async function sent(request: Request): Promise<Sent> {
  const session = request.headers.get('x-session-id');
  const body = await request.text();
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    ...(session !== null && { session }),
    ...(body !== '' && { request: JSON.parse(body) as unknown }),
  };
}

/** The answer of the vector, if the client sent what the vector says. */
function answer(actual: Sent, call: Call | undefined): Response {
  const { status = 0, response, ...expected } = call ?? {};
  if (call === undefined || !same(actual, expected))
    throw new TypeError(
      `the client sent ${JSON.stringify(actual)}, the vector has ${JSON.stringify(expected)}`,
    );
  return Response.json(response, { status });
}

const same = (left: object, right: object): boolean => canonical(left) === canonical(right);
const canonical = (value: object): string =>
  JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The steps of the reference; what they open is noted down. */
function watched(steps: Steps, opened: Record<string, string>): Steps {
  const { openKey, openJson } = steps.wrap;
  return {
    ...steps,
    wrap: {
      ...steps.wrap,
      openKey(kek, message) {
        const key = openKey(kek, message);
        opened['SYM_Account'] = toHex(key);
        return key;
      },
      openJson(key, message) {
        const value = openJson(key, message);
        opened['PRV_Account'] = toHex(utf8(JSON.stringify(value)));
        return value;
      },
    },
  };
}
