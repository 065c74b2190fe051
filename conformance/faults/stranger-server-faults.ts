/** Faulty servers that tell who has an account by what they answer to a login (7.3). */
import { createServer } from '../../reference/index.ts';
import type { ServerFault } from './server-parts.ts';

type Json = Readonly<Record<string, unknown>>;
type Create = ServerFault['create'];

const pathOf = (request: Request): string => new URL(request.url).pathname;
const json = async (message: Request | Response): Promise<Json> => (await message.clone().json()) as Json;

const asJson = (answer: Json, headers: Headers, _isKnown: boolean): Response =>
  Response.json(answer, { headers });

/** What login-s or login-a answers for an address without an account, changed; and for one with an account. */
const strangersAnswered =
  (path: string, change: (answer: Json, isKnown: boolean) => Json, write = asJson): Create =>
  ({ profile, mailer }) => {
    const server = createServer({ profile, mailer, publicUrl: 'http://127.0.0.1' });
    const known = new Set<unknown>();
    return {
      async fetch(request) {
        const body: Json = await json(request).catch(() => ({}));
        const response = await server.fetch(request);
        if (!response.ok) return response;
        if (pathOf(request) === '/auth/signup') known.add(body['email']);
        if (pathOf(request) !== path) return response;
        const isKnown = known.has(body['email']);
        return write(change(await json(response), isKnown), response.headers, isKnown);
      },
    };
  };

const notFound = (headers: Headers): Response =>
  Response.json({ error: 'not-found', message: 'there is no such account' }, { status: 404, headers });

/** One B for all strangers. */
function oneB(): (answer: Json, isKnown: boolean) => Json {
  let first: unknown;
  return (answer, isKnown) => {
    if (isKnown) return answer;
    first ??= answer['srpB'];
    return { ...answer, srpB: first };
  };
}

/** One B for all strangers who send the same A. */
const oneBForA: Create = ({ profile, mailer }) => {
  const server = createServer({ profile, mailer, publicUrl: 'http://127.0.0.1' });
  const known = new Set<unknown>();
  const values = new Map<unknown, unknown>();
  return {
    async fetch(request) {
      const body: Json = await json(request).catch(() => ({}));
      const response = await server.fetch(request);
      if (response.ok && pathOf(request) === '/auth/signup') known.add(body['email']);
      if (!response.ok || pathOf(request) !== '/auth/login-a' || known.has(body['email'])) return response;
      const { srpB, ...answer } = await json(response);
      values.set(body['srpA'], values.get(body['srpA']) ?? srpB);
      return asJson({ ...answer, srpB: values.get(body['srpA']) }, response.headers, false);
    },
  };
};

/** New salts for a stranger after each proof of theirs. */
const saltsAfterProof: Create = (input) => {
  let proofs = 0;
  const create = strangersAnswered('/auth/login-s', ({ saltKey, ...answer }, isKnown) =>
    isKnown || proofs === 0
      ? { saltKey, ...answer }
      : { saltKey: String(saltKey).slice(8) + String(proofs).padStart(8, '0'), ...answer },
  );
  const server = create(input);
  return {
    fetch(request) {
      if (pathOf(request) === '/auth/login-m1') proofs++;
      return server.fetch(request);
    },
  };
};

export const strangerServerFaults: readonly ServerFault[] = [
  {
    id: 'strangers-B-for-A',
    title: 'gives strangers the same B for the same A',
    requirement: 'ENUM-04',
    create: oneBForA,
  },
  {
    id: 'strangers-B-above-N',
    title: 'gives a stranger a B above N',
    requirement: 'ENUM-04',
    create: strangersAnswered('/auth/login-a', (answer, isKnown) =>
      isKnown ? answer : { ...answer, srpB: String(answer['srpB']).replace(/^../, 'ff') },
    ),
  },
  {
    id: 'strangers-salts-after-proof',
    title: 'makes up other salts for strangers after each proof',
    requirement: 'ENUM-02',
    create: saltsAfterProof,
  },
  {
    id: 'strangers-B-fixed',
    title: 'gives all strangers one B',
    requirement: 'ENUM-04',
    create: (input) => strangersAnswered('/auth/login-a', oneB())(input),
  },
  {
    id: 'strangers-salts-fixed',
    title: 'gives all strangers one pair of salts',
    requirement: 'ENUM-03',
    create: (input) => {
      let first: Json | undefined;
      const one = (answer: Json, isKnown: boolean): Json => (isKnown ? answer : (first ??= answer));
      return strangersAnswered('/auth/login-s', one)(input);
    },
  },
  {
    id: 'strangers-salts-alike',
    title: 'gives a stranger one salt twice',
    requirement: 'ENUM-03',
    create: strangersAnswered('/auth/login-s', (answer, isKnown) =>
      isKnown ? answer : { ...answer, saltAuth: answer['saltKey'] },
    ),
  },
  {
    id: 'accounts-told-by-member',
    title: 'answers login-s for an account with one more member',
    requirement: 'ENUM-01',
    create: strangersAnswered('/auth/login-s', (answer, isKnown) => ({
      ...answer,
      ...(isKnown && { iterations: 1 }),
    })),
  },
  {
    id: 'accounts-told-by-header',
    title: 'says in a header of login-s whether there is an account',
    requirement: 'ENUM-07',
    create: strangersAnswered(
      '/auth/login-s',
      (answer) => answer,
      (answer, headers, isKnown) => {
        headers.set('x-account', String(isKnown));
        return asJson(answer, headers, isKnown);
      },
    ),
  },
  {
    id: 'accounts-told-by-value',
    title: 'answers login-a with one more member, which says in as many letters whether there is an account',
    requirement: 'ENUM-07',
    create: strangersAnswered('/auth/login-a', (answer, isKnown) => ({
      ...answer,
      cache: isKnown ? 'hit ' : 'miss',
    })),
  },
  {
    id: 'strangers-told-by-order',
    title: 'writes the two salts of a stranger in the other order',
    requirement: 'ENUM-07',
    create: strangersAnswered('/auth/login-s', ({ saltKey, saltAuth }, isKnown) =>
      isKnown ? { saltKey, saltAuth } : { saltAuth, saltKey },
    ),
  },
  {
    id: 'strangers-told-by-white-space',
    title: 'writes what login-a answers to a stranger with a space at its end',
    requirement: 'ENUM-07',
    create: strangersAnswered(
      '/auth/login-a',
      (answer) => answer,
      (answer, headers, isKnown) => new Response(JSON.stringify(answer) + (isKnown ? '' : ' '), { headers }),
    ),
  },
  {
    id: 'strangers-not-found',
    title: 'answers login-s for an address without an account with 404',
    requirement: 'ENUM-01',
    create: strangersAnswered(
      '/auth/login-s',
      (answer) => answer,
      (answer, headers, isKnown) => (isKnown ? asJson(answer, headers, isKnown) : notFound(headers)),
    ),
  },
  {
    id: 'strangers-salts-short',
    title: 'makes up salts of 16 bytes for a stranger',
    requirement: 'ENUM-01',
    create: strangersAnswered('/auth/login-s', (answer, isKnown) => {
      const short = (name: string): string => String(answer[name]).slice(0, 32);
      return isKnown ? answer : { ...answer, saltKey: short('saltKey'), saltAuth: short('saltAuth') };
    }),
  },
];
