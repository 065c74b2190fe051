/** Servers whose answers are not of their form, or tell too much (3.5, 9.2, 10.1). */
import { answering, bodyOf, faulty, type ServerFault } from './server-parts.ts';

type Json = Readonly<Record<string, unknown>>;

/** The refusals with one status, changed. `signups` are the bodies of all signups so far. */
const refusing = (status: number, change: (error: Json, signups: readonly Json[]) => Json | string) =>
  faulty({
    around: (server) => {
      const signups: Json[] = [];
      return async (request) => {
        const again = request.clone();
        const response = await server.fetch(request);
        if (request.url.endsWith('/auth/signup') && response.ok) signups.push((await again.json()) as Json);
        if (response.status !== status) return response;
        const { headers } = response;
        const error = change((await response.json()) as Json, signups);
        return typeof error === 'string'
          ? new Response(error, { status })
          : Response.json(error, { status, headers });
      };
    },
  });

/** A header of its own for every refusal. */
const headersOfRefusals = (name: string, value: string) =>
  faulty({
    around: (server) => async (request) => {
      const response = await server.fetch(request);
      if (response.status >= 400) response.headers.set(name, value);
      return response;
    },
  });

/** Hands out the verifier with the account, written in some way. */
const showingVerifier = (write: (hex: string) => string) =>
  faulty({
    around: (server) => {
      let verifier = '';
      return async (request) => {
        const again = request.clone();
        const response = await server.fetch(request);
        if (request.url.endsWith('/auth/signup'))
          verifier = String(((await again.json()) as Json)['verifier']);
        if (!request.url.endsWith('/auth/whoami') || !response.ok) return response;
        const answer = (await response.json()) as Json;
        return Response.json({ ...answer, login: { secret: write(verifier) } });
      };
    },
  });

export const answerServerFaults: readonly ServerFault[] = [
  {
    id: 'session-age-as-text',
    title: 'gives the age of a session as text',
    requirement: 'HTTP-25',
    create: answering('/auth/whoami', (answer) => ({ ...answer, sessionAge: '7 seconds' })),
  },
  {
    id: 'salts-with-more',
    title: 'answers login-s with more than the two salts',
    requirement: 'HTTP-25',
    create: answering('/auth/login-s', (answer) => ({ ...answer, isVerified: true })),
  },
  {
    id: 'refusal-as-text',
    title: 'refuses a session in plain text',
    requirement: 'ERROR-01',
    create: refusing(401, ({ message }) => String(message)),
  },
  {
    id: 'code-of-its-own',
    title: 'refuses a session with a code that is not in the table',
    requirement: 'ERROR-02',
    create: refusing(401, (error) => ({ ...error, error: 'unauthorized' })),
  },
  {
    id: 'code-of-another-call',
    title: 'refuses a session with the code of a wrong proof',
    requirement: 'ERROR-02',
    create: refusing(401, (error) => ({ ...error, error: 'wrong-proof' })),
  },
  {
    id: 'field-into-text',
    title: 'points with field to a character of an address in login-s',
    requirement: 'ERROR-03',
    create: faulty({
      around: (server) => async (request) => {
        const { email } = await bodyOf(request);
        const response = await server.fetch(request);
        if (response.status !== 400 || !request.url.endsWith('/auth/login-s') || typeof email !== 'string')
          return response;
        const { field, ...error } = (await response.json()) as Json;
        const told = error['error'] === 'malformed' && field === '/email' ? '/email/0' : field;
        return Response.json({ ...error, field: told }, { status: 400, headers: response.headers });
      },
    }),
  },
  {
    id: 'stack-told-by-header',
    title: 'says in a header of a refusal where in its code it refused',
    requirement: 'ERROR-04',
    create: headersOfRefusals('x-debug', 'Error: no session at handle (/srv/app/server.js:10:20)'),
  },
  {
    id: 'file-told-by-header',
    title: 'says in a header of a refusal where its data is',
    requirement: 'ERROR-04',
    create: headersOfRefusals('x-storage', 'sqlite:/data/sync.db'),
  },
  {
    id: 'file-told',
    title: 'names a file of its own in a refusal',
    requirement: 'ERROR-04',
    create: refusing(401, (error) => ({ ...error, message: 'not allowed by /etc/sync/rules' })),
  },
  {
    id: 'stored-id-told',
    title: 'names the account that signed up last in a refusal',
    requirement: 'ERROR-04',
    create: refusing(401, (error, signups) => ({
      ...error,
      message: `this is not ${String(signups.at(-1)?.['id'])}`,
    })),
  },
  {
    id: 'verifier-shown-in-base64',
    title: 'hands out the verifier in base64',
    requirement: 'KEY-06',
    create: showingVerifier((hex) => Buffer.from(hex, 'hex').toString('base64')),
  },
  {
    id: 'verifier-shown-as-number',
    title: 'hands out the verifier as a number in decimal',
    requirement: 'KEY-06',
    create: showingVerifier((hex) => String(BigInt(`0x${hex}`))),
  },
];
